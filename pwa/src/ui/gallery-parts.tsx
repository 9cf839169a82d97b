/** All parts but the tile in every state, for the gallery. */
import type { ComponentChildren } from "preact";
import { nothing, TILES, Tile } from "./gallery-tiles.tsx";
import { DRAWINGS } from "./icons.ts";
import {
  Banner,
  Button,
  Empty,
  Field,
  Icon,
  type IconName,
  Presets,
  Stepper,
  SyncSteps,
} from "./parts.ts";

export function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="gallery-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Roads() {
  const saved = { state: "done", title: "Saved on this tablet", detail: "8:11" } as const;
  const received = { state: "done", title: "Received by the school", detail: "8:12" } as const;
  const later = { state: "not-yet", title: "On the record", detail: "not yet" } as const;
  const roads = [
    [saved, { state: "not-yet", title: "Goes to the school", detail: "in 5 s" } as const, later],
    [
      saved,
      {
        state: "waiting",
        title: "Waiting for network",
        detail: "since 8:03, goes by itself",
      } as const,
      later,
    ],
    [
      saved,
      received,
      { state: "done", title: "On the record", detail: "27 present, 2 absent, 1 late" } as const,
    ],
    [
      saved,
      received,
      {
        state: "held",
        title: "Held by the office",
        detail: "the calendar says assembly",
      } as const,
    ],
    [
      saved,
      {
        state: "refused",
        title: "Refused by the school",
        detail: "still here, nothing lost",
      } as const,
    ],
    [
      saved,
      {
        state: "signin",
        title: "Waiting for your sign-in",
        detail: "the roll is safe here",
      } as const,
      later,
    ],
  ];
  return (
    <Part title="The road to the record">
      {roads.map((steps) => (
        <div key={steps.map((step) => step.title).join()} class="gallery-bar">
          <SyncSteps steps={steps} action={<Button kind="plain">Done</Button>} />
        </div>
      ))}
    </Part>
  );
}

export function Others() {
  return (
    <>
      <Part title="Banners">
        <Banner kind="calm" icon="wifi-off">
          <b>No network since 8:03.</b> Keep going. Every tap is saved on this tablet.
        </Banner>
        <Banner kind="held" icon="pause">
          <b>The school is holding this roll.</b> R. Lind decides. Nothing is asked of you.
        </Banner>
        <Banner
          kind="refused"
          icon="warn"
          action={
            <Button kind="plain" size="strip">
              See why
            </Button>
          }
        >
          <b>Refused by the school.</b> Still here, nothing lost.
        </Banner>
        <Banner kind="warn" icon="warn">
          <b>This browser may clear its storage.</b> Add Rollbook to the home screen.
        </Banner>
      </Part>
      <Part title="Buttons, minutes, presets, field, nothing to list">
        <div class="gallery-row">
          <Button kind="main">Take roll</Button>
          <Button kind="plain">Cancel</Button>
          <Button kind="quiet" icon="lock">
            Lock
          </Button>
          <Button kind="danger">Delete from this tablet</Button>
          <Button kind="plain" disabled>
            Not now
          </Button>
          <Button kind="quiet" icon="dots" label="More" />
          <Button kind="plain" size="desk" icon="phone">
            Called
          </Button>
        </div>
        <div class="gallery-row">
          <div class="gallery-rows">
            <Stepper minutes={9} detail="arrived 8:09" onChange={nothing} />
            <Presets
              label="Minutes"
              choices={["5", "10", "15", "Now"].map((words) => ({ words, onPick: nothing }))}
            />
            <Field label="Sign-in name" value="m.ruiz" />
            <Field label="Password" secret error="That password does not fit the name." />
            <Empty icon="tick" title="No rolls today">
              <p>The calendar says: Thanksgiving recess.</p>
            </Empty>
          </div>
          <div class="gallery-rows">
            {TILES.slice(0, 12).map(([shown, about]) => (
              <Tile key={about} shown={shown} layout="row" />
            ))}
          </div>
        </div>
      </Part>
      <Part title="Icons">
        <div class="gallery-row">
          {(Object.keys(DRAWINGS) as IconName[]).map((name) => (
            <span key={name} class="sync">
              <Icon name={name} /> {name}
            </span>
          ))}
        </div>
      </Part>
    </>
  );
}
