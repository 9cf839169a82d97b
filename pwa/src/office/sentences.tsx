import type { Sentence, Span } from "../core/spans.ts";
import { unbroken } from "../ui/told.tsx";

const piece = (span: Span, place: number) =>
  typeof span === "string" ? unbroken(span) : <b key={place}>{span.strong}</b>;

/** A story on the page: what matters is bold, and every name is text. */
export function Sentences({ of }: { of: readonly Sentence[] }) {
  return (
    <>
      {of.map((sentence, n) => (
        <span key={n}>
          {n > 0 && " "}
          {sentence.map(piece)}
        </span>
      ))}
    </>
  );
}
