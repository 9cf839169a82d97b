import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button } from "./button.tsx";

export interface SchoolChoiceProps {
  schools: readonly { school_id: string; name: string }[];
  busy: boolean;
  onChoose: (schoolId: string) => void;
  onBack: () => void;
}

/** For somebody who works at several schools: one button each. The heading takes the focus. */
export function SchoolChoice({ schools, busy, onChoose, onBack }: SchoolChoiceProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <section class="school-choice">
      <h2 ref={heading} tabIndex={-1}>
        {t`Which school are you at?`}
      </h2>
      <ul>
        {schools.map(({ school_id, name }) => (
          <li key={school_id}>
            <Button kind="plain" wide disabled={busy} onPress={() => onChoose(school_id)}>
              {name}
            </Button>
          </li>
        ))}
      </ul>
      <Button kind="quiet" icon="back" disabled={busy} onPress={onBack}>
        {t`Another name or password`}
      </Button>
    </section>
  );
}
