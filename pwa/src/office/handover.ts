/** Brings in the file that a tablet exported, and says what became of it. */

import { plural, t } from "../core/t.ts";
import type { PushAnswer } from "../wire.ts";
import * as api from "./api.ts";

export interface Said {
  readonly good: boolean;
  readonly words: string;
}

const NOT_A_FILE = t`This is not a file that Rollbook exported from a tablet. Nothing was brought in.`;

/** The file's content, if a tablet of ours wrote it. */
export function readExport(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text);
    const isOurs =
      typeof found === "object" &&
      found !== null &&
      (found as Record<string, unknown>)["rollbook_export"] === 1;
    return isOurs ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** "3 entries read: 1 on the record, 1 there already, 1 held." */
export function outcomeWords({ results }: PushAnswer): string {
  const tell = (count: number, words: string) => (count > 0 ? [`${count} ${words}`] : []);
  const count = (outcome: string, replayed: boolean | null) =>
    results.filter((one) => one.outcome === outcome && (replayed ?? one.replayed) === one.replayed)
      .length;
  const said = [
    ...tell(count("accepted", false), t`now on the record`),
    ...tell(count("accepted", true), t`there already`),
    ...tell(count("held", null), t`held, listed here`),
    ...tell(count("refused", null), t`refused`),
  ];
  const entries = plural(results.length, "entry", "entries");
  return t`${entries} read: ${said.join(", ") || t`nothing to bring in`}.`;
}

export async function bringIn(school: string, file: File): Promise<Said> {
  const found = readExport(await file.text());
  if (!found) return { good: false, words: NOT_A_FILE };
  const answer = await api.handOver(school, found);
  if (answer.end === "answered") return { good: true, words: outcomeWords(answer.answer) };
  if (answer.end === "refused") return { good: false, words: answer.problem.detail };
  if (answer.end === "signin")
    return { good: false, words: t`Your sign-in has ended. Sign in again, then choose the file.` };
  return {
    good: false,
    words: t`The server did not answer. Choose the file again; nothing is counted twice.`,
  };
}
