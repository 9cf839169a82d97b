import { describe, expect, it } from "vitest";
import type { ReminderPolicy } from "../wire.ts";
import {
  changedStep,
  draftOf,
  draftSentences,
  missingOf,
  policyOf,
  policySentences,
  withoutStep,
  withStep,
} from "./reminders.ts";

const POLICY: ReminderPolicy = {
  steps: [
    { after_min: 15, to: "office" },
    { after_min: -5, to: "teachers" },
    { after_min: 0, to: "teachers" },
    { after_min: 30, to: "administrators" },
  ],
  quiet_from_time: "18:00",
  quiet_to_time: "07:00",
  office_staff: ["lind"],
  administrators: [],
  digest_time: null,
  set_by: null,
  set_at: null,
  staff: [{ staff_id: "lind", name: "R. Lind", role: "office" }],
  mails: true,
  ticked_at: null,
};

describe("how the school reminds", () => {
  it("is a sentence each step, in the order they come", () => {
    expect(policySentences(POLICY)).toEqual([
      "5 minutes before the deadline the teachers of a roll that is not taken are reminded.",
      "At the deadline the teachers of a roll that is not taken are reminded.",
      "15 minutes after the deadline the office list is told: R. Lind.",
      "30 minutes after the deadline the administrators are told: every administrator.",
      "Nobody is reminded from 18:00 to 07:00. A step that falls into these hours comes at their end, where it still helps.",
      "There is no daily mail.",
    ]);
    expect(policySentences({ ...POLICY, steps: [], quiet_from_time: null, mails: false })).toEqual([
      "Nobody is reminded: the ladder has no steps.",
      "There are no quiet hours.",
      "This Rollbook sends no mail: whoever has no notifications reads it in the app.",
    ]);
  });
});

describe("reminders being written", () => {
  const draft = draftOf(POLICY);

  it("begin with what holds, and say how they will read", () => {
    expect(policyOf(draft, null)).toEqual({
      seen: null,
      steps: [
        { after_min: -5, to: "teachers" },
        { after_min: 0, to: "teachers" },
        { after_min: 15, to: "office" },
        { after_min: 30, to: "administrators" },
      ],
      quiet_from_time: "18:00",
      quiet_to_time: "07:00",
      office_staff: ["lind"],
      administrators: [],
      digest_time: null,
    });
    expect(draftSentences(draft, POLICY)).toEqual(policySentences(POLICY));
    expect(withStep(draft).steps.at(-1)).toMatchObject({ key: 4, minutes: "", to: "teachers" });
    expect(withoutStep(draft, 0).steps).toHaveLength(3);
  });

  it("nought minutes before is the deadline, not a minus nought", () => {
    const atDue = changedStep(draft, 0, { minutes: "0" });
    expect(Object.is(policyOf(withoutStep(atDue, 1), null).steps[0]?.after_min, 0)).toBe(true);
  });

  it.each([
    [changedStep(draft, 0, { minutes: "soon" }), "Step 1: how many minutes before"],
    [changedStep(draft, 0, { minutes: "61" }), "up to 60"],
    [changedStep(draft, 2, { minutes: "601" }), "up to 600"],
    [changedStep(draft, 2, { side: "before" }), "only teachers are reminded"],
    [changedStep(draft, 1, { minutes: "5", side: "before" }), "Two steps are the same"],
    [{ ...draft, quietTo: "" }, "Write both, or neither."],
    [{ ...draft, quietTo: "18:00" }, "would never end"],
  ])("say what is wrong", (wrong, says) => {
    expect(missingOf(wrong)).toContain(says);
    expect(draftSentences(wrong, POLICY)).toBeNull();
    expect(missingOf(draft)).toBeNull();
  });
});
