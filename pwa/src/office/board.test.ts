import { describe, expect, it } from "vitest";
import { blocksOf, countsOf, headlineOf, meetingsOf } from "./board.ts";
import { at, board, boardRoll, now, received } from "./sample.ts";

const HOMEROOM = { period: "HR", period_name: "Homeroom", due_at: at("8:30") };
const SECOND = {
  period: "2",
  period_name: "Period 2",
  opens_at: at("8:53"),
  starts_at: at("8:58"),
  ends_at: at("9:48"),
  due_at: at("9:13"),
  late_at: at("9:13"),
};

const morning = board([
  boardRoll({ section_id: "8A", ...received("8:06") }),
  boardRoll({ section_id: "8B", ...SECOND }),
  boardRoll({ section_id: "7C" }),
  boardRoll({ section_id: "7C", ...SECOND }),
  boardRoll({ section_id: "5A", ...HOMEROOM }),
]);

function seen(time: string, shown = morning) {
  const meetings = meetingsOf(shown, now(time));
  return { meetings, blocks: blocksOf(shown, meetings, now(time)) };
}

describe("the blocks of the board", () => {
  it("stand apart where teachers share no period: a daily roll is not a column of the periods", () => {
    const { blocks } = seen("9:00");
    expect(blocks.map(({ periods }) => periods.map(({ period }) => period))).toEqual([
      ["1", "2"],
      ["HR"],
    ]);
    expect(blocks.map(({ rows }) => rows.map(({ teacher }) => teacher.name))).toEqual([
      ["C. Okafor", "M. Ruiz", "E. Sato"],
      ["L. Brandt"],
    ]);
  });

  it("box the present period from five minutes before its bell", () => {
    expect(seen("8:52").blocks[0]?.now).toBeNull();
    expect(seen("8:53").blocks[0]?.now).toBe("2");
    expect(seen("8:20").blocks[0]?.now).toBe("1");
  });

  it("show a roll in the row of each of its teachers", () => {
    const rows = seen("9:00").blocks[0]?.rows ?? [];
    const cells = rows.map(({ meetings }) => meetings.get("1")?.map(({ cell }) => cell.kind));
    expect(cells).toEqual([["received"], ["received"], ["missing"]]);
  });

  it("lose no roll whose section has no teacher", () => {
    const { blocks } = seen("9:00", board([boardRoll({ section_id: "9Z" })]));
    expect(blocks[0]?.rows[0]?.teacher.name).toBe("No teacher assigned");
  });
});

describe("the counts", () => {
  it("are the cells', each roll once however many teach it", () => {
    const { meetings } = seen("9:00");
    expect(countsOf(meetings).map(({ count, words }) => `${count} ${words}`)).toEqual([
      "2 not taken",
      "2 not yet due",
      "1 received",
    ]);
  });

  it("tell what is open or saved on a tablet from what nobody has begun", () => {
    const open = { state: "open", at: at("9:12"), taken_at: null } as const;
    const saved = { state: "waiting", at: at("9:12"), taken_at: at("9:05") } as const;
    const shown = board([
      boardRoll({ section_id: "8A", ...SECOND, tablet: open }),
      boardRoll({ section_id: "8B", ...SECOND, tablet: saved }),
      boardRoll({ section_id: "7C", ...SECOND }),
      boardRoll({ section_id: "5A", ...received("8:40"), timeliness: "late" }),
    ]);
    const { meetings } = seen("9:14", shown);
    expect(countsOf(meetings).map(({ count, words }) => `${count} ${words}`)).toEqual([
      "1 not taken",
      "1 open on a tablet",
      "1 saved on a tablet, waiting",
      "1 received",
      "1 late",
    ]);
  });

  it("move from due to not taken by the clock alone", () => {
    expect(countsOf(seen("9:14").meetings)[0]?.count).toBe(4);
  });
});

describe("the headline", () => {
  it("speaks of the present period and its deadline", () => {
    expect(headlineOf(morning, seen("9:00").blocks, now("9:00"))).toEqual({
      title: "Period 2: 0 of 2 rolls received",
      due: "Due at 9:13.",
    });
  });

  it("speaks of the whole day where no period is running", () => {
    expect(headlineOf(morning, seen("16:00").blocks, now("16:00")).title).toBe(
      "1 of 5 rolls received",
    );
  });
});
