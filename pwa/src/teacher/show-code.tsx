/** A waiting roll as codes for another tablet's camera; the parts follow each other. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { framesOf, packed } from "../core/carry.ts";
import type { Entry } from "../core/entry.ts";
import { t, told } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { drawCode } from "../device/code.ts";
import { squeezed, sumOf } from "../device/squeeze.ts";
import * as store from "../device/store.ts";
import { Button, Said, Sheet } from "../ui/parts.ts";
import { shownCode } from "./shown-code.ts";
import { freeze } from "./tray-actions.ts";

const EACH_MS = 800;

/** From here on the roll may have left by the other tablet, so it is no longer undone here. */
async function framesFor(entry: Entry): Promise<string[]> {
  await freeze([entry]);
  const device = (await store.readMeta("device_id")) ?? "";
  const text = await squeezed(packed([entry], device));
  return framesOf(text, await sumOf(text));
}

const isCalm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

function Code({ entry }: { entry: Entry }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frames = useSignal<readonly string[]>([]);
  const at = useSignal(0);
  const goes = useSignal(!isCalm());
  const count = frames.value.length;
  const next = () => {
    at.value = count === 0 ? 0 : (at.value + 1) % count;
  };
  useEffect(() => {
    void framesFor(entry).then((made) => {
      frames.value = made;
    });
  }, [entry.id]);
  const part = t`Part ${at.value + 1} of ${Math.max(1, count)}`;
  useEffect(() => {
    const [frame, drawn] = [frames.value[at.value], canvas.current];
    if (!frame || !drawn) return;
    void drawCode(drawn, frame).then(() => {
      drawn.dataset["drawn"] = part;
    });
  }, [at.value, frames.value]);
  useEffect(() => {
    if (!goes.value || count < 2) return;
    const timer = setInterval(next, EACH_MS);
    return () => clearInterval(timer);
  }, [goes.value, count]);
  return (
    <Sheet
      title={t`Show as code`}
      sub={t`${plural(entry.op.marks.length, "mark")}, and nobody’s name`}
      onClose={() => {
        shownCode.value = null;
      }}
    >
      <p>
        <Said
          of={told`On a tablet with network open *More*, then *Carry a roll*, and hold it in front of this code. The roll stays here too; the school counts it once.`}
        />
      </p>
      <canvas
        ref={canvas}
        class="code"
        role="img"
        aria-label={t`Part ${at.value + 1} of ${count}`}
      />
      <div class="code-row">
        <p class="code-part">{part}</p>
        {count > 1 && (
          <>
            <Button kind="plain" onPress={next}>
              {t`Next part`}
            </Button>
            <Button
              kind="quiet"
              onPress={() => {
                goes.value = !goes.value;
              }}
            >
              {goes.value ? t`Pause` : t`By itself`}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  );
}

export function ShowCode() {
  const entry = shownCode.value;
  return entry && <Code key={entry.id} entry={entry} />;
}
