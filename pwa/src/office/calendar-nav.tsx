/** From one page of the calendar to the next. */

import { t } from "../core/t.ts";
import { PAGES } from "./pages.ts";
import { route, spellRoute } from "./route.ts";

/** The pages that belong to the calendar, under their own words. */
const WORDS: Readonly<Record<string, string>> = {
  calendar: t`Month`,
  bells: t`Bell schedules`,
  deadlines: t`Deadlines`,
  exemptions: t`Exemptions and leave`,
  reminders: t`Reminders`,
  files: t`Files`,
};

export function CalendarNav() {
  const here = PAGES.filter(({ name }) => WORDS[name]);
  return (
    <nav class="sub-nav" aria-label={t`Calendar`}>
      <ul>
        {here.map(({ name }) => (
          <li key={name}>
            <a
              href={spellRoute({ page: name, part: null, query: {} })}
              aria-current={route.value.page === name ? "page" : undefined}
            >
              {WORDS[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
