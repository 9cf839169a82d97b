import { useId } from "preact/hooks";

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What is wrong and what to do, as a sentence. */
  error?: string | undefined;
  id?: string;
  name?: string;
  type?: "text" | "email" | "password" | "search" | "date" | "time";
  value?: string;
  autocomplete?: "username" | "current-password" | "off";
  autocapitalize?: "none" | "sentences";
  spellcheck?: boolean;
  required?: boolean;
  autoFocus?: boolean;
  onInput?: (event: InputEvent & { currentTarget: HTMLInputElement }) => void;
}

/** A labelled input. Pasting and password managers are welcome. */
export function Field(props: FieldProps) {
  const { label, hint, error, id: given, autoFocus, onInput, ...input } = props;
  const made = useId();
  const id = given ?? made;
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        autofocus={autoFocus ?? false}
        onInput={(event) => onInput?.(event)}
        class="field-input"
        aria-invalid={error ? "true" : "false"}
        {...(about ? { "aria-describedby": about } : {})}
      />
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
