/** What a change would move, before it is saved; what it moved; and the way back. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import { busy, pending, putAway, save, undo } from "./change.ts";
import { aboutWords, effectWords } from "./moves.ts";

export interface ChangeAnswerProps {
  /** The form that this stands under; or which of several, where what was changed is gone. */
  of: string | ((of: string) => boolean);
  school: string;
  zone: string;
  /** "Save: Minimum day". */
  saveWords?: string;
  /** What it is about as the calendar has it now, for somebody whose change came second. */
  now: () => readonly string[];
  again: () => Promise<unknown>;
  onDone?: () => void;
}

function Effects({ said }: { said: readonly string[] }) {
  return (
    <ul class="effects">
      {said.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function Shown(props: ChangeAnswerProps) {
  const now = pending.value;
  if (now.is !== "shown") return null;
  const about = aboutWords(now.effect);
  return (
    <>
      <h4>{about ? t`What this moves, ${about}` : t`What this moves`}</h4>
      <Effects said={effectWords(now.effect, props.zone)} />
      <div class="effect-does">
        <Button
          kind="main"
          size="desk"
          busy={busy.value}
          onPress={() => {
            void save(props.school, props.again).then(() => {
              if (pending.value.is === "done") props.onDone?.();
            });
          }}
        >
          {props.saveWords ?? t`Save`}
        </Button>
        <Button kind="plain" size="desk" onPress={putAway}>
          {t`Leave it as it is`}
        </Button>
      </div>
    </>
  );
}

function Done(props: ChangeAnswerProps) {
  const now = pending.value;
  if (now.is !== "done") return null;
  return (
    <>
      <h4>{now.isUndone ? t`Taken back` : t`Saved`}</h4>
      <Effects said={effectWords(now.effect, props.zone)} />
      {now.effect.undo.length > 0 && (
        <div class="effect-does">
          <Button
            kind="plain"
            size="desk"
            icon="undo"
            busy={busy.value}
            onPress={() => void undo(props.school, props.again)}
          >
            {now.isUndone ? t`Do it again` : t`Undo`}
          </Button>
        </div>
      )}
    </>
  );
}

function Stopped({ now: stands }: ChangeAnswerProps) {
  const now = pending.value;
  if (now.is !== "stopped") return null;
  if (!now.isMeanwhile)
    return (
      <Banner kind="refused" icon="warn">
        <b>{t`Nothing was changed.`}</b> {now.why}
      </Banner>
    );
  return (
    <>
      <Banner kind="held" icon="pause">
        <b>{t`Somebody else changed the timetable meanwhile.`}</b>{" "}
        {t`Nothing of yours was saved, and what you wrote still stands here. Look at what it moves now, then save.`}
      </Banner>
      <h4>{t`As it is now`}</h4>
      <Effects said={stands()} />
    </>
  );
}

/** Takes the focus when it has something to say, so that reading and the next key go on here. */
export function ChangeAnswer(props: ChangeAnswerProps) {
  const region = useRef<HTMLDivElement>(null);
  const now = pending.value;
  const { of } = props;
  const isMine = now.is !== "nothing" && (typeof of === "string" ? now.of === of : of(now.of));
  useLayoutEffect(() => {
    if (isMine && now.is !== "asking") region.current?.focus({ preventScroll: false });
  }, [now]);
  return (
    <div class="change-answer" role="status" ref={region} tabIndex={-1}>
      {isMine && now.is === "asking" && <p class="ask-hint">{t`Looking at what it moves`}</p>}
      {isMine && <Shown {...props} />}
      {isMine && <Done {...props} />}
      {isMine && <Stopped {...props} />}
    </div>
  );
}

/** The answer about something of a list that is no longer in it: what was ended can be undone. */
export function GoneAnswer(
  props: Omit<ChangeAnswerProps, "of"> & { kind: string; left: readonly string[] },
) {
  const { kind, left, ...rest } = props;
  const isGone = (of: string) =>
    of.startsWith(`${kind}/`) && !left.includes(of.slice(kind.length + 1));
  return <ChangeAnswer of={isGone} {...rest} />;
}
