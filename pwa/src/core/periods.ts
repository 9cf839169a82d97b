/** Class periods in words, by the names that the school gave them. */

import { listed } from "./spans.ts";
import { t } from "./t.ts";

const NUMBERED = /^Period \S+$/u;

/** "Period 2", "Periods 2 and 3", "Period 2 and Homeroom": each once, in the order given. */
export function periodWords(rolls: readonly { readonly period_name: string }[]): string {
  const names = [...new Set(rolls.map(({ period_name }) => period_name))];
  const numbered = names.length > 1 && names.every((name) => NUMBERED.test(name));
  if (!numbered) return listed(names);
  return t`Periods ${listed(names.map((name) => name.slice("Period ".length)))}`;
}
