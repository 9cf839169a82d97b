"""What a tablet's camera sees: the codes that another tablet shows, as a file for Chromium."""

from __future__ import annotations

import base64
from pathlib import Path

from tests.browser.tablet import Tablet

SIDE = 720
FPS = 5
HELD = 3
GREY = 200

# Grey values of the code as it is drawn, one byte a pixel of the canvas.
READ = """() => {
  const canvas = document.querySelector("canvas.code");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let text = "";
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]);
  return [width, height, btoa(text)];
}"""
Code = tuple[int, bytes]


def shown_codes(tablet: Tablet) -> list[Code]:
    """Every part that the screen shows, one press after the other."""
    tablet.page.wait_for_function("() => document.querySelector('canvas.code').width > 300")
    count = int(tablet.page.locator(".code-part").inner_text().split()[-1])
    codes: dict[str, Code] = {}
    while len(codes) < count:
        part = tablet.page.locator(".code-part").inner_text()
        tablet.page.locator(f"canvas.code[data-drawn='{part}']").wait_for()
        width, _height, packed = tablet.page.evaluate(READ)
        codes[part] = (width, base64.b64decode(packed))
        if count > 1:
            tablet.press("Next part")
    return list(codes.values())


def film(codes: list[Code], path: Path) -> Path:
    """A film in which each code is held for a moment, over and over."""
    header = f"YUV4MPEG2 W{SIDE} H{SIDE} F{FPS}:1 Ip A1:1 C420jpeg\n".encode()
    colour = bytes([128]) * (SIDE * SIDE // 2)
    frames = [b"FRAME\n" + _picture(code) + colour for code in codes for _ in range(HELD)]
    path.write_bytes(header + b"".join(frames))
    return path


def _picture(code: Code) -> bytes:
    """The code in the middle of a grey wall."""
    width, pixels = code
    side = SIDE - 80
    rows = []
    for y in range(side):
        row = pixels[(y * width // side) * width :][:width]
        rows.append(bytes(row[x * width // side] for x in range(side)))
    wall = bytes([GREY])
    above = wall * (SIDE * 40)
    middle = b"".join(wall * 40 + row + wall * 40 for row in rows)
    return above + middle + above
