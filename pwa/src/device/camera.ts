/** The camera as a reader of codes. The reader itself is fetched only when somebody scans. */

const EACH_MS = 120;
const WIDEST = 1280;

/** Why there is no picture: not allowed, no camera, or in use by others. */
export type Refusal = "refused" | "none" | "busy";

export interface Camera {
  readonly close: () => void;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotReadableError: "busy",
  AbortError: "busy",
};

async function stream(): Promise<MediaStream | Refusal> {
  if (!navigator.mediaDevices) return "none";
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: WIDEST } },
    });
  } catch (error) {
    return REFUSALS[(error as DOMException).name] ?? "none";
  }
}

/** Shows the camera in `video` and tells every code it reads, until it is closed. */
export async function openCamera(
  video: HTMLVideoElement,
  read: (text: string) => void,
): Promise<Camera | Refusal> {
  const media = await stream();
  if (typeof media === "string") return media;
  const { default: decodeQR } = await import("qr/decode.js");
  video.srcObject = media;
  await video.play().catch(() => {});
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  const look = () => {
    const { videoWidth, videoHeight } = video;
    if (!paper || videoWidth === 0) return;
    const scale = Math.min(1, WIDEST / videoWidth);
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      read(decodeQR(paper.getImageData(0, 0, canvas.width, canvas.height)));
    } catch {
      // No code in this picture; the next one comes.
    }
  };
  const timer = setInterval(look, EACH_MS);
  const close = () => {
    clearInterval(timer);
    for (const track of media.getTracks()) track.stop();
    video.srcObject = null;
  };
  return { close };
}
