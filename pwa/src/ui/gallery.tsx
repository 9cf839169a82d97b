/** Every part in every state, for looking at while drawing: `/gallery.html` on the dev server. */
import { type ComponentChildren, render } from "preact";
import { Others, Part, Roads } from "./gallery-parts.tsx";
import { GalleryRoll } from "./gallery-roll.tsx";
import { nothing, TILES, Tile } from "./gallery-tiles.tsx";
import "./parts.css";
import "./gallery.css";
import {
  Button,
  type ButtonProps,
  type ChipStanding,
  Field,
  type IconName,
  Presets,
  Sheet,
  StandingChip,
  Stepper,
  SyncLine,
  Welcome,
} from "./parts.ts";

const STANDINGS: readonly [ChipStanding, string?, (number | undefined)?, string?][] = [
  ["upcoming", "8:53"],
  ["open", "8:15"],
  ["due", "8:15", 6],
  ["late", "8:15"],
  ["submitted", "8:11"],
  ["exempt", "", undefined, "trip"],
  ["saved", "8:11"],
  ["held", "8:12"],
];

const STRIPS: readonly (readonly [string, readonly (readonly [IconName, string])[]])[] = [
  [
    "Emiliano: absent",
    [
      ["clock", "Late, 9 min"],
      ["dots", "More"],
      ["undo", "Undo"],
    ],
  ],
  [
    "Kainoa: late, 9 min",
    [
      ["clock", "Minutes"],
      ["cross", "Absent"],
      ["undo", "Undo"],
    ],
  ],
  [
    "Mateo: present again",
    [
      ["clock", "Late, 9 min"],
      ["undo", "Undo"],
    ],
  ],
];

const SUBMITS: readonly (readonly [string, Partial<ButtonProps>?])[] = [
  ["Submit 30 present"],
  ["Submit 27 present, 2 absent, 1 late"],
  ["Submit 24 present, 3 absent, 2 late, 1 left early"],
  ["Submit 1 change"],
  ["1 not marked: show Thảo", { kind: "plain", icon: "question", edge: "dashed" }],
  ["Submitting", { busy: true }],
];

function Parts() {
  return (
    <>
      <Part title="Student tile">
        <div class="gallery-tiles">
          {TILES.map(([shown, about]) => (
            <figure key={about}>
              <Tile shown={shown} layout="tile" />
              <figcaption>{about}</figcaption>
            </figure>
          ))}
        </div>
      </Part>
      <Part title="Standing chip">
        <div class="gallery-row">
          {STANDINGS.map(([standing, at, minutesLeft, reason]) => (
            <StandingChip key={standing} {...{ standing, at, minutesLeft, reason }} />
          ))}
        </div>
      </Part>
      <Part title="Sync-state line">
        <div class="gallery-row">
          <SyncLine step="saved" text="Saved on this tablet" detail="8:11" />
          <SyncLine step="received" text="Received by the school" detail="8:12" />
          <SyncLine step="recorded" text="On the record" />
          <SyncLine step="held" text="Held by the office:" detail="the week is certified" />
          <SyncLine step="refused" text="Refused by the school." detail="Still here" />
          <SyncLine step="waiting" text="No network" detail="since 8:03. Keep going" />
          <SyncLine step="signin" text="Waiting for your sign-in" />
        </div>
      </Part>
      <Part title="The strip after a tap: what you did, the other words, undo">
        <div class="gallery-row">
          {STRIPS.map(([said, words]) => (
            <div key={said} class="strip gallery-strip">
              <p>{said}</p>
              <div class="strip-words">
                {words.map(([icon, word]) => (
                  <Button key={word} kind="plain" size="strip" icon={icon}>
                    {word}
                  </Button>
                ))}
              </div>
            </div>
          ))}
        </div>
      </Part>
      <Part title="Submit bar: the button says what it will send">
        <div class="gallery-row">
          {SUBMITS.map(([words, more]) => (
            <div key={words} class="submit-button">
              <Button kind="main" size="bar" {...more}>
                {words}
              </Button>
            </div>
          ))}
        </div>
      </Part>
      <Roads />
      <Others />
    </>
  );
}

function LateSheet() {
  return (
    <Sheet
      title="Kainoa Keliʻihoʻomalu-Kahananui"
      sub="Late to period 1. The bell was at 8:00."
      onClose={nothing}
    >
      <Stepper minutes={9} detail="arrived 8:09" onChange={nothing} />
      <Presets
        label="Minutes"
        choices={["5", "10", "15", "20", "Now"].map((words) => ({ words, onPick: nothing }))}
      />
      <div class="sheet-answers">
        <Button kind="plain">Cancel</Button>
        <Button kind="main" autoFocus>
          Late, 9 min
        </Button>
      </div>
      <div class="sheet-words">
        <Button kind="quiet" icon="ring">
          Present
        </Button>
        <Button kind="quiet" icon="cross">
          Absent
        </Button>
        <Button kind="quiet" icon="door">
          Left early
        </Button>
        <Button kind="quiet" icon="pencil">
          Add a note
        </Button>
      </div>
    </Sheet>
  );
}

function SignIn() {
  return (
    <Welcome
      title="Sign in once, with the network on"
      lead="After that this tablet takes rolls without it. What you mark is saved here first and goes to the school by itself."
      foot={<p>Not your school? Ask the office for the right address.</p>}
    >
      <form>
        <Field label="Sign-in name" autocomplete="username" value="m.ruiz" />
        <Field label="Password" secret autocomplete="current-password" />
        <Button kind="main" type="submit" wide>
          Sign in
        </Button>
      </form>
    </Welcome>
  );
}

const pages: Record<string, () => ComponentChildren> = {
  "#sheet": () => (
    <>
      <GalleryRoll layout="tile" />
      <LateSheet />
    </>
  ),
  "#roll": () => <GalleryRoll layout="tile" />,
  "#rows": () => <GalleryRoll layout="row" />,
  "#welcome": () => <SignIn />,
};

const page = pages[location.hash];
render(
  page ? (
    page()
  ) : (
    <main class="gallery">
      <h1 class="unseen">Parts of Rollbook</h1>
      <Parts />
    </main>
  ),
  document.body,
);
addEventListener("hashchange", () => location.reload());
