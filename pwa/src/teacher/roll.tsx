/** The roll: title, standing, banner, students, bar. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { plural, t } from "../core/t.ts";
import { mayInsist } from "../core/today.ts";
import { type WhyNot, whyNotHere } from "../core/why-not.ts";
import { Banner, Button, Empty, Screen, WhyNotWords } from "../ui/parts.ts";
import { Bar } from "./bar.tsx";
import { Grid } from "./grid.tsx";
import { Joined } from "./joined.tsx";
import { isNarrow, isWide } from "./layout.ts";
import { ForYou, MoreSheet } from "./more.ts";
import { Notices } from "./notices.tsx";
import { close, insisted, type OpenRoll, open as openIt, openRoll } from "./rollbook.ts";
import { Roster } from "./roster.tsx";
import { goToday } from "./route.ts";
import { StudentSheet, sheetOf } from "./sheet-of.ts";
import { SlipSheet, scansSlip } from "./slip-of.ts";
import { Standing } from "./standing.tsx";
import { minute, school, today } from "./state.ts";
import { ViewSwitch } from "./view-switch.tsx";
import { asked, WhySheet, whyNotOf } from "./why-not.tsx";

const back = { label: t`Back to today`, onPress: goToday };

function sub({ roll, section, page }: OpenRoll): string {
  const room = section.room ? t`Room ${section.room.replace(/^room\s+/iu, "")}` : "";
  const students = plural(page.lines.length, "student");
  const order = isNarrow.value ? "" : t`by given name`;
  return [roll.period_name, room, students, order].filter(Boolean).join("\u00a0· ");
}

/** Why not, who can change that, and what to do when students are here all the same. */
function CannotTake({ open, words }: { open: OpenRoll; words: WhyNot }) {
  const may = mayInsist(open.roll, today.value, minute.value);
  return (
    <Empty
      icon="question"
      title={t`You cannot take this roll`}
      actions={
        <>
          {may && (
            <Button
              kind="plain"
              onPress={() => {
                insisted.value = open.roll.roll_id;
              }}
            >
              {t`Some students are here with me`}
            </Button>
          )}
          <Button kind={may ? "quiet" : "plain"} onPress={goToday}>
            {t`Back to today`}
          </Button>
        </>
      }
    >
      <WhyNotWords of={words} />
    </Empty>
  );
}

/** Why this roll can only be looked at; null when it can be taken or changed. */
const explained = ({ leave, roll }: OpenRoll) => (leave.may === "look" ? whyNotOf(roll) : null);

function Students({ open }: { open: OpenRoll }) {
  const words = explained(open);
  const line = open.page.lines.find(({ student }) => student.student_id === sheetOf.value);
  if (words && !open.page.taken && !open.roll.expected)
    return <CannotTake open={open} words={words} />;
  if (words && !open.page.taken)
    return (
      <>
        <Joined open={open} />
        <Roster open={open} />
      </>
    );
  return (
    <>
      <Joined open={open} />
      <Grid open={open} />
      {line && <StudentSheet open={open} line={line} />}
    </>
  );
}

function LookBanner({ open }: { open: OpenRoll }) {
  const words = explained(open);
  if (!words || (!open.page.taken && !open.roll.expected)) return null;
  return (
    <Banner
      kind="calm"
      icon="lock"
      action={
        <Button
          kind="plain"
          size="strip"
          onPress={() => {
            asked.value = open.roll.roll_id;
          }}
        >
          {t`Who can change that`}
        </Button>
      }
    >
      <b>{t`Only to look at:`}</b> {words.why} {words.opens}
    </Banner>
  );
}

/** Nobody expects this roll: what taking it means, before it is submitted. */
function InsistBanner({ open }: { open: OpenRoll }) {
  if (open.roll.expected || open.page.taken || open.leave.may !== "take") return null;
  return (
    <Banner kind="held" icon="pause">
      <b>{t`No roll is expected here.`}</b>{" "}
      {t`Tap who is with you and submit. The school holds it, and the office decides.`}
    </Banner>
  );
}

function Gone() {
  return (
    <Screen title={t`This roll`} back={back}>
      <Empty
        icon="question"
        title={t`This tablet does not have that roll`}
        actions={
          <Button kind="main" onPress={goToday}>
            {t`To today`}
          </Button>
        }
      >
        <WhyNotWords of={whyNotHere("not_here")} />
      </Empty>
    </Screen>
  );
}

export function RollScreen() {
  const more = useSignal(false);
  const open = openRoll.value;
  const id = open?.roll.roll_id;
  useEffect(() => {
    if (id) openIt(id);
    return () => {
      sheetOf.value = null;
      scansSlip.value = false;
      asked.value = null;
      close();
    };
  }, [id]);
  if (!open) return school.value ? <Gone /> : null;
  const hasMarks = open.page.taken || open.leave.may !== "look";
  return (
    <>
      <Screen
        title={open.section.title}
        sub={sub(open)}
        back={back}
        tools={
          <>
            <Standing roll={open.roll} />
            {isWide.value && hasMarks && <ViewSwitch />}
          </>
        }
        more={
          <>
            <ForYou />
            <Button kind="quiet" icon="dots" label={t`More`} onPress={() => (more.value = true)} />
          </>
        }
        banner={
          <>
            <LookBanner open={open} />
            <InsistBanner open={open} />
            <Notices open={open} />
          </>
        }
        bar={hasMarks && <Bar open={open} />}
      >
        <Students open={open} />
      </Screen>
      {more.value && <MoreSheet open={open} onClose={() => (more.value = false)} />}
      {scansSlip.value && <SlipSheet open={open} />}
      <WhySheet />
    </>
  );
}
