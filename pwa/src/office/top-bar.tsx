import { useSignal } from "@preact/signals";
import { longDate, schoolDate } from "../core/dates.ts";
import { Button, Logo } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { board, held, now, signOut } from "./desk.ts";
import { turnTo, turnToToday } from "./live.ts";
import { openHeld } from "./roll.ts";

/** Leads from one school day to the next; a day the calendar ends at says so. */
function DaySwitch({ school, zone }: { school: string; zone: string }) {
  const end = useSignal<string | null>(null);
  const shown = board.value;
  if (!shown) return null;
  const turn = async (step: 1 | -1) => {
    const found = await turnTo(school, shown.on, step);
    end.value = found ? null : "No school day laid out beyond this one.";
  };
  const isToday = shown.on === schoolDate(now.value, zone);
  return (
    <div class="day-switch">
      <Button
        kind="quiet"
        size="desk"
        icon="back"
        label="School day before"
        onPress={() => void turn(-1)}
      />
      <p class="day-now">{longDate(shown.on)}</p>
      <Button
        kind="quiet"
        size="desk"
        icon="forward"
        label="School day after"
        onPress={() => void turn(1)}
      />
      {!isToday && (
        <Button kind="plain" size="desk" onPress={() => turnToToday(school)}>
          Today
        </Button>
      )}
      <p class="day-end" role="status">
        {end.value}
      </p>
    </div>
  );
}

export function TopBar({ who, inert }: { who: SignedInAs; inert: boolean }) {
  const waiting = held.value.length;
  return (
    <header class="top" inert={inert}>
      <p class="brand top-brand">
        <Logo />
        <span>Rollbook</span>
      </p>
      <p class="top-school">{who.school.name}</p>
      <DaySwitch school={who.school.school_id} zone={who.school.zone} />
      <div class="top-tools">
        <Button kind={waiting > 0 ? "plain" : "quiet"} size="desk" icon="pause" onPress={openHeld}>
          {waiting > 0 ? `${waiting} held` : "Held"}
        </Button>
        <Button kind="quiet" size="desk" icon="print" label="Print" onPress={() => print()} />
        <p class="top-who">
          {who.me.name}, {who.me.role}
        </p>
        <Button
          kind="quiet"
          size="desk"
          icon="leave"
          label="Sign out"
          onPress={() => void signOut()}
        />
      </div>
    </header>
  );
}
