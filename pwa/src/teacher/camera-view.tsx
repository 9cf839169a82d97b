/** The camera while it runs: what it sees, what is said of it, or why there is no picture. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { type Camera, openCamera, type Refusal } from "../device/camera.ts";
import { Button, Icon } from "../ui/parts.ts";
import "./camera.css";

interface CameraViewProps {
  readonly read: (text: string) => void;
  /** What was seen so far, in words. */
  readonly says: string;
  readonly refused: Readonly<Record<Refusal, string>>;
  readonly onStop: () => void;
}

export function CameraView({ read, says, refused, onStop }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const refusal = useSignal<Refusal | null>(null);
  useEffect(() => {
    let camera: Camera | null = null;
    let gone = false;
    const start = async () => {
      if (!video.current) return;
      const opened = await openCamera(video.current, read);
      if (typeof opened === "string") refusal.value = opened;
      else if (gone) opened.close();
      else camera = opened;
    };
    void start();
    return () => {
      gone = true;
      camera?.close();
    };
  }, []);
  if (refusal.value)
    return (
      <>
        <p class="camera-refused" role="alert">
          <Icon name="camera" /> <span>{refused[refusal.value]}</span>
        </p>
        <Button kind="plain" onPress={onStop}>
          {t`Try the camera again`}
        </Button>
      </>
    );
  return (
    <>
      <video
        ref={video}
        class="camera-video"
        playsInline
        muted
        aria-label={t`What the camera sees`}
      />
      <p class="camera-says" role="status">
        {says}
      </p>
      <Button kind="plain" onPress={onStop}>
        {t`Stop the camera`}
      </Button>
    </>
  );
}
