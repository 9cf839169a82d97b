/** Your ruling: what shall stand, why the student was away, and what the code asks for. */

import type { RefObject } from "preact";
import { t } from "../core/t.ts";
import { Button, Icon } from "../ui/parts.ts";
import type { Choosable, Presence } from "../wire.ts";
import { session } from "./desk.ts";
import type { Cell, Draft } from "./students.ts";
import { busy, canUndo, cells, codes, draft, save, told, undo, write } from "./students-desk.ts";
import { asksOf, LETTERS, labelOf, marks } from "./students-words.ts";

const KEYS: readonly (readonly [Presence, string, string])[] = [
  ["present", t`Present`, "P"],
  ["late", t`Late`, "L"],
  ["left_early", t`Left early`, "E"],
  ["absent", t`Absent`, "A"],
  ["elsewhere", t`Elsewhere`, "W"],
];

function PresenceKeys() {
  const { presence } = draft.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="rule-keys" role="group" aria-label={t`What shall stand`}>
      {KEYS.map(([value, words, letter]) => (
        <button
          key={value}
          type="button"
          class="rule-key"
          aria-pressed={value === presence}
          onClick={() => write({ presence: value === presence ? null : value })}
        >
          <b>{words}</b>
          <span aria-hidden="true">{letter}</span>
        </button>
      ))}
    </div>
  );
}

/** The code that was typed, whatever its case. */
const typed = (reason: string): Choosable | undefined =>
  codes.value?.codes.find((one) => one.code.toLowerCase() === reason.trim().toLowerCase());

/** The presence that will stand of what is chosen, where it is one. */
function presenceThen(chosen: readonly Cell[], { presence }: Draft): Presence | null {
  if (presence) return presence;
  const found = new Set(chosen.map((cell) => cell.presence));
  return found.size === 1 ? (chosen[0]?.presence ?? null) : null;
}

/** Codes that explain what stands; where nothing is chosen yet, all that one may set. */
function choices(chosen: readonly Cell[], written: Draft): readonly Choosable[] {
  const stands = presenceThen(chosen, written);
  const mine = codes.value?.codes.filter(({ yours }) => yours) ?? [];
  return stands ? mine.filter((code) => code.marks.includes(stands)) : mine;
}

interface TextProps {
  label: string;
  name: "evidence" | "note" | "incident" | "why";
  most: number;
  hint?: string | undefined;
  list?: string;
  field?: RefObject<HTMLInputElement | null>;
}

function TextField({ label, name, most, hint, list, field }: TextProps) {
  return (
    <label class="rule-field">
      <span class="field-label">{label}</span>
      {hint && <span class="rule-note">{hint}</span>}
      <input
        class="field-input"
        ref={field ?? null}
        list={list}
        maxLength={most}
        autocomplete="off"
        value={draft.value[name]}
        onInput={(event) => write({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

function Minutes() {
  const { presence, minutes } = draft.value;
  if (presence !== "late" && presence !== "left_early") return null;
  return (
    <label class="rule-field">
      <span class="field-label">
        {presence === "late" ? t`Minutes late` : t`Left, minutes after the bell`}
      </span>
      <input
        class="field-input"
        type="number"
        min={1}
        max={600}
        value={minutes}
        onInput={(event) =>
          write({ minutes: Math.max(1, Math.trunc(event.currentTarget.valueAsNumber) || 1) })
        }
      />
    </label>
  );
}

/** What the chosen code asks for: fields only where it asks. */
function Asked({ code }: { code: Choosable }) {
  const asks = asksOf(code);
  return (
    <div class="asked">
      <p class="rule-note">
        <b>{labelOf(code)}.</b> {code.cap_words.join(" ")}
        {code.confidential && t` Confidential: only those who may read it see it.`}
      </p>
      {code.needs_note && <TextField label={t`Note`} name="note" most={500} hint={asks} />}
      {code.needs_incident && (
        <TextField
          label={t`Which incident`}
          name="incident"
          most={64}
          hint={t`Its days are counted together.`}
        />
      )}
      {code.needs_notice && (
        <label class="rule-field">
          <span class="field-label">{t`The school was told on`}</span>
          <input
            class="field-input"
            type="date"
            value={draft.value.noticed_on}
            onInput={(event) => write({ noticed_on: event.currentTarget.value })}
          />
        </label>
      )}
      {code.evidence !== "never" && (
        <TextField
          label={code.evidence === "required" ? t`Proof` : t`Call, letter or document, if any`}
          name="evidence"
          most={64}
          hint={code.evidence === "required" ? asks : undefined}
        />
      )}
    </div>
  );
}

function ReasonField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  return (
    <label class="rule-field">
      <span class="field-label">{t`Reason code`}</span>
      <input
        class="field-input"
        ref={field}
        list="reason-codes"
        maxLength={8}
        autocomplete="off"
        spellcheck={false}
        value={draft.value.reason}
        onInput={(event) => write({ reason: event.currentTarget.value })}
        onBlur={() => write({ reason: typed(draft.value.reason)?.code ?? draft.value.reason })}
      />
      <datalist id="reason-codes">
        {choices(cells.value, draft.value).map((code) => (
          <option key={code.code} value={code.code}>
            {labelOf(code)}
          </option>
        ))}
      </datalist>
    </label>
  );
}

const WHYS = [
  t`Seen by the office`,
  t`Phoned in by the family`,
  t`Front desk time`,
  t`The bus was late`,
  t`The teacher asked for it`,
];

/** Beyond a cap only an administrator goes (K7.1). */
const mayGoBeyond = (): boolean => {
  const who = session.value;
  return who.at === "desk" && who.who.me.role === "administrator";
};

const needsWhy = (chosen: readonly Cell[], { presence }: Draft): boolean =>
  presence !== null && chosen.some((cell) => cell.presence !== presence);

function Said() {
  const last = told.value;
  return (
    <div class={`rule-told rule-told-${last?.kind ?? "none"}`} role="status">
      {last && (
        <p>
          <Icon name={last.kind === "done" ? "tick" : "warn"} /> {last.words}
        </p>
      )}
      {last && last.lines.length > 0 && (
        <ul>
          {last.lines.slice(0, 8).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export interface RulingFormProps {
  reason: RefObject<HTMLInputElement | null>;
  why: RefObject<HTMLInputElement | null>;
  onDone: () => void;
}

export function RulingForm({ reason, why, onDone }: RulingFormProps) {
  const chosen = cells.value;
  const written = draft.value;
  const code = written.reason ? typed(written.reason) : undefined;
  const send = async () => {
    if (code) write({ reason: code.code });
    if (await save()) onDone();
  };
  return (
    <form
      class="rule"
      aria-label={t`Your ruling`}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const letter = LETTERS[event.key.toLowerCase()];
        if (event.key === "Escape") onDone();
        if (!letter || target.matches("input") || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        write({ presence: letter });
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>
        {t`Your ruling`} <span>{chosen.length > 1 ? marks(chosen.length) : ""}</span>
      </h3>
      <PresenceKeys />
      <Minutes />
      <ReasonField field={reason} />
      {code && <Asked code={code} />}
      <TextField
        label={needsWhy(chosen, written) ? t`Why the mark changes` : t`Why, if a mark changes`}
        name="why"
        most={500}
        list="whys"
        field={why}
      />
      <datalist id="whys">
        {WHYS.map((words) => (
          <option key={words} value={words} />
        ))}
      </datalist>
      {mayGoBeyond() && code?.caps.some(({ discretion }) => discretion) && (
        <label class="rule-check">
          <input
            type="checkbox"
            checked={written.beyond_cap}
            onChange={(event) => write({ beyond_cap: event.currentTarget.checked })}
          />
          {t`Go beyond the cap, with the words above as the reason`}
        </label>
      )}
      <Said />
      <p class="rule-note">
        {t`What the teacher saw stays beside it. A changed mark is told in the teacher’s inbox.`}
      </p>
      <div class="decide-answers">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {chosen.length > 1 ? t`Save for ${marks(chosen.length)}` : t`Save the ruling`}
        </Button>
        <Button
          kind="plain"
          size="desk"
          icon="undo"
          disabled={!canUndo.value}
          onPress={() => void undo()}
        >
          {t`Undo`}
        </Button>
      </div>
    </form>
  );
}
