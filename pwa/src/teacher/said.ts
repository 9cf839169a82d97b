/** What was just done and how far the roll has come, in words: for the strip and for the ear. */

import { computed } from "@preact/signals";
import { ms } from "../core/dates.ts";
import { changesOf, countsOf, type Line } from "../core/roll.ts";
import { t } from "../core/t.ts";
import {
  countWords,
  heldShort,
  type RoadFacts,
  roadWords,
  type StepWords,
  TIMELINESS,
} from "../core/words.ts";
import { type OpenRoll, openRoll } from "./rollbook.ts";
import { contact, minute, session, unsaved, wall } from "./state.ts";
import { at, atHere, saidWords } from "./times.ts";

/** The student of the last tap; null when nothing was tapped since the roll was submitted. */
export const lastLine = computed((): Line | null => {
  const open = openRoll.value;
  const stroke = open?.draft?.strokes.at(-1);
  if (!open || !stroke) return null;
  return open.page.lines.find(({ student }) => student.student_id === stroke.student_id) ?? null;
});

/** "present again" where a tap took an absence back. */
export function strokeWords(open: OpenRoll, line: Line): string {
  const words = saidWords(open.roll, line.said);
  return line.said.presence === "present" && line.base ? t`present again` : words;
}

export const lastWords = computed((): string => {
  const open = openRoll.value;
  const line = lastLine.value;
  if (unsaved.value) return t`Not saved: ${unsaved.value}`;
  return open && line ? `${line.student.given_name}, ${strokeWords(open, line)}` : "";
});

/** Seconds for which a submission can still be taken back; null when it may have left. */
export const undoSeconds = computed((): number | null => {
  const entry = openRoll.value?.entry;
  if (entry?.step !== "draft" || entry.not_before === null) return null;
  const left = Math.ceil((entry.not_before - wall.value) / 1000);
  return left > 0 ? Math.min(left, 6) : null;
});

function byOthers({ roll, page }: OpenRoll): StepWords[] {
  const name = roll.people.find(({ staff_id }) => staff_id === roll.submitted_by)?.name;
  const when = roll.received_at ? at(roll.received_at) : "";
  return [
    { state: "done", title: name ? t`Taken by ${name}` : t`Received by the school`, detail: when },
    { state: "done", title: t`On the record`, detail: countWords(countsOf(page.lines)).join(", ") },
  ];
}

/** The road of the open roll, step by step; null while there is something to submit. */
export const road = computed((): StepWords[] | null => {
  const open = openRoll.value;
  if (!open?.page.taken || changesOf(open.page.lines).length > 0) return null;
  const { entry } = open;
  if (!entry) return byOthers(open);
  const facts: RoadFacts = {
    step: entry.step,
    saved: atHere(entry.saved_at),
    received: entry.answer ? at(entry.answer.received_at) : null,
    timeliness: TIMELINESS[entry.answer?.timeliness ?? ""] ?? null,
    undoS: undoSeconds.value,
    lostSince: contact.value.lostSince === null ? null : atHere(contact.value.lostSince),
    signIn: session.value?.state === "expired",
    held: heldShort(entry),
    counts: countWords(countsOf(open.page.lines)).join(", "),
  };
  return roadWords(facts);
});

/** The step that was reached last; the seconds of the undo are not read out. */
export const stepWords = computed((): string => {
  const reached = (road.value ?? []).filter(
    ({ state, title }) => state !== "not-yet" && title !== "",
  );
  return reached.at(-1)?.title ?? "";
});

export const minutesToDue = computed((): number | null => {
  const open = openRoll.value;
  if (!open || open.page.taken) return null;
  const left = Math.ceil((ms(open.roll.due_at) - minute.value) / 60_000);
  return left > 0 ? left : null;
});
