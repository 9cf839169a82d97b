import { describe, expect, it } from "vitest";
import { cellOf } from "./cells.ts";
import { at, boardRoll, now, received, ZONE } from "./sample.ts";

const cell = (more: Parameters<typeof boardRoll>[0], time: string) =>
  cellOf(boardRoll(more), now(time), ZONE);

describe("a roll that has not come", () => {
  it.each([
    ["7:54", "upcoming", ""],
    ["7:55", "due", "Due"],
    ["8:00", "due", "Due"],
    ["8:15", "due", "Due"],
    ["8:16", "missing", "Not taken"],
  ])("at %s is %s", (time, kind, text) => {
    expect(cell({}, time)).toMatchObject({ kind, text });
  });

  it("changes with the clock alone, with no news from the server", () => {
    const roll = boardRoll();
    expect(cellOf(roll, now("8:15"), ZONE).kind).toBe("due");
    expect(cellOf(roll, now("8:15") + 1, ZONE).kind).toBe("missing");
  });

  const word = (state: "open" | "waiting", heard: string) => ({
    tablet: { state, at: at(heard), taken_at: state === "waiting" ? at("8:08") : null },
  });

  it("B1.4 is open while a tablet said so lately, also after its time", () => {
    expect(cell(word("open", "8:14"), "8:17")).toMatchObject({
      kind: "open",
      text: "Open",
      says: "open on a tablet, was due 8:15",
    });
  });

  it("B1.4 is as if nothing had been said when the word is old, and says when it was", () => {
    expect(cell(word("open", "8:02"), "8:07").kind).toBe("open");
    expect(cell(word("open", "8:02"), "8:08")).toMatchObject({
      kind: "due",
      says: "not taken yet, due 8:15, open on a tablet, last seen 8:02",
    });
    expect(cell(word("open", "8:02"), "8:16").kind).toBe("missing");
  });

  it("B1.4 is saved for as long as it has not come, and says since when", () => {
    expect(cell(word("waiting", "8:12"), "11:30")).toMatchObject({
      kind: "saved",
      text: "Saved",
      says: "saved on a tablet since 8:08, on its way, tablet last seen 8:12",
    });
  });

  it("B1.4 is received, whatever a tablet said before", () => {
    expect(cell({ ...received("8:06"), ...word("waiting", "8:05") }, "9:00").kind).toBe("received");
  });

  it("says how often somebody was reminded and who called", () => {
    const about = {
      reminded: { count: 2, last_at: at("8:25") },
      called: { by_name: "R. Lind", at: at("8:40") },
    };
    expect(cell(about, "9:00").says).toBe(
      "not taken, was due 8:15, reminded twice, last at 8:25, called 8:40 by R. Lind",
    );
    expect(cell({ reminded: { count: 1, last_at: at("8:10") } }, "9:00").says).toMatch(
      /reminded at 8:10$/u,
    );
  });

  it("is never asked for where none is expected", () => {
    const away = cell({ expected: false, void_reason: "no_students" }, "9:00");
    expect(away).toMatchObject({ kind: "exempt", says: "no roll expected: No students" });
  });

  it("shows no code that nobody knew", () => {
    expect(cell({ expected: false, void_reason: "brand_new_code" }, "9:00").text).toBe("No roll");
  });
});

describe("a roll that came", () => {
  it("in time says when it was received", () => {
    expect(cell(received("8:06"), "9:00")).toMatchObject({
      kind: "received",
      text: "8:06",
      says: "received 8:06",
    });
  });

  it("taken on time and delivered later keeps the time it was taken, and says so", () => {
    const late = {
      ...received("8:11"),
      timeliness: "taken_on_time",
      received_at: at("8:40"),
    } as const;
    expect(cell(late, "9:00")).toMatchObject({
      kind: "received",
      text: "8:11",
      extras: ["came_later"],
      says: "received 8:40, taken 8:11, on time, came later",
    });
  });

  it("after its time is late, and unproven where no clock can tell", () => {
    expect(cell({ ...received("8:31"), timeliness: "late" }, "9:00")).toMatchObject({
      kind: "late",
      says: "received 8:31, late",
    });
    expect(cell({ ...received("8:31"), timeliness: "late_unproven" }, "9:00").extras).toEqual([
      "unproven",
    ]);
  });

  it("with contested marks counts them, and safety is said first", () => {
    const two = cell({ ...received("8:09"), contested: 2, safety: 1, revision: 2 }, "9:00");
    expect(two).toMatchObject({ kind: "contested", text: "2", extras: ["safety"] });
    expect(two.says).toContain("changed since");
    expect(two.says).toMatch(/^2 contested marks, received 8:09, safety/u);
  });

  it("says that somebody is not marked", () => {
    expect(cell({ ...received("8:09"), unmarked_count: 1 }, "9:00").says).toContain("1 not marked");
  });

  it("says that a pass holder's roll is not countersigned, and that a roll is locked", () => {
    const pass = cell({ ...received("8:09"), countersign: true }, "9:00");
    expect(pass).toMatchObject({ kind: "received", extras: ["uncertified"] });
    expect(pass.says).toContain("taken on a day pass, not countersigned yet");
    const locked = cell({ ...received("8:09"), state: "locked" }, "9:00");
    expect(locked.says).toBe("received 8:09, locked");
  });

  it("is missing also where it was locked before anybody took it", () => {
    const locked = cell({ state: "locked" }, "9:00");
    expect(locked).toMatchObject({ kind: "missing", extras: ["locked"] });
    expect(locked.says).toBe("not taken, was due 8:15, locked");
  });

  it("is shown although none was expected", () => {
    expect(cell({ ...received("8:09"), expected: false }, "9:00").kind).toBe("received");
  });
});
