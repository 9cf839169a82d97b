import { describe, expect, it } from "vitest";
import {
  draftOf as bellsDraft,
  missingOf as bellsMissing,
  changed,
  changeOf,
  copyOf,
  NEW_BELLS,
  overlapsOf,
  usedWords,
  withoutRow,
  withRow,
} from "./bells.ts";
import { bells, policy, table } from "./calendar-sample.ts";
import {
  draftOf,
  draftSentence,
  inOrder,
  missingOf,
  policyOf,
  policySentence,
  standingOf,
  usualSentence,
} from "./deadlines.ts";
import {
  exemptionOf,
  exemptionSentence,
  leaveOf,
  leaveSentence,
  missingExemption,
  missingLeave,
} from "./exemptions.ts";
import { at } from "./sample.ts";

describe("a bell schedule being written", () => {
  const regular = bellsDraft(bells("Regular", 98));
  const row = (key: number, some: object) => changed(regular, key, some);

  it("is sent whole, in the order of its bells, without blank rows", () => {
    expect(changeOf(withRow(regular)).periods.map(({ period }) => period)).toEqual(["1", "2", "6"]);
    expect(changeOf(row(0, { starts_time: "15:00", ends_time: "15:50" })).periods[2]?.period).toBe(
      "1",
    );
    expect(copyOf(bells("Regular", 98))).toMatchObject({ name: "", isNew: true });
    expect(withoutRow(regular, 1).rows.map(({ period }) => period)).toEqual(["1", "6"]);
  });

  it.each([
    [{ name: "" }, "Period 1 has no name"],
    [{ period: "", name: "" }, "Row 1 has no period"],
    [{ starts_time: "" }, "Period 1 has no start"],
    [{ ends_time: "" }, "Period 1 has no end"],
    [{ ends_time: "08:00" }, "Period 1 ends at 8:00, not after it starts at 8:00."],
    [{ period: "2" }, "Two rows are period 2"],
  ])("says in words what is wrong: %o", (some, says) => {
    expect(bellsMissing(row(0, some), [])).toContain(says);
  });

  it("needs a name of its own and bells", () => {
    expect(bellsMissing(regular, ["Regular"])).toBeNull();
    expect(bellsMissing(NEW_BELLS, [])).toContain("What is it called?");
    expect(bellsMissing({ ...NEW_BELLS, name: "Late" }, [])).toContain("There are no bells yet.");
    expect(bellsMissing({ ...copyOf(bells("x", 0)), name: "Regular" }, ["Regular"])).toContain(
      "called Regular already",
    );
  });

  it("tells bells that overlap, which may be meant", () => {
    expect(overlapsOf(regular)).toEqual([]);
    const overlapping = row(0, { ends_time: "09:00" });
    expect(bellsMissing(overlapping, [])).toBeNull();
    expect(overlapsOf(overlapping)).toEqual([
      "Period 2 starts at 8:58, before Period 1 ends at 9:00.",
    ]);
    expect(overlapsOf(withRow(regular))).toEqual([]);
    const meant = { ...overlapping, was: changeOf(overlapping).periods };
    expect(overlapsOf(meant)).toEqual([]);
  });

  it("says how often it rings", () => {
    expect(usedWords(bells("Regular", 98))).toBe("On 98 dates from today on.");
    expect(usedWords(bells("Rally", 0))).toBe("On no date from today on.");
  });
});

describe("deadlines in a sentence", () => {
  it("name dates, grades, periods and each minute", () => {
    expect(policySentence(policy())).toBe(
      "From Nov 30, grade 6, all periods: opens 5 minutes before the bell, due 15 minutes after the bell, late after 20, looked for at 30, closes at 17:00, locks 7 days later.",
    );
    expect(
      policySentence(policy({ grades: "*", period: "1", until_on: "2026-12-05", grace_min: 0 })),
    ).toContain("From Nov 30 until Dec 4, all grades, period 1: ");
    expect(usualSentence(table().usual)).toBe(
      "Where nothing else is set, all grades, all periods: opens 5 minutes before the bell, due 15 minutes after the bell, late after that, looked for at 30, closes at 17:00, never locks by itself.",
    );
    expect(
      policySentence(policy({ open_before_min: 0, due_after_min: 0, lock_after_days: 0 })),
    ).toContain("opens with the bell, due with the bell, late after 5, looked for at 30");
  });

  it("stand with those in force first", () => {
    const over = policy({ policy_id: "over", from_on: "2026-08-01", until_on: "2026-11-23" });
    const now = policy({ policy_id: "now", from_on: "2026-08-01" });
    const today = "2026-11-23";
    expect([over, policy(), now].map((one) => standingOf(one, today))).toEqual([
      "over",
      "ahead",
      "now",
    ]);
    expect(inOrder([over, policy(), now], today).map(({ policy_id }) => policy_id)).toEqual([
      "now",
      "policy",
      "over",
    ]);
  });
});

describe("deadlines being written", () => {
  const draft = draftOf(table().usual, "2026-11-23");

  it("begin tomorrow with what holds already", () => {
    expect(policyOf(draft, table())).toEqual({
      type: "policy",
      grades: "*",
      period: "*",
      from_on: "2026-11-24",
      open_before_min: 5,
      due_after_min: 15,
      check_after_min: 30,
      grace_min: 0,
      close_time: "17:00",
      lock_after_days: null,
    });
    expect(draftSentence(draft, table())).toMatch(/^From Nov 24, all grades, all periods: opens/u);
  });

  it.each([
    [{ due: "soon" }, "How many minutes after the bell is it due?"],
    [{ open: "-5" }, "How many minutes before the bell does a roll open?"],
    [{ grace: "" }, "still count as in time?"],
    [{ check: "9999" }, "does the office look for it?"],
    [{ check: "10" }, "before it is due"],
    [{ close: "" }, "When does it close?"],
    [{ lock: "a week" }, "After how many days"],
    [{ from_on: "" }, "From when?"],
    [{ from_on: "2026-11-22" }, "The past is not changed"],
  ])("say what is missing: %o", (some, says) => {
    expect(missingOf({ ...draft, ...some }, "2026-11-23")).toContain(says);
    expect(draftSentence({ ...draft, ...some }, table())).toBeNull();
    expect(missingOf(draft, "2026-11-23")).toBeNull();
  });
});

describe("exemptions and leaves", () => {
  const facts = { set_by: null, set_at: at("8:00") };

  it("are sentences", () => {
    const assembly = {
      exemption_id: "e",
      on: "2026-11-24",
      section_id: null,
      period: "3",
      why: "Assembly",
    };
    expect(exemptionSentence({ ...assembly, ...facts }, table())).toBe(
      "Tuesday, November 24: All sections, period 3. Assembly.",
    );
    expect(
      exemptionSentence({ ...assembly, section_id: "8A", period: null, ...facts }, table()),
    ).toBe("Tuesday, November 24: 8A Mathematics, all day. Assembly.");
    const leave = { leave_id: "l", staff_id: "sato", from_on: "2026-11-24", to_on: "2026-11-24" };
    expect(leaveSentence({ ...leave, ...facts }, table())).toBe(
      "K. Sato is away on Tuesday, November 24.",
    );
    expect(leaveSentence({ ...leave, to_on: "2026-11-26", ...facts }, table())).toBe(
      "K. Sato is away from Nov 24 to Nov 26.",
    );
  });

  it("say what is missing before they are sent", () => {
    const draft = { on: "2026-11-24", section_id: "", period: "3", why: " Assembly " };
    expect(missingExemption(draft)).toBeNull();
    expect(exemptionOf(draft)).toMatchObject({ section_id: null, period: "3", why: "Assembly" });
    expect(missingExemption({ ...draft, on: "" })).toContain("When?");
    expect(missingExemption({ ...draft, period: "" })).toContain("What is exempt?");
    expect(missingExemption({ ...draft, why: " " })).toContain("Why?");
    const leave = { staff_id: "sato", from_on: "2026-11-24", to_on: "" };
    expect(missingLeave(leave)).toBeNull();
    expect(leaveOf(leave).to_on).toBe("2026-11-24");
    expect(missingLeave({ ...leave, staff_id: "" })).toContain("Who is away?");
    expect(missingLeave({ ...leave, from_on: "" })).toContain("From when?");
    expect(missingLeave({ ...leave, to_on: "2026-11-20" })).toContain("Until when?");
  });
});
