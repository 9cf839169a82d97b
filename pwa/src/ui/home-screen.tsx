/** How Rollbook comes onto an iPad's home screen, step by step, with what to look for drawn. */

import type { ComponentChildren } from "preact";
import { t, told } from "../core/t.ts";
import { Icon, type IconName, Logo } from "./icon.tsx";
import { Said } from "./told.tsx";

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
      <p>
        {t`An iPad or iPhone reminds only from an app on the home screen. It takes a minute, once.`}
      </p>
      <ol class="home-steps">
        <Step icon="share">
          <Said
            of={told`In Safari, tap *Share*: the square with an arrow, at the top or the bottom.`}
          />
        </Step>
        <Step icon="plus-square">
          <Said of={told`Choose *Add to Home Screen*, further down in the list. Then *Add*.`} />
        </Step>
        <li class="home-step">
          <span class="home-drawing" aria-hidden="true">
            <Logo />
          </span>
          <p>
            <Said
              of={told`Go to the home screen and open *Rollbook* there. It is a place of its own: sign in once more.`}
            />
          </p>
        </li>
        <Step icon="bell">
          <Said
            of={told`After your next roll it asks whether to remind you. Answer *Remind me*, then *Allow*.`}
          />
        </Step>
      </ol>
      <p class="quiet">
        {t`Rolls that wait here are sent from here: leave this page open until nothing waits.`}
      </p>
    </>
  );
}
