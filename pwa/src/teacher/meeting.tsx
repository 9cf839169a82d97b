/** One meeting in the list of a day. */

import { shortDate, shortDay } from "../core/dates.ts";
import { enrolled } from "../core/roll.ts";
import { listed } from "../core/spans.ts";
import { t, tOf } from "../core/t.ts";
import { isOpen } from "../core/today.ts";
import { lineWords, plural } from "../core/words.ts";
import { Button, SyncLine } from "../ui/parts.ts";
import type { Roll, Section } from "../wire.ts";
import { myKey, sectionOf, stepFor } from "./rollbook.ts";
import { go } from "./route.ts";
import { Standing, standingNow } from "./standing.tsx";
import { drafts, session, today } from "./state.ts";
import { at, atHere } from "./times.ts";
import { WhyButton } from "./why-not.tsx";

const UNBROKEN = "\u00a0";

/** Who else teaches the section on that day. */
function others({ teachers }: Section, on: string): string {
  const names = teachers
    .filter(({ staff_id }) => staff_id !== session.value?.staff_id)
    .filter(({ begin_on, end_on }) => (!begin_on || begin_on <= on) && (!end_on || on <= end_on))
    .map(({ name }) => name.replaceAll(" ", UNBROKEN));
  return names.length > 0 ? t`with ${listed(names)}`.replace(" ", UNBROKEN) : "";
}

function about(roll: Roll): string {
  const section = sectionOf(roll);
  if (!section) return roll.period_name;
  const room = section.room ? t`Room ${section.room.replace(/^room\s+/iu, "")}` : "";
  const count = plural(enrolled(section.students, roll).length, "student").replace(" ", UNBROKEN);
  return [roll.period_name, others(section, roll.on) || room, count]
    .filter(Boolean)
    .join("\u00a0· ");
}

function When({ roll }: { roll: Roll }) {
  const earlier = roll.on < today.value;
  return (
    <span class="meeting-when">
      <b>{earlier ? shortDay(roll.on) : at(roll.starts_at)}</b>
      <span>{earlier ? shortDate(roll.on) : t`to ${at(roll.ends_at)}`}</span>
    </span>
  );
}

function What({ roll }: { roll: Roll }) {
  return (
    <span class="meeting-what">
      <b>{sectionOf(roll)?.title ?? roll.period_name}</b>
      <span>{about(roll)}</span>
    </span>
  );
}

function Stands({ roll }: { roll: Roll }) {
  const step = stepFor(roll) ?? (roll.state === "not_taken" ? null : "recorded");
  const standing = standingNow(roll);
  const words = step && lineWords(step);
  return (
    <span class="meeting-stands">
      <Standing roll={roll} />
      {words && <SyncLine step={words.step} text={words.text} />}
      {standing === "late" && <b class="meeting-missed">{t`Not taken`}</b>}
    </span>
  );
}

const open = (roll: Roll) => go({ screen: "roll", roll_id: roll.roll_id });

const QUIET = new Set(["upcoming", "exempt"]);

export function MeetingRow({ roll }: { roll: Roll }) {
  const quiet = QUIET.has(standingNow(roll)) ? " meeting-quiet" : "";
  return (
    <li class="meeting-row">
      <button type="button" class={`meeting${quiet}`} onClick={() => open(roll)}>
        <When roll={roll} />
        <What roll={roll} />
        <Stands roll={roll} />
      </button>
      <WhyButton roll={roll} />
    </li>
  );
}

/** What is known before the roll is taken: what was tapped, and what the office knows. */
function Started({ roll }: { roll: Roll }) {
  const draft = drafts.value.get(myKey(roll.roll_id));
  const known = roll.known.length;
  return (
    <p class="meeting-started">
      {draft
        ? t`Started. Your marks are saved on this tablet ${atHere(draft.saved_at)}.`
        : t`Not started. Nobody is marked yet.`}
      {known > 0 && <br />}
      {known > 0 && t`The office knows of ${plural(known, "absence")}.`}
    </p>
  );
}

/** The meeting in session: framed in ink, with the only green button of the day. */
export function MeetingDue({ roll }: { roll: Roll }) {
  const toTake = isOpen(standingNow(roll));
  return (
    <li class="meeting-due">
      <div class="meeting">
        <When roll={roll} />
        <What roll={roll} />
        <Stands roll={roll} />
        <div class="meeting-take">
          <Button kind={toTake ? "main" : "plain"} onPress={() => open(roll)}>
            {toTake ? t`Take roll` : tOf("a button")`Open`}
          </Button>
          {toTake ? <Started roll={roll} /> : <WhyButton roll={roll} />}
        </div>
      </div>
    </li>
  );
}
