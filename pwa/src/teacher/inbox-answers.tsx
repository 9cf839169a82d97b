/** One-tap answers to a question, in the reader's words and all of one weight. */

import type { Question } from "../core/inbox.ts";
import { closedWords } from "../core/inbox-words.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import { answer, leaveOpen } from "./inbox-actions.ts";
import { asking } from "./inbox-state.ts";

const later = (question: Question) => () => {
  asking.value = { sheet: "late", question };
};

function Contested({ question }: { question: Question }) {
  const given = question.student.given_name;
  return (
    <>
      <Button kind="plain" onPress={() => void answer(question, { presence: "present" })}>
        {t`${given} was here`}
      </Button>
      <Button kind="plain" onPress={() => void answer(question, { presence: "absent" })}>
        {t`${given} was absent`}
      </Button>
      <Button kind="plain" onPress={later(question)}>
        {t`Came late…`}
      </Button>
      <Button kind="quiet" onPress={() => void leaveOpen(question)}>
        {t`I don’t know`}
      </Button>
    </>
  );
}

function Changed({ question }: { question: Question }) {
  const { office, arrived_at, left_at } = question.mark ?? {};
  const times = { ...(arrived_at ? { arrived_at } : {}), ...(left_at ? { left_at } : {}) };
  const agrees = office === "elsewhere" || !office ? null : { presence: office, ...times };
  return (
    <>
      <Button kind="plain" onPress={() => void answer(question, agrees ?? { presence: "absent" })}>
        {t`That’s right`}
      </Button>
      <Button
        kind="plain"
        onPress={() => {
          asking.value = { sheet: "else", question };
        }}
      >
        {t`I saw something else`}
      </Button>
    </>
  );
}

function Unmarked({ question }: { question: Question }) {
  return (
    <>
      <Button kind="plain" onPress={() => void answer(question, { presence: "present" })}>
        {t`Present`}
      </Button>
      <Button kind="plain" onPress={() => void answer(question, { presence: "absent" })}>
        {t`Absent`}
      </Button>
      <Button kind="plain" onPress={later(question)}>
        {t`Late…`}
      </Button>
    </>
  );
}

const ANSWERS = { contested: Contested, office: Changed, unmarked: Unmarked } as const;

export function Answers({ question }: { question: Question }) {
  const closed = closedWords(question);
  if (closed) return <p class="quiet">{closed}</p>;
  const Each = ANSWERS[question.ask];
  return (
    <div class="inbox-answers">
      <Each question={question} />
    </div>
  );
}
