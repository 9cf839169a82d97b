/** The office page: starts the clock, looks who is here, and follows the day while somebody is. */

import { effect } from "@preact/signals";
import { render } from "preact";
import "../ui/parts.css";
import "./office.css";
import { App } from "./app.tsx";
import { arrive, session, tick } from "./desk.ts";
import { follow, stopFollowing } from "./live.ts";
import { followAddress } from "./roll.ts";

const TICK_MS = 10_000;

render(<App />, document.body);
addEventListener("hashchange", followAddress);
setInterval(tick, TICK_MS);
effect(() => {
  const who = session.value;
  if (who.at !== "desk") {
    stopFollowing();
    return;
  }
  queueMicrotask(() => {
    followAddress();
    void follow(who.who.school.school_id, null);
  });
});
void arrive();
