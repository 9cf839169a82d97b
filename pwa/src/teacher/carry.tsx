/** Carrying a roll for a tablet that reaches nobody: by its code, or by its file. */

import { useSignal } from "@preact/signals";
import { useId, useState } from "preact/hooks";
import type { Entry } from "../core/entry.ts";
import { t, told } from "../core/t.ts";
import { lineWords, plural } from "../core/words.ts";
import type { Refusal } from "../device/camera.ts";
import { Banner, Button, Said, Screen, SyncLine } from "../ui/parts.ts";
import { CameraView } from "./camera-view.tsx";
import { carryJson, Scan, type Taken, takenWords } from "./carrying.ts";
import { OfTheTablet } from "./notices.tsx";
import { goToday } from "./route.ts";
import { entries } from "./state.ts";
import { atHere } from "./times.ts";

const REFUSED: Readonly<Record<Refusal, string>> = {
  refused: t`This browser may not use the camera. Allow it in the browser’s settings, or open the file that the other tablet made.`,
  none: t`This tablet has no camera that the browser can use. Open the file that the other tablet made.`,
  busy: t`The camera is in use elsewhere. Close the other app, or open the file that the other tablet made.`,
};

interface TakenProps {
  readonly onTaken: (taken: Taken) => void;
}

/** Every part that the camera sees is counted in words. */
function Scanner({ onTaken, onStop }: TakenProps & { readonly onStop: () => void }) {
  const parts = useSignal(t`Hold the other tablet’s code in front of the camera.`);
  const [scan] = useState(
    () =>
      new Scan((words) => {
        parts.value = words;
      }, onTaken),
  );
  return (
    <CameraView
      read={(text) => void scan.see(text)}
      says={parts.value}
      refused={REFUSED}
      onStop={onStop}
    />
  );
}

/** The file of the other tablet, opened or pasted. */
function FromFile({ onTaken }: TakenProps) {
  const file = useId();
  const area = useId();
  const text = useSignal("");
  const take = async (json: string) => onTaken(await carryJson(json));
  return (
    <section class="carry-file">
      <h2>{t`Without a camera`}</h2>
      <p>
        {t`The other tablet can make a file of its waiting rolls. Open it here, or paste its text.`}
      </p>
      <div class="field">
        <label class="field-label" for={file}>
          {t`The file that the other tablet made`}
        </label>
        <input
          id={file}
          class="field-input"
          type="file"
          accept="application/json,.json"
          onChange={async ({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            if (chosen) await take(await chosen.text());
          }}
        />
      </div>
      <div class="field">
        <label class="field-label" for={area}>
          {t`Or its text`}
        </label>
        <textarea
          id={area}
          class="field-input note"
          rows={3}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      </div>
      <Button
        kind="plain"
        disabled={text.value.trim() === ""}
        onPress={() => void take(text.value)}
      >
        {t`Carry what is pasted`}
      </Button>
    </section>
  );
}

function CarriedLine({ entry }: { entry: Entry }) {
  const { step, text } = lineWords(entry.step);
  return (
    <li class="kept">
      <h2>{t`A roll carried for somebody else`}</h2>
      <p>
        {t`${plural(entry.op.marks.length, "mark")}, taken over ${atHere(entry.saved_at)}. Whose it is, the school knows.`}
      </p>
      <SyncLine step={step} text={text} />
    </li>
  );
}

export function CarryScreen() {
  const scanning = useSignal(false);
  const taken = useSignal<Taken | null>(null);
  const carried = entries.value.filter((entry) => entry.carried).toReversed();
  const onTaken = (news: Taken) => {
    taken.value = news;
    scanning.value = false;
  };
  const news = taken.value;
  return (
    <Screen
      title={t`Carry a roll`}
      sub={t`For a tablet that cannot reach the school`}
      back={{ label: t`Back`, onPress: goToday }}
      banner={
        news ? (
          <Banner
            kind={news.end === "taken" ? "calm" : "warn"}
            icon={news.end === "taken" ? "tick" : "warn"}
          >
            <span role="status">{takenWords(news)}</span>
          </Banner>
        ) : (
          <OfTheTablet everything={false} />
        )
      }
    >
      <div class="carry">
        <section class="carry-scan">
          <p>
            <Said
              of={told`On the other tablet press *Show as code* on the roll that waits. Its marks come over as they are; nobody’s name does.`}
            />
          </p>
          {scanning.value ? (
            <Scanner
              onTaken={onTaken}
              onStop={() => {
                scanning.value = false;
              }}
            />
          ) : (
            <Button
              kind="main"
              icon="camera"
              onPress={() => {
                taken.value = null;
                scanning.value = true;
              }}
            >
              {t`Scan the code`}
            </Button>
          )}
        </section>
        <FromFile onTaken={onTaken} />
      </div>
      {carried.length > 0 && (
        <ul class="kept-list">
          {carried.map((entry) => (
            <CarriedLine key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Screen>
  );
}
