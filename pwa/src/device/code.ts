/** Draws a code. The maker of codes is fetched only when somebody shows one. */

const BORDER = 4;
const SHARPEST = 1024;

/** As large as the canvas may get with whole pixels a module; black on white in either theme. */
export async function drawCode(canvas: HTMLCanvasElement, text: string): Promise<void> {
  const { default: encodeQR } = await import("qr");
  const rows = encodeQR(text, "raw", { ecc: "low", border: BORDER });
  const scale = Math.max(1, Math.floor(SHARPEST / rows.length));
  canvas.width = rows.length * scale;
  canvas.height = canvas.width;
  const paper = canvas.getContext("2d");
  if (!paper) return;
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.width);
  paper.fillStyle = "#000";
  rows.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) paper.fillRect(x * scale, y * scale, scale, scale);
    });
  });
}
