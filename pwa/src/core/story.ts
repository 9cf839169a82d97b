/**
 * A disagreement told as sentences: who saw what when, with or without network, who knew of whom,
 * what stands and why. The teacher's inbox and the office desk read the same story, each as "you".
 */

import type { Voice, Why } from "../wire.ts";
import { clockTime, ms, schoolDate, shortDate } from "./dates.ts";
import { capital, listed, plain, quoted, type Sentence, strong } from "./spans.ts";
import {
  flagWords,
  isYou,
  minutesIn,
  type StoryFacts,
  standsWords,
  type Told,
  voicesOf,
  whyOf,
} from "./stands.ts";
import { t, told } from "./t.ts";
import { stateWords } from "./words.ts";

export type { Reader, StoryFacts } from "./stands.ts";

/** "at 8:05", with the date where it is not the roll's own. */
export function atWords(when: string, { roll, zone }: Pick<StoryFacts, "roll" | "zone">): string {
  const on = schoolDate(ms(when), zone);
  const time = clockTime(when, zone);
  return on === roll.on ? t`at ${time}` : t`on ${shortDate(on)} at ${time}`;
}

const nameOf = (facts: StoryFacts, { who }: Told): string =>
  isYou(facts, who?.staff_id) ? t`you` : (who?.name ?? t`somebody`);

const stateOf = (facts: StoryFacts, voice: Voice): string =>
  stateWords(voice.presence, minutesIn(facts, voice));

const whyWords = ({ why }: Voice): string => (why ? `: ${quoted(why)}` : ".");

/** What the office said, from who on. */
function ruled(facts: StoryFacts, voice: Told, who: string, before: Told | undefined): Sentence {
  const when = atWords(voice.taken_at, facts);
  const why = whyWords(voice);
  if (voice.presence === null) return told`${who} took the office’s word back ${when}${why}`;
  const state = strong(stateOf(facts, voice));
  if (before && before.presence === voice.presence)
    return told`${who} agreed: ${state}, ${when}${why}`;
  if (before) return told`${who} made it ${state}, ${when}${why}`;
  return told`${who} ruled that ${facts.given} was ${state}, ${when}${why}`;
}

function saw(facts: StoryFacts, voice: Told, who: string): Sentence {
  const when = atWords(voice.taken_at, facts);
  const state = strong(stateOf(facts, voice));
  const { given } = facts;
  if (voice.presence === "present" || voice.presence === "absent")
    return voice.offline
      ? told`${who} saw ${given} ${state} ${when}, without network.`
      : told`${who} saw ${given} ${state} ${when}.`;
  return voice.offline
    ? told`${who} marked ${given} ${state}, ${when}, without network.`
    : told`${who} marked ${given} ${state}, ${when}.`;
}

/** Copied from paper, or taken over from an entry that was held. */
function copied(facts: StoryFacts, voice: Told, who: string): Sentence {
  const { source } = voice;
  const { given } = facts;
  const state = strong(stateOf(facts, voice));
  if (source?.how === "held") {
    const when = `${atWords(voice.taken_at, facts)}${whyWords(voice)}`;
    return told`${who} took over an entry that had been held: ${given} ${state}, ${when}`;
  }
  const whose = source?.taken_by ? t`${source.taken_by}’s paper sheet` : t`a paper sheet`;
  if (!source?.stated_at) return told`${who} copied ${whose}: ${given} ${state}.`;
  const written = atWords(source.stated_at, facts);
  return told`${who} copied ${whose}: ${given} ${state}, written ${written}.`;
}

function voiceWords(facts: StoryFacts, voice: Told, earlier: readonly Told[]): Sentence {
  const own = earlier.findLast(({ by }) => by === voice.by);
  const name = nameOf(facts, voice);
  const start =
    own?.head && voice.head ? t`on another device ${name}` : own ? t`later ${name}` : name;
  const before = earlier.findLast(({ presence }) => presence !== null);
  const who = capital(start);
  if (voice.source) return copied(facts, voice, who);
  return voice.kind === "rule" ? ruled(facts, voice, who, before) : saw(facts, voice, who);
}

/** Whether the author of one op had seen another; undefined where this place cannot tell. */
function knew(facts: StoryFacts, one: Told, other: Told): boolean | undefined {
  const { ops } = facts.roll;
  const seen = one.saw?.map((at) => ops[at]) ?? facts.saw?.(ops[one.op] ?? "");
  return seen?.includes(ops[other.op] ?? "");
}

/** The last word of each person that nobody has set aside. */
function sidesOf(voices: readonly Told[]): Told[] {
  const heads = voices.filter(({ head, presence }) => head && presence !== null);
  return heads.filter((voice, at) => !heads.slice(at + 1).some(({ by }) => by === voice.by));
}

const theOther = (facts: StoryFacts, voice: Told): string =>
  isYou(facts, voice.who?.staff_id)
    ? t`what you had said`
    : t`what ${nameOf(facts, voice)} had said`;

function nobodyKnew(facts: StoryFacts, sides: readonly Told[]): string {
  const you = sides.some(({ who }) => isYou(facts, who?.staff_id));
  if (sides.length === 2) return you ? t`Neither of you knew of the other.` : NEITHER;
  return you ? t`None of you knew of the others.` : t`None of them knew of the others.`;
}

const NEITHER = t`Neither knew of the other.`;

/** Who knew of whom, where an office's word stands against a teacher's. */
function betweenLanes(facts: StoryFacts, ruled: Told, seen: Told): string | null {
  const contested = (facts.mark.flags ?? []).includes("contested");
  const office = knew(facts, ruled, seen);
  const staff = knew(facts, seen, ruled);
  const [ruler, teacher] = [capital(nameOf(facts, ruled)), capital(nameOf(facts, seen))];
  if (staff) return t`${teacher} knew ${theOther(facts, ruled)}.`;
  if (office || (!contested && whyOf(facts, voicesOf(facts)) === "office_stands"))
    return t`${ruler} knew ${theOther(facts, seen)}.`;
  if (office === false && staff === false) return nobodyKnew(facts, [ruled, seen]);
  return contested ? t`${ruler} had not seen it, or ${nameOf(facts, seen)} said it later.` : null;
}

/** Who was overtaken by somebody who had seen the earlier word. */
function overtaken(facts: StoryFacts, voices: readonly Told[], sides: readonly Told[]): string[] {
  const gone = voices.filter(({ head, presence }) => !head && presence !== null);
  return gone.flatMap((old) => {
    const lane = sides.filter(({ kind, by }) => kind === old.kind && by !== old.by);
    const knows = lane.filter((side) => lane.length === 1 || knew(facts, side, old));
    const [first] = knows;
    return first ? [t`${capital(nameOf(facts, first))} knew ${theOther(facts, old)}.`] : [];
  });
}

/** Who knew of whom, after the voice that makes it worth saying. */
function knowledgeAfter(facts: StoryFacts, voice: Told, voices: readonly Told[]): string[] {
  const lane = sidesOf(voices).filter(({ kind }) => kind === voice.kind);
  return lane.length > 1 && lane.at(-1)?.op === voice.op ? [nobodyKnew(facts, lane)] : [];
}

/** Who knew of whom, all in all. */
function knowledge(facts: StoryFacts, voices: readonly Told[]): string[] {
  const sides = sidesOf(voices);
  const ruled = sides.find(({ kind }) => kind === "rule");
  const against = sides.filter(
    ({ kind, presence }) => kind === "submit" && presence !== ruled?.presence,
  );
  const mine = against.find(({ who }) => isYou(facts, who?.staff_id)) ?? against[0];
  const between = ruled && mine ? betweenLanes(facts, ruled, mine) : null;
  return [...new Set([...overtaken(facts, voices, sides), ...(between ? [between] : [])])];
}

const speaking = (facts: StoryFacts): Told[] =>
  voicesOf(facts).filter(({ presence, kind }) => presence !== null || kind === "rule");

/** Who knew of whom, for where who said what stands elsewhere: nobody is "the other" here. */
export function knewSentences(facts: StoryFacts): string[] {
  const voices = speaking(facts);
  const apart = voices.flatMap((voice) => knowledgeAfter(facts, voice, voices));
  const names = sidesOf(voices)
    .filter(({ kind }) => kind === "submit")
    .map((side) => nameOf(facts, side));
  const said = [...apart, ...knowledge(facts, voices)];
  return said.map((one) =>
    one === NEITHER ? capital(t`${listed(names)} did not know of each other.`) : one,
  );
}

/** What was said about the student, in order, and who knew of whom. */
export function saidSentences(facts: StoryFacts): Sentence[] {
  const voices = speaking(facts);
  const said = voices.flatMap((voice, at): Sentence[] => [
    voiceWords(facts, voice, voices.slice(0, at)),
    ...knowledgeAfter(facts, voice, voices).map((words) => [words]),
  ]);
  return [...said, ...knowledge(facts, voices).map((words) => [words])];
}

/** What stands, why, and what follows from it. `why` is what the school answered, where it did. */
export function standsSentences(facts: StoryFacts, why?: Why): Sentence[] {
  const flags = facts.mark.flags ?? [];
  const voices = voicesOf(facts);
  const told = flags.filter(
    (flag) => flag !== "contested" && !(flag === "own_devices" && flags.includes("contested")),
  );
  const words = told.flatMap((flag) => flagWords(facts, flag) ?? []);
  return [standsWords(facts, voices, why), ...words.map((sentence) => [sentence])];
}

/** The whole story; paragraph by paragraph. */
export function storyOf(facts: StoryFacts, why?: Why): readonly (readonly Sentence[])[] {
  const said = saidSentences(facts);
  const first = said.length > 0 ? said : [[t`People said different things of ${facts.given}.`]];
  return [first, standsSentences(facts, why)];
}

/** The story as one text, for the ear and for the tests. */
export const storyText = (facts: StoryFacts, why?: Why): string =>
  storyOf(facts, why)
    .map((paragraph) => paragraph.map(plain).join(" "))
    .join(" ");
