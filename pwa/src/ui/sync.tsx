import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export type SyncStep =
  | "saved"
  | "received"
  | "recorded"
  | "held"
  | "refused"
  | "waiting"
  | "signin";

/** How many of the three bars are full on the road to the record. */
const FULL: Record<SyncStep, number> = {
  saved: 1,
  received: 2,
  recorded: 3,
  held: 2,
  refused: 1,
  waiting: 1,
  signin: 1,
};

function Bar({ at, full }: { at: number; full: boolean }) {
  return (
    <rect
      class={full ? "bar-full" : "bar-empty"}
      x={1 + at * 8}
      y="1"
      width="6"
      height="12"
      rx="1.5"
    />
  );
}

function End({ step }: { step: SyncStep }) {
  if (step === "held") return <path d="M18.5 1.500v11M22.5 1.500v11" />;
  if (step === "refused") return <path d="M11 3l7 8M18 3l-7 8" />;
  return <Bar at={2} full={FULL[step] > 2} />;
}

/** Three bars that fill as the roll travels. Never shown without its words. */
function Road({ step }: { step: SyncStep }) {
  return (
    <svg class="road" viewBox="0 0 24 14" aria-hidden="true">
      <Bar at={0} full />
      {step !== "refused" && <Bar at={1} full={FULL[step] > 1} />}
      <End step={step} />
    </svg>
  );
}

export interface SyncLineProps {
  step: SyncStep;
  /** "Saved on this tablet" */
  text: string;
  /** "8:11", or what else there is to say */
  detail?: string | undefined;
}

/** How far the roll has come, in one line. */
export function SyncLine({ step, text, detail }: SyncLineProps) {
  const icon = step === "waiting" ? "wifi-off" : step === "signin" ? "lock" : null;
  return (
    <span class={`sync sync-${step}`}>
      {icon ? <Icon name={icon} /> : <Road step={step} />}
      <span>
        <b>{text}</b>
        {detail && <span class="sync-detail"> {detail}</span>}
      </span>
    </span>
  );
}

export type StepState = "done" | "not-yet" | "waiting" | "held" | "refused" | "signin";

export interface SyncStepsProps {
  steps: readonly { state: StepState; title: string; detail: string }[];
  action?: ComponentChildren;
}

const STEP_ICONS: Record<StepState, IconName> = {
  done: "tick",
  "not-yet": "ring",
  waiting: "wifi-off",
  held: "pause",
  refused: "cross",
  signin: "lock",
};

/** The road to the record, step by step, where the submit button was. */
export function SyncSteps({ steps, action }: SyncStepsProps) {
  return (
    <div class="steps">
      <ol class="steps-road">
        {steps.map(({ state, title, detail }) => (
          <li key={title} class={`step step-${state}`}>
            <Icon name={STEP_ICONS[state]} />
            <span class="step-title">{title}</span>
            <span class="step-detail">{detail}</span>
          </li>
        ))}
      </ol>
      {action && <div class="steps-action">{action}</div>}
    </div>
  );
}
