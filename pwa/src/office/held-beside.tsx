/** What a held entry says of each student, beside what stands; who is taken over is ticked. */

import { t } from "../core/t.ts";
import type { Beside } from "./held-lines.ts";
import { capital } from "./words.ts";

export type Chosen = ReadonlySet<string>;

interface LineProps {
  line: Beside;
  chosen: boolean | null;
  onChoose: () => void;
}

function Line({ line, chosen, onChoose }: LineProps) {
  const name = (
    <span class="beside-name">
      <b>{line.name}</b>
      {line.note && <span class="beside-note">{line.note}</span>}
    </span>
  );
  return (
    <tr class={line.differs ? "beside-differs" : ""}>
      <th scope="row">
        {chosen === null ? (
          name
        ) : (
          <label class="beside-choice">
            <input type="checkbox" checked={chosen} onChange={onChoose} /> {name}
          </label>
        )}
      </th>
      <td>{capital(line.says)}</td>
      <td>{capital(line.stands)}</td>
    </tr>
  );
}

interface LinesProps {
  lines: readonly Beside[];
  chosen: Chosen | null;
  onChoose: (student_id: string) => void;
}

export function Lines({ lines, chosen, onChoose }: LinesProps) {
  if (lines.length === 0)
    return <p class="panel-none">{t`It names no student that can be read.`}</p>;
  return (
    <table class="beside">
      <caption class="unseen">{t`What the entry says, and what stands`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Student`}</th>
          <th scope="col">{t`It says`}</th>
          <th scope="col">{t`Stands now`}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line
            key={line.student_id}
            line={line}
            chosen={chosen ? chosen.has(line.student_id) : null}
            onChoose={() => onChoose(line.student_id)}
          />
        ))}
      </tbody>
    </table>
  );
}
