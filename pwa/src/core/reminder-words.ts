/** A reminder in words that anybody may read on a lock screen: times, periods, counts (N4, N7). */

import { clockTime, ms } from "./dates.ts";
import { periodWords } from "./periods.ts";
import type { Reminder } from "./push.ts";
import { decide, type Here, type Said, type Standing, targetOf } from "./reminder.ts";
import { t } from "./t.ts";

/** How the last try to send ended; null before it was tried. */
export type Road = "nothing" | "sent" | "unreachable" | "busy" | "signin" | "other" | null;

/** Now, by the school's clock as the tablet knows it and by the tablet's own. */
export interface Moment {
  readonly now: number;
  readonly wall: number;
  readonly zone: string;
  readonly road: Road;
}

/** A notification; `silent` where nothing is asked of anybody. */
export interface Notice {
  /** Null where the school's own words are all there is. */
  readonly what: Said["what"] | null;
  readonly title: string;
  readonly body: string;
  /** Of the school's own words; null where they are this tablet's. */
  readonly lang: string | null;
  readonly tag: string;
  readonly target: string;
  readonly silent: boolean;
}

type Words = readonly [title: string, body: string];

const periods = (of: readonly Standing[]): string => periodWords(of.map(({ roll }) => roll));

/** Said anew each time: the worker outlives the language that was chosen when it began. */
function waits(road: Road): string {
  switch (road) {
    case "nothing":
    case "sent":
      return t`It goes to the school by itself. Nothing to do.`;
    case "busy":
      return t`Waiting for the school to answer. Nothing to do.`;
    case "signin":
      return t`Waiting for your sign-in. Tap to sign in.`;
    case "other":
      return t`The school did not take it yet. Tap to see why.`;
    default:
      return t`Waiting for network. Nothing to do.`;
  }
}

function toTake({ roll, stands }: Standing, now: number): Words {
  const past = now >= ms(roll.due_at);
  const { period_name, due } = roll;
  const title = past
    ? t`${period_name} roll was due at ${due}`
    : t`${period_name} roll is due at ${due}`;
  if (stands === "started")
    return [
      title,
      past
        ? t`Started on this tablet, not submitted. It still counts.`
        : t`Started on this tablet, not submitted.`,
    ];
  return [title, past ? t`It still counts. Tap to take it.` : t`Not started on this tablet.`];
}

function saved(of: Said["of"], { now, wall, zone, road }: Moment): Words {
  const when = clockTime(ms(of[0].saved_at ?? "") + now - wall, zone);
  const title =
    of.length === 1
      ? t`${of[0].roll.period_name} roll is saved here, ${when}`
      : t`${of.length} rolls are saved here`;
  return [title, waits(road)];
}

function wordsOf({ what, of }: Said, moment: Moment): Words {
  switch (what) {
    case "take":
      return of.length === 1
        ? toTake(of[0], moment.now)
        : [t`${of.length} rolls are due`, t`${periods(of)}. Tap to see them.`];
    case "refused":
      return [
        of.length === 1
          ? t`${of[0].roll.period_name} roll was refused by the school`
          : t`${of.length} rolls were refused by the school`,
        t`Still here, nothing lost. Tap to see why.`,
      ];
    case "saved":
      return saved(of, moment);
    case "held":
      return [
        of.length === 1
          ? t`${of[0].roll.period_name} roll is held by the office`
          : t`${of.length} rolls are held by the office`,
        t`Nothing is asked of you.`,
      ];
    case "received":
      return [
        of.length === 1
          ? t`${of[0].roll.period_name} roll is received by the school`
          : t`${of.length} rolls are received by the school`,
        t`Nothing to do.`,
      ];
  }
}

function testWords({ title, made_at }: Reminder, { now, zone }: Moment): Words {
  const shown = clockTime(now, zone);
  return [
    title,
    made_at ? t`Sent ${clockTime(made_at, zone)}, shown ${shown}.` : t`Shown ${shown}.`,
  ];
}

/** A push was made before it came: a tablet's clock that says otherwise is behind. */
function notBefore(reminder: Reminder, moment: Moment): Moment {
  const made = reminder.made_at === null ? moment.now : ms(reminder.made_at);
  return made > moment.now ? { ...moment, now: made } : moment;
}

const LOUD = new Set<Said["what"]>(["take", "refused"]);

/** What to show of a push, by what this tablet has in its store. */
export function noticeOf(reminder: Reminder, here: Here, now: Moment): Notice {
  const moment = notBefore(reminder, now);
  const said = reminder.kind === "reminder" ? decide(reminder.rolls, here) : null;
  const [title, body] = said
    ? wordsOf(said, moment)
    : reminder.kind === "test"
      ? testWords(reminder, moment)
      : [reminder.title, reminder.body];
  return {
    what: said?.what ?? null,
    title,
    body,
    lang: said || reminder.kind === "test" ? null : reminder.lang,
    tag: reminder.tag,
    target: targetOf(reminder, said),
    silent: said !== null && !LOUD.has(said.what),
  };
}
