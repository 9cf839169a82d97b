import { useId } from "preact/hooks";

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What is wrong and what to do, as a sentence. */
  error?: string | undefined;
  id?: string;
  name?: string;
  secret?: boolean;
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
  const { label, hint, error, id: given, secret, autoFocus, onInput, ...rest } = props;
  const made = useId();
  const id = given ?? made;
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const input = {
    ...rest,
    id,
    class: "field-input",
    autofocus: autoFocus ?? false,
    "aria-invalid": error ? ("true" as const) : ("false" as const),
    ...(about ? { "aria-describedby": about } : {}),
    onInput: (event: InputEvent & { currentTarget: HTMLInputElement }) => onInput?.(event),
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {secret ? <input type="password" {...input} /> : <input type="text" {...input} />}
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
