/** What the reports share: their three states, their files, and the dates to choose. */

import type { ComponentChildren } from "preact";
import { longDate } from "../core/dates.ts";
import { Banner, Button, Icon } from "../ui/parts.ts";
import type { Loaded } from "./desk.ts";

/** A report in its three states. */
export function Shown<Answer>(props: {
  loaded: Loaded<Answer>;
  waiting: string;
  children: (answer: Answer) => ComponentChildren;
}) {
  const { loaded } = props;
  if (loaded.is === "loading")
    return (
      <p class="desk-starting" role="status">
        {props.waiting}
      </p>
    );
  if (loaded.is === "failed")
    return (
      <Banner kind="refused" icon="warn">
        {loaded.why}
      </Banner>
    );
  return <>{props.children(loaded.answer)}</>;
}

/** The same for a spreadsheet; the browser keeps it as a file. */
export function FileLink({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a class="button button-plain button-desk" href={href} download="">
      <Icon name="upload" className="file-down" />
      <span class="button-words">{children}</span>
    </a>
  );
}

export function PrintButton() {
  return (
    <Button kind="plain" size="desk" icon="print" onPress={() => print()}>
      Print
    </Button>
  );
}

/** "October 6" of "Tuesday, October 6". */
export const dayWords = (on: string): string => longDate(on).replace(/^\w+, /u, "");
