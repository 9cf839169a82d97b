import type { WhyNot } from "../core/why-not.ts";

/** Why a roll cannot be taken here: four answers, each under what it answers. */
export function WhyNotWords({ of }: { of: WhyNot }) {
  return (
    <div class="why-not">
      <p>
        <b>Why:</b> {of.why}
      </p>
      <p>
        <b>When it opens:</b> {of.opens}
      </p>
      <p>
        <b>Who can change that:</b> {of.who}
      </p>
      <p>
        <b>What can be done all the same:</b> {of.still}
      </p>
    </div>
  );
}
