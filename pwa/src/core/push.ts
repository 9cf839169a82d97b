/**
 * A push as this tablet reads it. Only the school can have sealed it; still, it is shown as words
 * and leads to places that Rollbook knows, and one that cannot be read is shown too (N1, N9).
 */

/** A roll that a reminder is about, as the school wrote it: `due` is the school's clock. */
export interface RollNamed {
  readonly roll_id: string;
  readonly period: string;
  readonly period_name: string;
  readonly due_at: string;
  readonly due: string;
}

export interface Reminder {
  /** other: of a kind that this version does not know, or not to be read. */
  readonly kind: "reminder" | "office" | "test" | "other";
  /** The school's own words, for all that the tablet does not know better. */
  readonly title: string;
  readonly body: string;
  /** The language of these words, where it was said. */
  readonly lang: string | null;
  /** One a person: a newer reminder takes the place of the older. */
  readonly tag: string;
  /** Where pressing it leads, a path of ours. */
  readonly target: string;
  readonly message_id: string | null;
  readonly made_at: string | null;
  readonly rolls: readonly RollNamed[];
}

export const TODAY = "/#/today";

export const rollPath = (rollId: string): string => `/#/roll/${rollId}`;

export const UNREADABLE: Reminder = {
  kind: "other",
  title: "Rollbook has a reminder for you",
  body: "Tap to see today's rolls.",
  lang: "en",
  tag: "rollbook",
  target: TODAY,
  message_id: null,
  made_at: null,
  rolls: [],
};

type Fields = Readonly<Record<string, unknown>>;

const LONGEST = 200;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const PATHS =
  /^\/(?:#\/(?:today|inbox|tray|roll\/[0-9a-f-]{36}))?$|^\/office\/(?:#[\w/-]{0,80})?$/u;

const fields = (json: unknown): Fields =>
  typeof json === "object" && json !== null ? (json as Fields) : {};

const text = (found: unknown): string | null =>
  typeof found === "string" && found.trim() !== "" ? found.slice(0, LONGEST) : null;

const instantIn = (found: unknown): string | null =>
  typeof found === "string" && Number.isFinite(Date.parse(found)) ? found : null;

/** A path of this origin that Rollbook knows; everything else leads to the day's list. */
export function knownPath(url: unknown, origin: string): string {
  const path =
    typeof url === "string" && url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
  return typeof path === "string" && PATHS.test(path) ? path : TODAY;
}

function rollIn(json: unknown): RollNamed | null {
  const found = fields(json);
  const [roll_id, due_at] = [text(found["roll_id"]), instantIn(found["due_at"])];
  const [period, due] = [text(found["period"]), text(found["due"])];
  if (!roll_id || !UUID.test(roll_id) || !due_at || !period || !due) return null;
  return { roll_id, period, period_name: text(found["period_name"]) ?? period, due_at, due };
}

/** All of them or none: a count of some would be wrong. */
function rollsIn(json: unknown): RollNamed[] {
  const found = Array.isArray(json) ? json.map(rollIn) : [];
  const rolls = found.filter((roll) => roll !== null);
  return rolls.length === found.length ? rolls : [];
}

function kindIn(found: unknown, rolls: readonly RollNamed[]): Reminder["kind"] {
  if (found === "reminder") return rolls.length > 0 ? found : "other";
  return found === "office" || found === "test" ? found : "other";
}

/**
 * Reads the JSON of a push, a Declarative Web Push message with what concerns rolls beside it. Where
 * the browser itself shows such messages it hands over only the notification: then it lies within.
 */
export function readPush(json: unknown, origin: string): Reminder {
  const shown = fields(fields(json)["notification"]);
  const ours = fields(fields(json)["rollbook"] ?? fields(shown["data"])["rollbook"]);
  const title = text(shown["title"]);
  if (!title) return UNREADABLE;
  const rolls = rollsIn(ours["rolls"]);
  return {
    kind: kindIn(ours["kind"], rolls),
    title,
    body: text(shown["body"]) ?? "",
    lang: text(shown["lang"]),
    tag: text(shown["tag"]) ?? UNREADABLE.tag,
    target: knownPath(shown["navigate"], origin),
    message_id: text(ours["message_id"]),
    made_at: instantIn(ours["made_at"]),
    rolls,
  };
}
