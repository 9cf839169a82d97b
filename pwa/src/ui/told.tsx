import { plain, type Sentence } from "../core/spans.ts";

/** "R. Lind" stays on one line. */
export const unbroken = (words: string): string =>
  words.replace(/(\p{Lu}\.) (?=\p{Lu})/gu, "$1\u00a0");

const Spans = ({ sentence }: { sentence: Sentence }) => (
  <>
    {sentence.map((span) =>
      typeof span === "string" ? unbroken(span) : <b key={span.strong}>{span.strong}</b>,
    )}{" "}
  </>
);

/** A story, a paragraph for what was said and one for what stands. */
export function Told({ story }: { story: readonly (readonly Sentence[])[] }) {
  return (
    <>
      {story.map((paragraph) => (
        <p key={paragraph.map(plain).join()}>
          {paragraph.map((sentence) => (
            <Spans key={plain(sentence)} sentence={sentence} />
          ))}
        </p>
      ))}
    </>
  );
}

/** One sentence inside a line, with what matters in bold. */
export const Said = ({ of }: { of: Sentence }) => (
  <>
    {of.map((span) =>
      typeof span === "string" ? unbroken(span) : <b key={span.strong}>{unbroken(span.strong)}</b>,
    )}
  </>
);
