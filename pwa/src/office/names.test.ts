import { expect, test } from "vitest";
import type { DeskStudent } from "../wire.ts";
import { found, gradeWords } from "./names.ts";

const student = (given_name: string, family_name: string): DeskStudent => ({
  student_id: `${given_name} ${family_name}`,
  given_name,
  family_name,
  grade: "08",
  local_id: null,
});
const ALL = [student("Lucía", "Ibáñez"), student("Ivo", "O’Neil-Haile"), student("Mina", "Haile")];
const names = (typed: string) => found(ALL, typed).map(({ given_name }) => given_name);

test("each word begins a part of the name, in any order, with accents or without", () => {
  expect(names("ib")).toEqual(["Lucía"]);
  expect(names("lucia i")).toEqual(["Lucía"]);
  expect(names("Haile")).toEqual(["Ivo", "Mina"]);
  expect(names("haile, m")).toEqual(["Mina"]);
  expect(names("neil")).toEqual(["Ivo"]);
});

test("no words mean nobody, and what fits nobody finds nobody", () => {
  expect(names("  ")).toEqual([]);
  expect(names("haile x")).toEqual([]);
});

test("a grade is told as people say it", () => {
  expect(gradeWords(student("A", "B"))).toBe("Grade 8");
  expect(gradeWords({ ...student("A", "B"), grade: null })).toBe("");
  expect(gradeWords({ ...student("A", "B"), local_id: "4711" })).toBe("Grade 8, 4711");
});
