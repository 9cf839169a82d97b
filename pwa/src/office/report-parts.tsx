/** What the reports share: their three states, their files, and the dates to choose. */

import type { ComponentChildren } from "preact";
import { spoken, t } from "../core/t.ts";
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

/** A table that may be wider or longer than its place; the keyboard scrolls it too. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by key
    <section class="report-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
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

export type FileKind = "xlsx" | "csv" | "pdf";

/** Paper is for people: a link says the language of the page, as requests do in their heads. */
const onPaper = (href: string): string =>
  `${href}${href.includes("?") ? "&" : "?"}language=${spoken()}`;

/** The same as files of several kinds, a link each. */
export function FileLinks(props: { kinds: readonly FileKind[]; href: (kind: FileKind) => string }) {
  return (
    <>
      {props.kinds.map((kind) => (
        <FileLink key={kind} href={kind === "pdf" ? onPaper(props.href(kind)) : props.href(kind)}>
          {kind.toUpperCase()}
        </FileLink>
      ))}
    </>
  );
}

export function PrintButton() {
  return (
    <Button kind="plain" size="desk" icon="print" onPress={() => print()}>
      {t`Print`}
    </Button>
  );
}
