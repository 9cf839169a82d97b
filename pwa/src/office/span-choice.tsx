/** Between which days a report looks: a part of the year, the last weeks, or two dates. */

import { ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Rates } from "../wire.ts";
import { go } from "./route.ts";
import { Choice, Labelled } from "./sheets-day.tsx";

const DAY_MS = 86_400_000;

const before = (on: string, days: number): string =>
  new Date(Date.parse(`${on}T12:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

interface Span {
  readonly from: string;
  readonly to: string;
  readonly words: string;
}

/** Today at the school: nothing later is counted. */
export const lastDay = ({ server_time, school }: Pick<Rates, "server_time" | "school">): string =>
  schoolDate(ms(server_time), school.zone);

/** What may be chosen at a press: the parts of the year, and the weeks up to the last day. */
export function spansOf(terms: Rates["terms"], last: string): Span[] {
  const weeks = [2, 6].map((count) => ({
    from: before(last, 7 * count - 1),
    to: last,
    words: t`The last ${count} weeks`,
  }));
  return [...terms.map((term) => ({ ...term, words: term.title })), ...weeks];
}

const spelledOf = ({ from, to }: { from: string; to: string }): string => `${from}/${to}`;

function DateField(props: { label: string; value: string; onChoose: (on: string) => void }) {
  return (
    <Labelled label={props.label}>
      {(id) => (
        <input
          id={id}
          class="ask-input"
          type="date"
          value={props.value}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) props.onChoose(value);
          }}
        />
      )}
    </Labelled>
  );
}

export function SpanChoice(props: {
  page?: string;
  part: string;
  told: Pick<Rates, "terms" | "from" | "to">;
  last: string;
}) {
  const { page = "reports", part, told, last } = props;
  const spans = spansOf(told.terms, last);
  const choose = (from: string, to: string) => go(page, part, { from, to });
  const value = spelledOf(told);
  return (
    <div class="report-asks">
      <Choice
        label={t`Time`}
        none={t`As below`}
        value={spans.some((span) => spelledOf(span) === value) ? value : ""}
        choices={spans.map((span) => ({ value: spelledOf(span), words: span.words }))}
        onChoose={(chosen) => {
          const [from, to] = chosen.split("/");
          if (from && to) choose(from, to);
        }}
      />
      <DateField label={t`From`} value={told.from} onChoose={(from) => choose(from, told.to)} />
      <DateField label={t`To`} value={told.to} onChoose={(to) => choose(told.from, to)} />
    </div>
  );
}
