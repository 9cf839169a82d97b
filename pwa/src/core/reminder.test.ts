import { describe, expect, it } from "vitest";
import type { Op } from "../wire.ts";
import { ms } from "./dates.ts";
import type { Draft } from "./draft.ts";
import type { Entry, Step } from "./entry.ts";
import { type RollNamed, readPush } from "./push.ts";
import { type Here, standsHere } from "./reminder.ts";
import { type Moment, noticeOf, type Road } from "./reminder-words.ts";

const ORIGIN = "https://rolls.birch.example";
const ZONE = "America/Los_Angeles";
const DUE = "2026-10-06T16:13:00.000Z";
const early = (minutes: number) => ms(DUE) - minutes * 60_000;

const id = (n: number) => `00000000-0000-5000-8000-00000000000${n}`;

const named = (n: number, news: Partial<RollNamed> = {}): RollNamed => ({
  roll_id: id(n),
  period: `${n}`,
  period_name: `Period ${n}`,
  due_at: new Date(ms(DUE) + (n - 2) * 3600_000).toISOString(),
  due: `${7 + n}:13`,
  ...news,
});

const PERIOD_2 = named(2);

const push = (rolls: readonly RollNamed[], made_at = "2026-10-06T16:08:00.000Z", news = {}) =>
  readPush(
    {
      web_push: 8030,
      mutable: true,
      notification: {
        title: "Period 2 roll is due at 9:13",
        body: "Not started on this tablet.",
        tag: "rolls-1f3a9c",
        navigate: `${ORIGIN}/#/roll/${id(2)}`,
        silent: false,
      },
      rollbook: { v: 1, kind: "reminder", message_id: "m1", made_at, rolls, ...news },
    },
    ORIGIN,
  );

const op = (roll: RollNamed, presence: "present" | null = "present"): Op => ({
  id: `op-${roll.period}`,
  v: 1,
  kind: "submit",
  roll_id: roll.roll_id,
  taken_at: "2026-10-06T16:08:00.000Z",
  marks: [{ student_id: "s01", ...(presence ? { presence } : { note_sealed: "n" }) }],
});

const entry = (roll: RollNamed, step: Step, news: Partial<Entry> = {}): Entry => ({
  v: 1,
  id: `op-${roll.period}-${step}`,
  school_id: "birch",
  roll_id: roll.roll_id,
  staff_id: "ruiz",
  step,
  op: op(roll),
  saved_at: "2026-10-06T16:08:00.000Z",
  not_before: null,
  undo: null,
  answer: null,
  epoch: null,
  ...news,
});

const draft = (roll: RollNamed, strokes = 1): Draft => ({
  v: 1,
  key: `ruiz/${roll.roll_id}`,
  roll_id: roll.roll_id,
  staff_id: "ruiz",
  shown: ["s01"],
  said: {},
  strokes: Array.from({ length: strokes }, () => ({ student_id: "s01", before: null })),
  saved_at: "2026-10-06T16:05:00.000Z",
});

const here = (news: Partial<Here> = {}): Here => ({
  entries: [],
  drafts: [],
  settled: new Set(),
  ...news,
});

const at = (now: number, road: Road = null, wall = now): Moment => ({
  now,
  wall,
  zone: ZONE,
  road,
});

const said = (reminder: ReturnType<typeof push>, all: Here, moment: Moment) => {
  const { title, body } = noticeOf(reminder, all, moment);
  return [title, body];
};

describe("N2 how a roll stands on this tablet", () => {
  const stands = (news: Partial<Here>) => standsHere(PERIOD_2, here(news)).stands;

  it("N2 not started, started, saved, held, refused, received, by the tablet's own store", () => {
    expect(stands({})).toBe("not_started");
    expect(stands({ drafts: [draft(PERIOD_2)] })).toBe("started");
    expect(stands({ drafts: [draft(PERIOD_2, 0)] })).toBe("not_started");
    expect(stands({ drafts: [draft(named(3))] })).toBe("not_started");
    const steps: Step[] = ["draft", "sent", "held", "refused", "received", "recorded"];
    expect(steps.map((step) => stands({ entries: [entry(PERIOD_2, step)] }))).toEqual([
      "saved",
      "saved",
      "held",
      "refused",
      "received",
      "received",
    ]);
  });

  it("N2 what the school has stays so while a change of it waits", () => {
    const entries = [entry(PERIOD_2, "received"), entry(PERIOD_2, "draft")];
    expect(stands({ entries, drafts: [draft(PERIOD_2)] })).toBe("received");
  });

  it("N2 a refused roll that was submitted again is saved", () => {
    expect(stands({ entries: [entry(PERIOD_2, "refused"), entry(PERIOD_2, "sent")] })).toBe(
      "saved",
    );
  });

  it("N2 a note alone, an answer of the inbox, and what the office set aside take no roll", () => {
    const note = entry(PERIOD_2, "sent", { op: op(PERIOD_2, null) });
    const answer = entry(PERIOD_2, "received", {
      answers: { ask: "unmarked", student_id: "s01" },
    });
    const aside = entry(PERIOD_2, "held", { ended: "set_aside" });
    expect(stands({ entries: [note, answer, aside] })).toBe("not_started");
    expect(stands({ entries: [entry(PERIOD_2, "held", { ended: "taken_over" })] })).toBe(
      "received",
    );
  });

  it("N2 whoever of this tablet took it, and what the feed tells, ends it", () => {
    expect(stands({ entries: [entry(PERIOD_2, "received", { staff_id: "okafor" })] })).toBe(
      "received",
    );
    expect(stands({ settled: new Set([PERIOD_2.roll_id]) })).toBe("received");
  });
});

describe("N4 the words of one roll", () => {
  it("N4 is due until the instant, was due from then on, by the school's clock", () => {
    const words = (now: number) => said(push([PERIOD_2]), here(), at(now));
    expect(words(early(5))).toEqual([
      "Period 2 roll is due at 9:13",
      "Not started on this tablet.",
    ]);
    const past = ["Period 2 roll was due at 9:13", "It still counts. Tap to take it."];
    expect(words(ms(DUE))).toEqual(past);
    expect(words(early(-40))).toEqual(past);
  });

  it("N4 a tablet whose clock is an hour behind does not say that the time is still to come", () => {
    const late = push([PERIOD_2], "2026-10-06T16:23:00.000Z");
    expect(said(late, here(), at(early(50)))[0]).toBe("Period 2 roll was due at 9:13");
  });

  it("N4 one that was begun says so", () => {
    const begun = here({ drafts: [draft(PERIOD_2)] });
    expect(said(push([PERIOD_2]), begun, at(early(5)))).toEqual([
      "Period 2 roll is due at 9:13",
      "Started on this tablet, not submitted.",
    ]);
    expect(said(push([PERIOD_2]), begun, at(early(-1)))).toEqual([
      "Period 2 roll was due at 9:13",
      "Started on this tablet, not submitted. It still counts.",
    ]);
  });

  it("N5 one that waits here says since when, and after the try why", () => {
    const waits = here({ entries: [entry(PERIOD_2, "sent")] });
    const words = (road: Road) => said(push([PERIOD_2]), waits, at(early(0), road));
    expect(words(null)).toEqual([
      "Period 2 roll is saved here, 9:08",
      "Waiting for network. Nothing to do.",
    ]);
    expect(words("unreachable")[1]).toBe("Waiting for network. Nothing to do.");
    expect(words("busy")[1]).toBe("Waiting for the school to answer. Nothing to do.");
    expect(words("signin")[1]).toBe("Waiting for your sign-in. Tap to sign in.");
    expect(words("other")[1]).toBe("The school did not take it yet. Tap to see why.");
  });

  it("N5 since when is told by the school's clock, however wrong the tablet's is", () => {
    const waits = here({ entries: [entry(PERIOD_2, "sent")] });
    const hourAhead = at(early(0), null, early(0) + 3600_000);
    expect(said(push([PERIOD_2]), waits, hourAhead)[0]).toBe("Period 2 roll is saved here, 8:08");
  });

  it("N6 one that the school has is told in silence, with nothing to do", () => {
    const done = here({ entries: [entry(PERIOD_2, "received")] });
    expect(noticeOf(push([PERIOD_2]), done, at(early(0)))).toEqual({
      what: "received",
      title: "Period 2 roll is received by the school",
      body: "Nothing to do.",
      lang: null,
      tag: "rolls-1f3a9c",
      target: `/#/roll/${id(2)}`,
      silent: true,
    });
  });

  it("N6 only what asks for something makes a sound", () => {
    const silent = (all: Here) => noticeOf(push([PERIOD_2]), all, at(early(0))).silent;
    const by = (step: Step) => silent(here({ entries: [entry(PERIOD_2, step)] }));
    expect([silent(here()), silent(here({ drafts: [draft(PERIOD_2)] })), by("refused")]).toEqual([
      false,
      false,
      false,
    ]);
    expect([by("draft"), by("sent"), by("held"), by("received")]).toEqual([true, true, true, true]);
  });
});

describe("N3 several rolls are one notification", () => {
  const rolls = [named(3), named(2), named(4)];
  const reminder = push(rolls);

  it("N3 those to take are told first, in the order of the day, and lead to the day's list", () => {
    expect(noticeOf(reminder, here(), at(early(0)))).toMatchObject({
      title: "3 rolls are due",
      body: "Periods 2, 3 and 4. Tap to see them.",
      target: "/#/today",
    });
    const one = here({ entries: [entry(named(2), "received"), entry(named(4), "sent")] });
    expect(noticeOf(reminder, one, at(early(0)))).toMatchObject({
      title: "Period 3 roll is due at 10:13",
      target: `/#/roll/${id(3)}`,
      silent: false,
    });
  });

  it("N3 then refused ones, saved ones, held ones, and only then nothing", () => {
    const all = (...steps: Step[]) =>
      noticeOf(
        reminder,
        here({ entries: steps.map((step, n) => entry(named(n + 2), step)) }),
        at(early(0)),
      ).title;
    expect(all("sent", "refused", "held")).toBe("Period 3 roll was refused by the school");
    expect(all("sent", "received", "draft")).toBe("2 rolls are saved here");
    expect(all("held", "received", "held")).toBe("2 rolls are held by the office");
    expect(all("received", "recorded", "received")).toBe("3 rolls are received by the school");
  });

  it("N3 periods by the names that the school gave them", () => {
    const odd = push([named(2), named(3, { period_name: "Homeroom" })]);
    expect(said(odd, here(), at(early(0)))[1]).toBe("Period 2 and Homeroom. Tap to see them.");
    const twice = push([named(2), named(3, { period_name: "Period 2" })]);
    expect(said(twice, here(), at(early(0)))[1]).toBe("Period 2. Tap to see them.");
  });
});

describe("N7 a lock screen is public", () => {
  const STEPS: (Step | null)[] = [null, "draft", "held", "refused", "received"];
  const ROADS: Road[] = [null, "nothing", "sent", "unreachable", "busy", "signin", "other"];
  const SECRETS = /ruiz|birch|s01|absent|present|\blate\b|left|elsewhere|00000000|note|8A/iu;

  function every(): string[] {
    const steps = STEPS.flatMap((a) => STEPS.map((b) => [a, b] as const));
    return steps.flatMap((pair) =>
      ROADS.flatMap((road) => {
        const entries = pair.flatMap((step, n) => (step ? [entry(named(n + 2), step)] : []));
        const begun = { ...draft(named(3)), said: { s01: { presence: "absent" as const } } };
        const all = here({ entries, drafts: [begun] });
        const [one, two] = [push([named(2)]), push([named(2), named(3)])];
        return [one, two].flatMap((reminder) => said(reminder, all, at(early(1), road)));
      }),
    );
  }

  it("N7 no text names anybody, says what was marked, or gives an id", () => {
    const texts = new Set(every());
    expect(texts.size).toBeGreaterThan(20);
    expect([...texts].filter((text) => SECRETS.test(text))).toEqual([]);
    expect([...texts].filter((text) => !/^[\w ,.:-]+$/u.test(text))).toEqual([]);
  });
});

describe("pushes of other kinds", () => {
  it("the test says when it was sent and shown", () => {
    const test = readPush(
      {
        notification: { title: "Reminders work on this tablet", body: "Sent 9:31.", tag: "test-1" },
        rollbook: { kind: "test", made_at: "2026-10-06T16:31:04.000Z", rolls: [] },
      },
      ORIGIN,
    );
    expect(said(test, here(), at(ms("2026-10-06T16:31:09.000Z")))).toEqual([
      "Reminders work on this tablet",
      "Sent 9:31, shown 9:31.",
    ]);
  });

  it("the office's leads to the office desk, in the school's words", () => {
    const office = push([PERIOD_2], DUE, { kind: "office" });
    const title = "3 listas sin pasar, período 2";
    const words = { ...office, title, lang: "es", target: "/office/" };
    const notice = noticeOf(words, here({ entries: [entry(PERIOD_2, "received")] }), at(ms(DUE)));
    expect(notice).toMatchObject({ title, lang: "es", target: "/office/", silent: false });
  });
});
