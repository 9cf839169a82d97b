/** A slip of the front desk in front of the camera: what it says, and one press that marks it. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Ending } from "../core/slip.ts";
import { endingWords, nothingChanged } from "../core/slip-words.ts";
import { capital } from "../core/spans.ts";
import { t } from "../core/t.ts";
import type { Refusal } from "../device/camera.ts";
import { Button, Sheet } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import { CameraView } from "./camera-view.tsx";
import type { OpenRoll } from "./rollbook.ts";
import { lookAt, markAs, spellingOf } from "./scanning.ts";
import { scansSlip } from "./slip-of.ts";
import { saidWords } from "./times.ts";

const REFUSED: Readonly<Record<Refusal, string>> = {
  refused: t`This browser may not use the camera. Allow it in the browser’s settings, or mark the student by hand.`,
  none: t`This tablet has no camera that the browser can use. Mark the student by hand: the slip says when.`,
  busy: t`The camera is in use elsewhere. Close the other app, or mark the student by hand.`,
};

const close = () => {
  scansSlip.value = false;
};

/** What the slip says, and the button that says the same of the student. */
function Answer({ open, ending }: { open: OpenRoll; ending: Ending & { end: "says" } }) {
  const { line, said } = ending;
  return (
    <Button
      kind="main"
      autoFocus
      onPress={() => {
        void markAs(line, said);
        close();
      }}
    >
      {capital(saidWords(open.roll, said))}
    </Button>
  );
}

function Seen({ open, ending, onAgain }: { open: OpenRoll; ending: Ending; onAgain: () => void }) {
  return (
    <>
      <p class="slip-says" role="status">
        {unbroken(endingWords(ending, spellingOf(open)))} {nothingChanged(ending)}
      </p>
      <div class="sheet-answers">
        <Button kind="plain" onPress={onAgain}>
          {t`Scan another`}
        </Button>
        {ending.end === "says" && <Answer open={open} ending={ending} />}
      </div>
    </>
  );
}

export function SlipSheet({ open }: { open: OpenRoll }) {
  const ending = useSignal<Ending | null>(null);
  const stopped = useSignal(false);
  const looking = useRef(false);
  const read = async (text: string) => {
    if (looking.current) return;
    looking.current = true;
    ending.value = await lookAt(text);
    looking.current = false;
  };
  return (
    <Sheet
      title={t`Scan a slip`}
      sub={`${open.section.title}, ${open.roll.period_name}`}
      onClose={close}
    >
      <div class="slip-scan">
        {ending.value && (
          <Seen
            open={open}
            ending={ending.value}
            onAgain={() => {
              ending.value = null;
            }}
          />
        )}
        {!ending.value && !stopped.value && (
          <CameraView
            read={(text) => void read(text)}
            says={t`Hold the slip’s code in front of the camera.`}
            refused={REFUSED}
            onStop={() => {
              stopped.value = true;
            }}
          />
        )}
        {!ending.value && stopped.value && (
          <Button
            kind="main"
            icon="camera"
            onPress={() => {
              stopped.value = false;
            }}
          >
            {t`Scan the code`}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
