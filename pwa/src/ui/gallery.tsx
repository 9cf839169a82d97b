/** Every part in every state, for looking at while drawing: `/gallery.html` on the dev server. */
import { type ComponentChildren, render } from "preact";
import { GalleryRoll } from "./gallery-roll.tsx";
import { DRAWINGS } from "./icons.ts";
import "./parts.css";
import "./gallery.css";
import {
  Banner,
  Button,
  type ButtonProps,
  type ChipStanding,
  Empty,
  Field,
  Icon,
  type IconName,
  Presets,
  Sheet,
  StandingChip,
  Stepper,
  StudentTile,
  type StudentTileProps,
  SyncLine,
  SyncSteps,
  Welcome,
} from "./parts.ts";

const nothing = () => {};

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="gallery-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

type Shown = Pick<StudentTileProps, "given" | "family" | "initials" | "look"> &
  Partial<StudentTileProps>;

const TILES: readonly (readonly [Shown, string])[] = [
  [
    { given: "Amara", family: "Okonkwo-Bright", initials: "AO", look: "present" },
    "Present, in pencil: before you submit",
  ],
  [
    { given: "Amara", family: "Okonkwo-Bright", initials: "AO", look: "present", pencil: "dot" },
    "Present, submitted, still on this tablet",
  ],
  [
    { given: "Amara", family: "Okonkwo-Bright", initials: "AO", look: "present", pencil: "tick" },
    "Present, in ink: the school has it",
  ],
  [{ given: "Emiliano", family: "Rodríguez Montemayor", initials: "ER", look: "absent" }, "Absent"],
  [
    {
      given: "Kainoa",
      family: "Keliʻihoʻomalu-Kahananui",
      initials: "KK",
      look: "late",
      second: "9 min",
    },
    "Late, with minutes",
  ],
  [
    {
      given: "Itzel",
      family: "Ramírez Tlaxcalteco",
      initials: "IR",
      look: "left_early",
      second: "8:31",
    },
    "Left early",
  ],
  [
    { given: "José Ángel", family: "Fernández de Córdova", initials: "JF", look: "elsewhere" },
    "Elsewhere, set by the office",
  ],
  [
    { given: "Leilani", family: "Mākua", initials: "LM", look: "known", second: "office knows" },
    "Known absence, confirmed by your submit",
  ],
  [
    { given: "Thảo", family: "Vũ", initials: "TV", look: "not_marked" },
    "Joined after you loaded: not marked",
  ],
  [
    { given: "Noa", family: "Ben-David", initials: "NB", look: "contested" },
    "Contested: tap opens the sentence",
  ],
  [
    { given: "Kaʻiulani", family: "Kealoha", initials: "KK", look: "office", word: "Late 12" },
    "The office changed your mark",
  ],
  [
    { given: "Maya", family: "Goldberg", initials: "MG", look: "present", id: "focused" },
    "Keyboard focus",
  ],
  [
    {
      given: "Wilhelmina-Alexandra",
      family: "Nguyễn Phúc Bảo Long Tôn Thất",
      initials: "WN",
      look: "present",
    },
    "Too long: three lines in all, then …; whole in the sheet",
  ],
  [{ given: "Daniel", family: "Kim", initials: "DK", look: "absent" }, "Focus on a filled tile"],
];

function Tile({ shown, layout }: { shown: Shown; layout: "tile" | "row" }) {
  return (
    <StudentTile
      pencil="ring"
      label={`${shown.given} ${shown.family}`}
      pressed={shown.look === "absent"}
      tabIndex={0}
      onTap={nothing}
      onLong={nothing}
      layout={layout}
      {...shown}
      id={layout === "row" ? undefined : shown.id}
    />
  );
}

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

function Roads() {
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

function Others() {
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
