/** A reminder in words that anybody may read on a lock screen: times, periods, counts (N4, N7). */

import { clockTime, ms } from "./dates.ts";
import { periodWords } from "./periods.ts";
import type { Reminder } from "./push.ts";
import { decide, type Here, type Said, type Standing, targetOf } from "./reminder.ts";

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
  readonly tag: string;
  readonly target: string;
  readonly silent: boolean;
}

type Words = readonly [title: string, body: string];

const WAITS: Readonly<Record<Exclude<Road, null>, string>> = {
  nothing: "It goes to the school by itself. Nothing to do.",
  sent: "It goes to the school by itself. Nothing to do.",
  unreachable: "Waiting for network. Nothing to do.",
  busy: "Waiting for the school to answer. Nothing to do.",
  signin: "Waiting for your sign-in. Tap to sign in.",
  other: "The school did not take it yet. Tap to see why.",
};

const periods = (of: readonly Standing[]): string => periodWords(of.map(({ roll }) => roll));

const rolls = (of: readonly Standing[]): string =>
  of.length === 1 ? `${of[0]?.roll.period_name} roll` : `${of.length} rolls`;

const verb = (of: readonly Standing[], one: string, many: string): string =>
  of.length === 1 ? one : many;

function toTake({ roll, stands }: Standing, now: number): Words {
  const past = now >= ms(roll.due_at);
  const title = `${roll.period_name} roll ${past ? "was" : "is"} due at ${roll.due}`;
  if (stands === "started")
    return [title, `Started on this tablet, not submitted.${past ? " It still counts." : ""}`];
  return [title, past ? "It still counts. Tap to take it." : "Not started on this tablet."];
}

function saved(of: Said["of"], moment: Moment): Words {
  const when = ms(of[0].saved_at ?? "") + moment.now - moment.wall;
  const at = of.length === 1 ? `, ${clockTime(when, moment.zone)}` : "";
  return [
    `${rolls(of)} ${verb(of, "is", "are")} saved here${at}`,
    WAITS[moment.road ?? "unreachable"],
  ];
}

function wordsOf({ what, of }: Said, moment: Moment): Words {
  switch (what) {
    case "take":
      return of.length === 1
        ? toTake(of[0], moment.now)
        : [`${of.length} rolls are due`, `${periods(of)}. Tap to see them.`];
    case "refused":
      return [
        `${rolls(of)} ${verb(of, "was", "were")} refused by the school`,
        "Still here, nothing lost. Tap to see why.",
      ];
    case "saved":
      return saved(of, moment);
    case "held":
      return [
        `${rolls(of)} ${verb(of, "is", "are")} held by the office`,
        "Nothing is asked of you.",
      ];
    case "received":
      return [`${rolls(of)} ${verb(of, "is", "are")} received by the school`, "Nothing to do."];
  }
}

function testWords({ title, made_at }: Reminder, { now, zone }: Moment): Words {
  const sent = made_at ? `Sent ${clockTime(made_at, zone)}, shown` : "Shown";
  return [title, `${sent} ${clockTime(now, zone)}.`];
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
    tag: reminder.tag,
    target: targetOf(reminder, said),
    silent: said !== null && !LOUD.has(said.what),
  };
}
