/** How Rollbook comes onto an iPad's home screen, step by step, with what to look for drawn. */

import type { ComponentChildren } from "preact";
import { Icon, type IconName, Logo } from "./icon.tsx";

function Step({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li class="home-step">
      <span class="home-drawing" aria-hidden="true">
        <Icon name={icon} />
      </span>
      <p>{children}</p>
    </li>
  );
}

export function HomeScreenGuide() {
  return (
    <>
      <p>An iPad or iPhone reminds only from an app on the home screen. It takes a minute, once.</p>
      <ol class="home-steps">
        <Step icon="share">
          In Safari, tap <b>Share</b>: the square with an arrow, at the top or the bottom.
        </Step>
        <Step icon="plus-square">
          Choose <b>Add to Home Screen</b>, further down in the list. Then <b>Add</b>.
        </Step>
        <li class="home-step">
          <span class="home-drawing" aria-hidden="true">
            <Logo />
          </span>
          <p>
            Go to the home screen and open <b>Rollbook</b> there. It is a place of its own: sign in
            once more.
          </p>
        </li>
        <Step icon="bell">
          After your next roll it asks whether to remind you. Answer <b>Remind me</b>, then{" "}
          <b>Allow</b>.
        </Step>
      </ol>
      <p class="quiet">
        Rolls that wait here are sent from here: leave this page open until nothing waits.
      </p>
    </>
  );
}
