/** Which word about a student stands and which rule chose it, in the words of a sentence (F3–F8). */

import type { By, Mark, Presence, Roll, Voice, Why } from "../wire.ts";
import { ms } from "./dates.ts";
import { EVIDENCE } from "./lanes.ts";
import { capital, type Sentence, strong } from "./spans.ts";
import { t, told } from "./t.ts";
import { stateWords } from "./words.ts";

/** Who reads: a teacher by name is "you", and so is somebody of the office. */
export interface Reader {
  readonly staff_id: string | null;
  readonly office: boolean;
}

/** One voice with its person and whether it is a head: nobody who knew of it said otherwise. */
export interface Told extends Voice {
  readonly who: By | undefined;
  readonly head: boolean;
  /** The ops that its author had seen, as places in the roll's `ops`, where the school says. */
  readonly saw?: readonly number[];
}

/** All that a story about one student on one roll is told from. */
export interface StoryFacts {
  readonly roll: Pick<Roll, "on" | "starts_at" | "ops" | "people">;
  readonly mark: Mark;
  readonly given: string;
  readonly zone: string;
  readonly reader: Reader;
  /** The ops that the author of an op had seen, where this place knows them. */
  readonly saw?: (op: string) => readonly string[] | undefined;
}

export const isYou = ({ reader }: StoryFacts, staffId: string | undefined): boolean =>
  reader.staff_id !== null && staffId === reader.staff_id;

/** Of the same instant the teachers' words come first: the office rules on what it heard. */
const LANES: Readonly<Record<Voice["kind"], number>> = { submit: 0, rule: 1 };

/** The voices about the student, as they were taken. */
export function voicesOf({ roll, mark }: StoryFacts): Told[] {
  const heads = new Set(mark.heads ?? [0]);
  return (mark.voices ?? [])
    .map((voice) => ({ ...voice, who: roll.people[voice.by], head: heads.has(voice.op) }))
    .sort((a, b) => ms(a.taken_at) - ms(b.taken_at) || LANES[a.kind] - LANES[b.kind]);
}

const isSighting = (presence: Presence | null): boolean =>
  presence !== null && EVIDENCE[presence] >= EVIDENCE.present;

/** The front desk's record tells how a differing earlier word was true (F5.3). */
function isExplained({ presence, taken_at }: Told, mark: Mark): boolean {
  const before = (time: string | undefined) => time !== undefined && ms(taken_at) < ms(time);
  if (presence === "absent" && mark.office === "elsewhere") return true;
  if (presence === "absent" && isSighting(mark.office ?? null)) return before(mark.arrived_at);
  return isSighting(presence) && mark.office === "left_early" && before(mark.left_at);
}

function whyInLane(mark: Mark, heads: readonly Told[]): Why | null {
  const against = heads.filter(({ presence }) => presence !== mark.presence);
  if (against.length === 0) return null;
  const stands = heads.find(({ presence }) => presence === mark.presence);
  if (stands && against.every(({ by }) => by === stands.by)) return "own_later";
  const weight = ({ presence }: Told) => (presence === null ? 0 : EVIDENCE[presence]);
  const tells = mark.presence === null ? 0 : EVIDENCE[mark.presence];
  return against.every((other) => weight(other) < tells)
    ? "sighting_stands"
    : "other_teacher_stands";
}

/** Which rule chose among the voices; null where there was nothing to choose. */
export function whyOf({ mark }: StoryFacts, voices: readonly Told[]): Why | null {
  const heads = voices.filter(({ head, presence }) => head && presence !== null);
  const staff = heads.filter(({ kind }) => kind === "submit");
  if (mark.office === undefined || mark.office === null) return whyInLane(mark, staff);
  const against = staff.filter(({ presence }) => presence !== mark.office);
  if (against.length === 0) {
    const office = heads.filter(({ kind }) => kind === "rule");
    return whyInLane(mark, office);
  }
  return against.every((line) => isExplained(line, mark)) ? "explained" : "office_stands";
}

/** Minutes late, where the mark or the voice says when the student came. */
export function minutesIn(
  { roll }: StoryFacts,
  said: { readonly presence: Presence | null; readonly arrived_at?: string },
): number | null {
  if (said.presence !== "late" || !said.arrived_at) return null;
  return Math.max(1, Math.floor((ms(said.arrived_at) - ms(roll.starts_at)) / 60_000));
}

function becauseWords(facts: StoryFacts, why: Why, voices: readonly Told[]): string {
  const { mark, given, roll } = facts;
  const by = roll.people[mark.by ?? 0];
  const yours = isYou(facts, by?.staff_id);
  const name = by?.name ?? t`somebody`;
  const absences = voices.some(({ head, presence }) => head && presence === "absent");
  switch (why) {
    case "office_stands":
      return t`because the office’s word counts before a teacher’s`;
    case "other_teacher_stands":
      return yours ? t`because this meeting is yours` : t`because this meeting is ${name}’s`;
    case "sighting_stands":
      return absences ? t`because somebody saw ${given}` : t`because it tells more`;
    case "own_later":
      return yours
        ? t`because it is the later of your marks`
        : t`because it is the later of ${name}’s marks`;
    case "explained":
      return t`and it explains what was seen before: both are true`;
    case "office_only":
      return t`because only the office says that a student is elsewhere`;
    default:
      return t`by the school’s rules`;
  }
}

/** "Present stands for now, because somebody saw Noa." */
export function standsWords(facts: StoryFacts, voices: readonly Told[], given?: Why): Sentence {
  const { mark } = facts;
  const why = given ?? whyOf(facts, voices);
  const contested = (mark.flags ?? []).includes("contested");
  if (mark.presence === null) return [t`Nobody has said whether ${facts.given} was here.`];
  const state = strong(capital(stateWords(mark.presence, minutesIn(facts, mark))));
  if (why === null) return contested ? told`${state} stands for now.` : told`${state} stands.`;
  const because = becauseWords(facts, why, voices);
  return contested
    ? told`${state} stands for now, ${because}.`
    : told`${state} stands, ${because}.`;
}

/** What a flag means beyond what stands; nothing for what the story tells anyway. */
export function flagWords({ given, reader }: StoryFacts, flag: string): string | null {
  switch (flag) {
    case "contested":
      return t`Nobody has settled it yet.`;
    case "safety":
      return t`${given}’s family is told nothing until this is settled.`;
    case "own_devices":
      return t`Two devices of one person say different things.`;
    case "dormant_reason":
      return reader.office
        ? t`A reason for an absence is on file. It rests while the student is here.`
        : t`The office knows more about this.`;
    case "reasons_differ":
      return reader.office
        ? t`Two people of the office wrote different reasons.`
        : t`The office is still settling the reason.`;
    default:
      return t`The office looks at this mark too.`;
  }
}
