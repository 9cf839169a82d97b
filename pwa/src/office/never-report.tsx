/** Rolls that nobody took before the school closed, until each is resolved. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { clockTime, longDate, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { SignedInAs, Unresolved, UnresolvedRoll } from "../wire.ts";
import { calledWords, remindedWords } from "./beside.ts";
import { roomWords } from "./board.ts";
import { mayChange } from "./desk.ts";
import { PageHead } from "./page.tsx";
import { whyNot } from "./passes-ends.ts";
import { FileLink, PrintButton, Shown } from "./report-parts.tsx";
import { never } from "./reports.ts";
import { explain, fileOf } from "./reports-api.ts";
import { open, route } from "./route.ts";
import { capital } from "./words.ts";

const LONGEST = 300;
const EMPTY = t`Write why nobody took it: the reason is kept with your name.`;

interface Acting {
  readonly roll: UnresolvedRoll;
  readonly who: SignedInAs;
  readonly onDone: () => void;
}

/** An administrator's words; the roll stays not taken. */
function SayWhy({ roll, who, onDone }: Acting) {
  const why = useSignal<string | null>(null);
  const trouble = useSignal<string | null>(null);
  const say = async (words: string | null) => {
    if (words !== null && words.trim() === "") {
      trouble.value = EMPTY;
      return;
    }
    const answer = await explain(who.school.school_id, roll.roll_id, words?.trim() ?? null);
    trouble.value = answer.end === "answered" ? null : whyNot(answer);
    if (answer.end !== "answered") return;
    why.value = null;
    onDone();
  };
  const name = `${roll.section_title}, ${roll.period_name}`;
  if (roll.explained)
    return (
      <Button
        kind="quiet"
        size="desk"
        label={t`Take back the reason for ${name}`}
        onPress={() => void say(null)}
      >
        {t`Take back`}
      </Button>
    );
  if (why.value === null)
    return (
      <Button
        kind="plain"
        size="desk"
        label={t`Say why nobody took ${name}`}
        onPress={() => {
          why.value = "";
        }}
      >
        {t`Say why`}
      </Button>
    );
  return (
    <form
      class="say-why"
      onSubmit={(event) => {
        event.preventDefault();
        void say(why.value);
      }}
    >
      <label class="ask">
        <span class="ask-label">{t`Why nobody took it`}</span>
        <input
          class="ask-input"
          autofocus
          maxLength={LONGEST}
          value={why.value}
          onInput={(event) => {
            why.value = event.currentTarget.value;
          }}
        />
      </label>
      <Button kind="main" size="desk" type="submit">
        {t`Save`}
      </Button>
      <Button
        kind="quiet"
        size="desk"
        onPress={() => {
          why.value = null;
        }}
      >
        {t`Cancel`}
      </Button>
      <p class="report-said" role="alert">
        {trouble.value}
      </p>
    </form>
  );
}

function explainedWords({ why, by, at }: NonNullable<UnresolvedRoll["explained"]>, zone: string) {
  const when = `${shortDate(schoolDate(ms(at), zone))}, ${clockTime(at, zone)}`;
  return `“${why}” ${by.name}, ${when}.`;
}

function Line({ roll, who, onDone }: Acting) {
  const { zone } = who.school;
  const beside = [remindedWords(roll.reminded, zone), calledWords(roll.called, zone)];
  const done = beside.filter(Boolean).join(", ");
  const where = roll.room ? roomWords(roll.room) : "";
  return (
    <tr class={roll.explained ? "report-resolved" : ""}>
      <th scope="row">
        <b>{longDate(roll.on)}</b>
        <span class="report-beside">
          {t`${roll.period_name}, due ${clockTime(roll.due_at, zone)}`}
        </span>
      </th>
      <td>
        <a href={`#/board/${roll.on}?roll=${roll.roll_id}`}>{roll.section_title}</a>
        <span class="report-beside">
          {[roll.teacher_names.join(", ") || t`Nobody to take it`, where]
            .filter(Boolean)
            .join(", ")}
        </span>
      </td>
      <td>
        {roll.explained ? explainedWords(roll.explained, zone) : done ? `${capital(done)}.` : ""}
      </td>
      <td class="report-does">
        <div class="report-doing">
          {!roll.explained && mayChange.value && (
            <a class="button button-plain button-desk" href={`#/transcribe/${roll.roll_id}`}>
              {t`Enter from paper`}
            </a>
          )}
          {who.me.role === "administrator" && <SayWhy roll={roll} who={who} onDone={onDone} />}
        </div>
      </td>
    </tr>
  );
}

function Told({ told, who, onDone }: { told: Unresolved; who: SignedInAs; onDone: () => void }) {
  const all = route.value.query["all"] === "1";
  const asked = { resolved: all ? "1" : null };
  return (
    <>
      <PageHead
        title={
          told.count > 0 ? t`${plural(told.count, "roll")} never taken` : t`Every roll was taken`
        }
        lead={t`They stay here until they are taken, entered from paper, or an administrator says why. A roll that nobody took counts as nothing: nobody in it is present or absent.`}
      >
        <Button
          kind="plain"
          size="desk"
          pressed={all}
          icon={all ? "check-circle" : "ring"}
          onPress={() => open({ all: all ? null : "1" })}
        >
          {t`With those explained`}
        </Button>
        <PrintButton />
        <FileLink href={fileOf(who.school.school_id, "unresolved", asked)}>
          {t`Spreadsheet`}
        </FileLink>
      </PageHead>
      {told.more && (
        <p class="report-note">{t`The newest ${told.rolls.length} are listed; there are more.`}</p>
      )}
      {told.rolls.length === 0 ? (
        <Empty icon="tick" title={t`Nothing waits`}>
          <p>{t`Of no roll since ${longDate(told.from)} it is unknown why nobody took it.`}</p>
        </Empty>
      ) : (
        <table class="report-table report-never">
          <caption class="unseen">{t`Rolls never taken, the newest day first`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Day`}</th>
              <th scope="col">{t`Section`}</th>
              <th scope="col">{t`What is known`}</th>
              <th scope="col" class="report-does">
                <span class="unseen">{t`What can be done`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {told.rolls.map((roll) => (
              <Line key={roll.roll_id} roll={roll} who={who} onDone={onDone} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

export function NeverReport({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const all = route.value.query["all"] === "1";
  useLayoutEffect(() => {
    void never.begin(school_id, all);
  }, [school_id, all]);
  return (
    <Shown loaded={never.shown.value} waiting={t`Looking what nobody took`}>
      {(told) => <Told told={told} who={who} onDone={() => void never.fetch(school_id, all)} />}
    </Shown>
  );
}
