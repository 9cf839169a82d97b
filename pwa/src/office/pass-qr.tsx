/** A QR code as one path: the content security policy allows no inline style and no data: image. */

import encodeQR from "qr";

const QUIET = 4;

/** Each run of dark modules of a row as a box: "M4 4h7v1h-7z". */
export function drawingOf(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) =>
      [
        ...row
          .map((dark) => (dark ? "1" : "0"))
          .join("")
          .matchAll(/1+/gu),
      ].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join("");
}

/** Always dark on white, whatever the theme: scanners want it so. */
export function Qr({ text, label }: { text: string; label: string }) {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const size = modules.length;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect class="qr-ground" width={size} height={size} />
      <path class="qr-dark" d={drawingOf(modules)} />
    </svg>
  );
}
