/** Class periods in words, by the names that the school gave them. */

const NUMBERED = /^Period \S+$/u;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** "Period 2", "Periods 2 and 3", "Period 2 and Homeroom": each once, in the order given. */
export function periodWords(rolls: readonly { readonly period_name: string }[]): string {
  const names = [...new Set(rolls.map(({ period_name }) => period_name))];
  const numbered = names.length > 1 && names.every((name) => NUMBERED.test(name));
  if (!numbered) return listed(names);
  return `Periods ${listed(names.map((name) => name.slice("Period ".length)))}`;
}
