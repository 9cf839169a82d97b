/** What is different today, in one line across the screen: the worst first, never more than two. */

import type { Entry } from "../core/entry.ts";
import { t, told } from "../core/t.ts";
import { changedWords, NOTHING_LOST, reasonWords } from "../core/words.ts";
import { applyUpdate } from "../device/worker.ts";
import { Banner, Button, Said } from "../ui/parts.ts";
import { asksSignIn } from "./door.ts";
import { DueBanner, dueElsewhere } from "./due.tsx";
import { later } from "./later.tsx";
import { offers } from "./reminders.ts";
import type { OpenRoll } from "./rollbook.ts";
import { contact, session, trouble, unprotected, updateWaits } from "./state.ts";
import { atHere } from "./times.ts";
import { handOver } from "./tray-actions.ts";

const ReminderOffer = later(() =>
  import("./reminders-offer.tsx").then((part) => part.ReminderOffer),
);

function Trouble() {
  const { kind, what } = trouble.value ?? { kind: "fault", what: "" };
  const tap = what ? t`Your last tap (${what})` : t`Your last tap`;
  if (kind === "full")
    return (
      <Banner kind="refused" icon="warn">
        <Said
          of={told`*Rollbook cannot save here.* The tablet has no room left. ${tap} was *not saved*. Free some space, then tap again. What was saved here is safe.`}
        />
      </Banner>
    );
  const why =
    kind === "closed" ? t`This page is older than Rollbook.` : t`Rollbook met a fault of its own.`;
  const lost = kind === "closed" || what !== "";
  return (
    <Banner
      kind="refused"
      icon="warn"
      action={
        <Button kind="plain" size="strip" onPress={() => location.reload()}>
          {t`Reload`}
        </Button>
      }
    >
      <b>{why}</b> {lost && t`${tap} was not saved. `}
      {t`Reload, then go on; everything saved is there.`}
    </Banner>
  );
}

function Held({ entry }: { entry: Entry }) {
  return (
    <Banner kind="held" icon="pause">
      <b>{t`The school is holding this roll.`}</b>{" "}
      {t`${reasonWords(entry)} Nothing is lost, nothing is asked of you.`}
    </Banner>
  );
}

function Refused({ entry }: { entry: Entry }) {
  return (
    <Banner
      kind="refused"
      icon="warn"
      action={
        <Button kind="plain" size="strip" onPress={() => void handOver([entry])}>
          {t`Hand it to the office`}
        </Button>
      }
    >
      <b>{t`The school refused this roll.`}</b> {reasonWords(entry)} {NOTHING_LOST}
    </Banner>
  );
}

/** Marks that read otherwise than they were sent, told as sentences. */
function Changed({ open, entry }: { open: OpenRoll; entry: Entry }) {
  const names = new Map(
    open.section.students.map(({ student_id, given_name }) => [student_id, given_name]),
  );
  const sentences = (entry.answer?.marks ?? []).map(({ student_id, now, why }) =>
    changedWords(names.get(student_id) ?? t`A student`, now, why),
  );
  if (sentences.length === 0) return null;
  return (
    <Banner kind="calm" icon="roof">
      {sentences.join(" ")}
    </Banner>
  );
}

export function NoNetwork() {
  const since = contact.value.lostSince;
  if (since === null) return null;
  return (
    <Banner kind="calm" icon="wifi-off">
      <b>{t`No network since ${atHere(since)}.`}</b>{" "}
      {t`Keep going. Every tap is saved on this tablet and goes to the school by itself.`}
    </Banner>
  );
}

export function SignInRanOut() {
  if (session.value?.state === "revoked")
    return (
      <Banner kind="held" icon="lock">
        <b>{t`The office took this tablet's leave away.`}</b>{" "}
        {t`What you saved here is kept. Ask the office.`}
      </Banner>
    );
  return (
    <Banner
      kind="calm"
      icon="lock"
      action={
        <Button
          kind="plain"
          size="strip"
          onPress={() => {
            asksSignIn.value = true;
          }}
        >
          {t`Sign in`}
        </Button>
      }
    >
      <b>{t`Your sign-in ran out.`}</b>{" "}
      {t`Keep taking rolls: they are saved here and go to the school. What others mark comes once you are in.`}
    </Banner>
  );
}

export function Unprotected() {
  return (
    <Banner kind="warn" icon="warn">
      <Said
        of={told`*This browser may clear unsent rolls* when space runs low. Put Rollbook on the home screen and they are protected.`}
      />
    </Banner>
  );
}

export function UpdateReady() {
  return (
    <Banner
      kind="calm"
      icon="tablet"
      action={
        <Button kind="plain" size="strip" onPress={() => void applyUpdate()}>
          {t`Update now`}
        </Button>
      }
    >
      <b>{t`A newer Rollbook is ready.`}</b> {t`It comes by itself when nobody is tapping.`}
    </Banner>
  );
}

function OfThisRoll({ open }: { open: OpenRoll }) {
  const { entry } = open;
  if (entry?.step === "refused") return <Refused entry={entry} />;
  if (entry?.step === "held") return <Held entry={entry} />;
  return entry?.answer && open.leave.may !== "look" ? <Changed open={open} entry={entry} /> : null;
}

/** Of the tablet; on a roll only what bears on the next tap. */
export function OfTheTablet({ everything }: { everything: boolean }) {
  if (session.value && session.value.state !== "ok") return <SignInRanOut />;
  if (dueElsewhere.value.length > 0) return <DueBanner />;
  if (contact.value.lostSince !== null) return <NoNetwork />;
  if (!everything) return null;
  if (updateWaits.value) return <UpdateReady />;
  if (offers.value) return <ReminderOffer />;
  return unprotected.value ? <Unprotected /> : null;
}

export function Notices({ open }: { open: OpenRoll }) {
  if (trouble.value) return <Trouble />;
  return (
    <>
      <OfThisRoll open={open} />
      <OfTheTablet everything={false} />
    </>
  );
}
