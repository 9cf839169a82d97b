/** One student of the open roll: what stands, what happened, and the office's ruling. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { History, SignedInAs } from "../wire.ts";
import { asOf, mayChange } from "./desk.ts";
import { Happened } from "./happened.tsx";
import { fullName, markWords } from "./marks.ts";
import { refreshRoll } from "./roll.ts";
import { open } from "./route.ts";
import { RuleForm } from "./rule-form.tsx";
import { type OneStudent, oneStudent } from "./student.ts";
import { capital } from "./words.ts";

function Stands({ one, shown, zone }: { one: OneStudent; shown: History; zone: string }) {
  const { mark } = one;
  const flags = mark?.flags ?? [];
  const words = mark ? capital(markWords(mark, { roll: shown.roll, zone })) : t`Not marked`;
  const look = flags.includes("contested") ? "contested" : mark?.office ? "office" : "plain";
  return (
    <div class={`stands stands-${look}`}>
      {one.story.length === 0 && (
        <p>
          <b>{words}</b>
          {mark ? " stands" : ""}
          {mark?.office ? t`, by the office.` : "."}
        </p>
      )}
      {one.story.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

const LEFT = t`This student is not on this roll.`;

/** The focus goes back to the student's name on the roll. */
function backTo(student_id: string): void {
  const name = document.querySelector<HTMLElement>(`[data-student="${CSS.escape(student_id)}"]`);
  name?.focus({ preventScroll: true });
  name?.scrollIntoView({ block: "nearest" });
}

export function StudentPanel({
  shown,
  student_id,
  who,
}: {
  shown: History;
  student_id: string;
  who: SignedInAs;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    return () => queueMicrotask(() => backTo(student_id));
  }, [student_id]);
  const one = oneStudent(shown, student_id, who);
  const { school_id, zone } = who.school;
  return (
    <div class="one-student">
      <Button kind="quiet" size="desk" icon="back" onPress={() => open({ student: null })}>
        {t`The whole roll`}
      </Button>
      <h3 class="one-name" ref={heading} tabIndex={-1}>
        {one ? fullName(one.student) : LEFT}
      </h3>
      {one && (
        <>
          <Stands one={one} shown={shown} zone={zone} />
          <h3>
            {t`What happened`} <span>{one.told.length > 1 ? t`oldest first` : ""}</span>
          </h3>
          <Happened told={one.told} none={t`Nobody has said anything about this student yet.`} />
          {asOf.value === null && mayChange.value && (
            <RuleForm
              key={student_id}
              one={one}
              roll={shown.roll}
              school={school_id}
              onRuled={() => void refreshRoll()}
            />
          )}
        </>
      )}
    </div>
  );
}
