/** One thing of the inbox: where and when, the question, the story, the answers. */

import type { ComponentChildren } from "preact";
import { type Question, storyFacts } from "../core/inbox.ts";
import { placeWords, titleWords, unmarkedSentence } from "../core/inbox-words.ts";
import type { Sentence } from "../core/spans.ts";
import { storyOf } from "../core/story.ts";
import { t } from "../core/t.ts";
import { Icon, type IconName, Told } from "../ui/parts.ts";

import { inboxFacts } from "./inbox-state.ts";
import { today } from "./state.ts";

interface LaidProps {
  readonly icon: IconName;
  readonly place: string;
  readonly title: string;
  readonly safety?: boolean;
  readonly children: ComponentChildren;
}

/** The shape that all of them share. */
export function Thing({ icon, place, title, safety, children }: LaidProps) {
  return (
    <li class={safety ? "thing thing-safety" : "thing"}>
      <Icon name={icon} />
      <div class="thing-told">
        <p class="thing-place">{place}</p>
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  );
}

const ICONS = { contested: "rings", office: "roof", unmarked: "person-plus" } as const;
const BEFORE = { contested: t`Two marks`, office: t`Office`, unmarked: "" } as const;

/** "Both stay on the record": what the office's word does not undo. */
const BOTH: Sentence = [t`Both stay on the record.`];

export function storyFor(question: Question): readonly (readonly Sentence[])[] {
  const all = inboxFacts.value;
  const facts = all && storyFacts(question, all);
  if (question.ask === "unmarked" || !facts) return [[unmarkedSentence(question)]];
  const [said = [], stands = []] = storyOf(facts);
  return [said, question.ask === "office" ? [...stands, BOTH] : stands];
}

export function Item({ question, children }: { question: Question; children: ComponentChildren }) {
  const { ask, safety, roll, section } = question;
  const before = safety ? t`Safety` : BEFORE[ask];
  return (
    <Thing
      icon={safety ? "warn" : ICONS[ask]}
      place={placeWords(roll, section, today.value, before)}
      title={titleWords(question)}
      safety={safety}
    >
      <Told story={storyFor(question)} />
      {children}
    </Thing>
  );
}
