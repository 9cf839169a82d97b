import { expect, test } from "vitest";
import type { DeskRuled } from "../wire.ts";
import { slipWords } from "./front-desk-words.ts";

const late = { presence: "late", period_name: "Period 2", section_title: "7C Science", minutes: 5 };
const slip = (room: string | null) =>
  slipWords({ rolls: [{ ...late, room } as DeskRuled] } as Parameters<typeof slipWords>[0]);

test("a slip says the room once, however the school writes it", () => {
  expect(slip("19")).toBe("Period 2: 7C Science, room 19. 5 minutes by the bell.");
  expect(slip("Room 19")).toBe("Period 2: 7C Science, Room 19. 5 minutes by the bell.");
  expect(slip(null)).toBe("Period 2: 7C Science. 5 minutes by the bell.");
});
