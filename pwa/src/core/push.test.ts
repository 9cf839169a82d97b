import { describe, expect, it } from "vitest";
import { knownPath, readPush, UNREADABLE } from "./push.ts";

const ORIGIN = "https://rolls.birch.example";
const ROLL = "00000000-0000-5000-8000-000000000002";

const roll = {
  roll_id: ROLL,
  period: "2",
  period_name: "Period 2",
  due_at: "2026-10-06T16:13:00Z",
};

const whole = {
  web_push: 8030,
  notification: { title: "2 rolls are due", body: "Tap to see them.", tag: "rolls-1" },
  rollbook: { v: 1, kind: "reminder", rolls: [{ ...roll, due: "9:13" }] },
};

describe("N1 a push that cannot be read", () => {
  it.each([
    null,
    undefined,
    "text",
    7,
    [],
    {},
    { notification: null },
    { notification: { title: 5 } },
    { notification: { title: "  " } },
    { rollbook: whole.rollbook },
  ])("N1 %j says something plain that is true whatever is so", (json) => {
    expect(readPush(json, ORIGIN)).toEqual(UNREADABLE);
  });

  it("N1 of an unknown kind is told in the school's words", () => {
    const news = { ...whole, rollbook: { kind: "picnic", rolls: whole.rollbook.rolls } };
    expect(readPush(news, ORIGIN)).toMatchObject({ kind: "other", title: "2 rolls are due" });
    expect(readPush({ notification: whole.notification }, ORIGIN).kind).toBe("other");
  });

  it.each([
    { ...roll },
    { ...roll, due: "9:13", roll_id: "8A" },
    { ...roll, due: "9:13", due_at: "soon" },
    null,
    "roll",
  ])("N1 one roll that cannot be read, %j, leaves it in the school's words", (bad) => {
    const rolls = [...whole.rollbook.rolls, bad];
    const read = readPush({ ...whole, rollbook: { ...whole.rollbook, rolls } }, ORIGIN);
    expect(read).toMatchObject({ kind: "other", rolls: [], body: "Tap to see them." });
  });

  it("N1 words without end are cut", () => {
    const long = { notification: { title: "x".repeat(5000), body: "y".repeat(5000) } };
    const { title, body } = readPush(long, ORIGIN);
    expect([title.length, body.length]).toEqual([200, 200]);
  });
});

describe("what a push is about", () => {
  it("lies beside the notification, or within it where the browser hands over no more", () => {
    const { notification, rollbook } = whole;
    const within = { notification: { ...notification, data: { rollbook } } };
    expect(readPush(within, ORIGIN)).toEqual(readPush(whole, ORIGIN));
    expect(readPush(within, ORIGIN).rolls).toHaveLength(1);
  });
});

describe("N9 where pressing it leads", () => {
  it.each([
    [`${ORIGIN}/#/roll/${ROLL}`, `/#/roll/${ROLL}`],
    [`/#/roll/${ROLL}`, `/#/roll/${ROLL}`],
    [`${ORIGIN}/`, "/"],
    [`${ORIGIN}/office/`, "/office/"],
    [`${ORIGIN}/office/#/board`, "/office/#/board"],
    [`${ORIGIN}/#/inbox`, "/#/inbox"],
  ])("N9 %s is known", (url, path) => {
    expect(knownPath(url, ORIGIN)).toBe(path);
  });

  it.each([
    "https://elsewhere.example/#/today",
    `${ORIGIN}.elsewhere.example/`,
    `${ORIGIN}@elsewhere.example/`,
    "//elsewhere.example/",
    "javascript:alert(1)",
    `${ORIGIN}/api/v1/sign-out`,
    `${ORIGIN}/#/pass/4KD7M-2QX9T`,
    `${ORIGIN}/office/../api`,
    "",
    null,
    { url: ORIGIN },
  ])("N9 %j leads to the day's list", (url) => {
    expect(knownPath(url, ORIGIN)).toBe("/#/today");
  });
});
