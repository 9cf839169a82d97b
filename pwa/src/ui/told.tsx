import { plain, type Sentence } from "../core/spans.ts";

const Spans = ({ sentence }: { sentence: Sentence }) => (
  <>
    {sentence.map((span) =>
      typeof span === "string" ? span : <b key={span.strong}>{span.strong}</b>,
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
