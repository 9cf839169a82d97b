/**
 * Is this reply ours? A captive portal answers 200 with a page, a proxy cuts replies short. Only
 * JSON with our protocol and an epoch acknowledges anything.
 */

import type {
  Bootstrap,
  Changes,
  Problem,
  PushAnswer,
  PushState,
  PushTest,
  SignedIn,
  SignedInAs,
} from "../wire.ts";

type Fields = Readonly<Record<string, unknown>>;

export function fields(json: unknown): Fields | null {
  return typeof json === "object" && json !== null ? (json as Fields) : null;
}

function isOurs(json: unknown): json is Fields {
  const found = fields(json);
  return found?.["protocol"] === 1 && typeof found["epoch"] === "string" && found["epoch"] !== "";
}

const OUTCOMES = ["accepted", "held", "refused"];

function isResult(json: unknown): boolean {
  const found = fields(json);
  return (
    typeof found?.["id"] === "string" &&
    typeof found["received_at"] === "string" &&
    typeof found["hash"] === "string" &&
    Array.isArray(found["marks"]) &&
    OUTCOMES.includes(String(found["outcome"]))
  );
}

export function asPushAnswer(json: unknown): PushAnswer | null {
  if (!isOurs(json) || !Array.isArray(json["results"])) return null;
  return json["results"].every(isResult) ? (json as unknown as PushAnswer) : null;
}

export function asChanges(json: unknown): Changes | null {
  const whole =
    isOurs(json) && Array.isArray(json["changes"]) && typeof json["cursor"] === "string";
  return whole ? (json as unknown as Changes) : null;
}

export function asBootstrap(json: unknown): Bootstrap | null {
  const whole =
    isOurs(json) &&
    Array.isArray(json["rolls"]) &&
    Array.isArray(json["sections"]) &&
    fields(json["sealing"]) !== null &&
    typeof json["cursor"] === "string";
  return whole ? (json as unknown as Bootstrap) : null;
}

export function asSignedIn(json: unknown): SignedIn | null {
  const found = fields(json);
  const whole = found && fields(found["me"]) && fields(found["school"]) && fields(found["grant"]);
  return whole && typeof found["epoch"] === "string" ? (json as SignedIn) : null;
}

export function asSignedInAs(json: unknown): SignedInAs | null {
  const found = fields(json);
  const whole = found && fields(found["me"]) && typeof found["server_time"] === "string";
  return whole ? (json as SignedInAs) : null;
}

/** A roll, as an answer to an act upon it; its content comes with the feed. */
export interface ActedOn {
  readonly roll_id: string;
  readonly server_time?: undefined;
}

export function asActedOn(json: unknown): ActedOn | null {
  const found = fields(json);
  return found?.["type"] === "roll" && typeof found["roll_id"] === "string"
    ? { roll_id: found["roll_id"] }
    : null;
}

type Untimed<Answer> = Answer & { readonly server_time?: undefined };

export function asPushState(json: unknown): Untimed<PushState> | null {
  const found = fields(json);
  const whole =
    typeof found?.["key_id"] === "string" &&
    typeof found["public"] === "string" &&
    (found["subscription"] === null || fields(found["subscription"]) !== null);
  return whole ? (json as Untimed<PushState>) : null;
}

export function asPushTest(json: unknown): Untimed<PushTest> | null {
  const found = fields(json);
  const whole = typeof found?.["end"] === "string" && typeof found["sent_at"] === "string";
  return whole ? (json as Untimed<PushTest>) : null;
}

export function asProblem(json: unknown): Problem | null {
  const found = fields(json);
  return typeof found?.["code"] === "string" && typeof found["status"] === "number"
    ? (json as Problem)
    : null;
}
