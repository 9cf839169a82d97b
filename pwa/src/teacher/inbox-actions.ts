/** What an answer of the inbox does: an ordinary op for the outbox, also without network. */

import { answerEntry, DONT_KNOW, NOTHING_SEEN } from "../core/answer.ts";
import { clockAt } from "../core/clock.ts";
import type { Said } from "../core/draft.ts";
import type { Entry } from "../core/entry.ts";
import type { Question } from "../core/inbox.ts";
import { answeredWords } from "../core/inbox-words.ts";
import { cleanNote } from "../core/note.ts";
import type { Hand } from "../core/submission.ts";
import { t } from "../core/t.ts";
import { newOpId, readClocks } from "../device/clock.ts";
import { committed } from "../device/engine.ts";
import { sealNote } from "../device/seal.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import { inTurn } from "./actions.ts";
import { lastAnswer } from "./inbox-state.ts";
import { clock, now, school, session } from "./state.ts";

type Sealed = ReadonlyMap<string, string>;

function handFor({ section }: Question, who: store.Session, op_id: string, sealed: Sealed): Hand {
  const reading = readClocks();
  return {
    op_id,
    sealed,
    school_id: who.school_id,
    staff_id: who.staff_id,
    grant_id: who.grant_id,
    roster_rev: section.roster_rev,
    wall: reading.wall,
    now: now.value,
    clock: clockAt(clock.value, reading),
  };
}

/** Words for the office leave this page sealed to the school. */
async function sealedWords(words: string, opId: string, student: string): Promise<Sealed> {
  const note = cleanNote(words);
  const key = school.value?.place.sealing;
  if (!note || !key) return new Map();
  return new Map([[student, await sealNote(key, note, opId, student)]]);
}

export async function answer(question: Question, said: Said, words = ""): Promise<void> {
  const who = session.value;
  if (!who || question.closed) return;
  await inTurn(t`the answer`, async () => {
    const id = newOpId();
    const sealed = await sealedWords(words, id, question.student.student_id);
    const entry = answerEntry(question, said, handFor(question, who, id, sealed));
    await store.addEntries([entry]);
    tellTabs("outbox");
    lastAnswer.value = t`${answeredWords(entry, question)} Saved on this tablet.`;
    committed();
  });
}

export const leaveOpen = (question: Question): Promise<void> =>
  answer(question, NOTHING_SEEN, DONT_KNOW);

/** Takes an answer back while it is still here. */
export async function undoAnswer(entry: Entry): Promise<void> {
  await inTurn(t`the undo`, async () => {
    const undone = await store.takeBack(entry.id, "");
    tellTabs("outbox");
    lastAnswer.value = undone ? t`Undone.` : t`It has left already. Answer again instead.`;
  });
}
