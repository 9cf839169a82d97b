/** The bar at the bottom: the last tap and its other words, the submit button, the road after it. */

import { Fragment } from "preact";
import { changesOf, countsOf, type Line } from "../core/roll.ts";
import { t } from "../core/t.ts";
import { countWords, lateWords, showWords, submitWords } from "../core/words.ts";
import { Button, Icon, SubmitBar, SyncSteps } from "../ui/parts.ts";
import { sayOf, submit, takeBack, undoTap } from "./actions.ts";
import { asksSignIn } from "./door.ts";
import { show } from "./keys.ts";
import { isNarrow } from "./layout.ts";
import type { OpenRoll } from "./rollbook.ts";
import { go, goToday } from "./route.ts";
import { lastLine, road, strokeWords, undoSeconds } from "./said.ts";
import { sheetOf } from "./sheet-of.ts";
import { shownCode } from "./shown-code.ts";
import { contact, session, unsaved } from "./state.ts";
import { atHere } from "./times.ts";
import { absent, late, proposed } from "./words-said.ts";

function LateWord({ open, line }: { open: OpenRoll; line: Line }) {
  const minutes = proposed(open.roll);
  return (
    <Button
      kind="plain"
      size="strip"
      icon="clock"
      onPress={() => void sayOf(line, late(line, open.roll, minutes))}
    >
      {lateWords(minutes)}
    </Button>
  );
}

function MoreWord({ line, minutes }: { line: Line; minutes?: boolean }) {
  const { student_id } = line.student;
  return (
    <Button
      kind="plain"
      size="strip"
      icon={minutes ? "clock" : "dots"}
      onPress={() => {
        sheetOf.value = student_id;
      }}
    >
      {minutes ? t`Minutes` : t`More`}
    </Button>
  );
}

function AbsentWord({ line }: { line: Line }) {
  return (
    <Button kind="plain" size="strip" icon="cross" onPress={() => void sayOf(line, absent(line))}>
      {t`Absent`}
    </Button>
  );
}

/** The likely next words after a tap, and the way back. */
function Words({ open, line }: { open: OpenRoll; line: Line }) {
  const { presence } = line.said;
  const isLate = presence === "late";
  return (
    <>
      {isLate ? <MoreWord line={line} minutes /> : <LateWord open={open} line={line} />}
      {!isLate && presence !== "present" && !isNarrow.value && <MoreWord line={line} />}
      {presence !== "absent" && presence !== "present" && !isNarrow.value && (
        <AbsentWord line={line} />
      )}
      <Button kind="plain" size="strip" icon="undo" brief onPress={() => void undoTap()}>
        {t`Undo`}
      </Button>
    </>
  );
}

/** On a roll that nobody expects, silence says nothing of a student. */
function pencilWords({ roll }: OpenRoll): string {
  return roll.expected ? t`Present once you submit` : t`Only who you tap is named`;
}

function SavedLine({ open }: { open: OpenRoll }) {
  if (unsaved.value) return <b>{t`${unsaved.value}: not saved. The tile shows what is saved.`}</b>;
  const saved = open.draft && t`Draft saved on this tablet ${atHere(open.draft.saved_at)}`;
  const pencil = !open.page.taken && !(saved && isNarrow.value);
  return (
    <>
      <Icon name={pencil ? "ring" : "tablet"} />
      {pencil && <span>{pencilWords(open)}</span>}
      {pencil && saved && <span aria-hidden="true">·</span>}
      {saved && <span>{saved}</span>}
    </>
  );
}

/** Says what it will do; with a student not marked it shows her instead. */
function SubmitButton({ open }: { open: OpenRoll }) {
  const { lines, taken } = open.page;
  const blank = lines.find(({ said }) => said.presence === null);
  const changes = changesOf(lines).length;
  const counts = countsOf(lines);
  const nobody = counts.unmarked === lines.length;
  if (blank && (open.roll.expected || nobody)) {
    const { student_id, given_name } = blank.student;
    return (
      <Button
        kind="plain"
        size="bar"
        wide
        edge="dashed"
        icon="question"
        onPress={() => show(student_id)}
      >
        {open.roll.expected ? showWords(counts.unmarked, given_name) : t`Tap who is here`}
      </Button>
    );
  }
  const clauses = submitWords(counts, taken ? changes : null);
  return (
    <Button kind="main" size="bar" wide onPress={() => void submit()}>
      {clauses.map((clause, index) => (
        <Fragment key={clause}>
          {index > 0 && " "}
          <span class="button-clause">
            {clause}
            {index < clauses.length - 1 && ","}
          </span>
        </Fragment>
      ))}
    </Button>
  );
}

function Action({ open }: { open: OpenRoll }) {
  const { entry } = open;
  const seconds = undoSeconds.value;
  if (entry && seconds !== null)
    return (
      <Button kind="plain" icon="undo" onPress={() => void takeBack(entry)}>
        {t`Undo, ${seconds} s`}
      </Button>
    );
  if (session.value?.state === "expired" && entry?.step === "sent")
    return (
      <Button
        kind="main"
        onPress={() => {
          asksSignIn.value = true;
        }}
      >
        {t`Sign in`}
      </Button>
    );
  if (entry?.step === "refused")
    return (
      <Button kind="plain" onPress={() => go({ screen: "tray" })}>
        {t`See why`}
      </Button>
    );
  const stuck = entry?.step === "sent" && contact.value.lostSince !== null;
  return (
    <span class="bar-actions">
      {stuck && (
        <Button
          kind="quiet"
          icon="code"
          onPress={() => {
            shownCode.value = entry;
          }}
        >
          {t`Show as code`}
        </Button>
      )}
      <Button kind="plain" onPress={goToday}>
        {t`Done`}
      </Button>
    </span>
  );
}

export function Bar({ open }: { open: OpenRoll }) {
  const { lines } = open.page;
  const unmarked = open.roll.expected && countsOf(lines).unmarked > 0;
  if (road.value && !(unmarked && open.leave.may !== "look"))
    return <SyncSteps steps={road.value} action={<Action open={open} />} />;
  const line = lastLine.value;
  return (
    <SubmitBar
      said={
        line
          ? { who: line.student.given_name, what: strokeWords(open, line) }
          : {
              who: open.roll.expected ? t`Tap who is not here` : t`Tap who is here`,
              what: countWords(countsOf(lines)).join(", "),
            }
      }
      words={line && <Words open={open} line={line} />}
      line={<SavedLine open={open} />}
      submit={<SubmitButton open={open} />}
    />
  );
}
