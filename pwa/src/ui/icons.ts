/**
 * The drawings: strokes on a 24 × 24 sheet. A path that starts with "*" is filled instead.
 * Drawn here rather than taken from a set, so that a tablet carries these thirty and no more.
 */
const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

const box = (x: number, y: number, w: number, h: number, r: number): string =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
  `h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

export const DRAWINGS = {
  ring: [circle(12, 12, 8)],
  dot: [`*${circle(12, 12, 7)}`],
  tick: ["M4 12.8l5.2 5.2L20 6.4"],
  "check-circle": [circle(12, 12, 9), "M7.8 12.4l3 3 5.6-6.2"],
  cross: ["M5.5 5.5l13 13M18.5 5.5l-13 13"],
  clock: [circle(12, 12, 9), "M12 6.8V12l3.4 2"],
  door: ["M14 8V4.5H5v15h9V16", "M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"],
  pin: ["M12 21.5S19 15.6 19 10a7 7 0 1 0-14 0c0 5.6 7 11.5 7 11.5z", circle(12, 10, 2.4)],
  question: [
    circle(12, 12, 9),
    "M9.4 9.6a2.7 2.7 0 1 1 4.3 2.2c-1 .7-1.7 1.1-1.7 2.2",
    `*${circle(12, 17, 1.25)}`,
  ],
  rings: [circle(8.6, 12, 5.6), circle(15.4, 12, 5.6)],
  roof: ["M3.5 10.5L12 4l8.5 6.5", "M5.5 9.5V20h13V9.5", "M9.7 20v-5.5h4.6V20"],
  undo: ["M8.5 5L4 9.5 8.5 14", "M4.5 9.5H14a5.2 5.2 0 0 1 0 10.4h-3.5"],
  tablet: [box(5.5, 2.8, 13, 18.4, 2), "M10.6 17.8h2.8"],
  "wifi-off": [
    "M3.5 3.5l17 17",
    "M2.8 9.6A14 14 0 0 1 7 6.9M11.2 5.6a14 14 0 0 1 10 4",
    "M6.2 13.3a8.6 8.6 0 0 1 3.6-2.2M15.2 11.6a8.6 8.6 0 0 1 2.6 1.7",
    "M9.5 16.7a3.8 3.8 0 0 1 3.6-1",
    `*${circle(12, 19.4, 1.5)}`,
  ],
  lock: [box(4.5, 10.5, 15, 10, 2), "M8 10.5V7.4a4 4 0 0 1 8 0v3.1"],
  pause: ["M8.4 5v14M15.6 5v14"],
  warn: ["M12 3.8L2.6 20h18.8L12 3.8z", "M12 10v4.6", `*${circle(12, 17.3, 1.2)}`],
  dots: [`*${circle(5, 12, 2)}`, `*${circle(12, 12, 2)}`, `*${circle(19, 12, 2)}`],
  back: ["M15 5l-7 7 7 7"],
  forward: ["M9 5l7 7-7 7"],
  grid: [
    box(4, 4, 6.4, 6.4, 1),
    box(13.6, 4, 6.4, 6.4, 1),
    box(4, 13.6, 6.4, 6.4, 1),
    box(13.6, 13.6, 6.4, 6.4, 1),
  ],
  list: ["M4 6h16M4 12h16M4 18h16"],
  pencil: ["M4 20l1-4.6L16.2 4.2l3.6 3.6L8.6 19 4 20z", "M13.6 6.8l3.6 3.6"],
  note: ["M5 3.8h14v11.4L14.2 20H5z", "M19 15h-5v5", "M8.6 8.4h6.8M8.6 12h4"],
  phone: [
    "M6.2 3.8h3l1.6 4.4-2 1.6a12 12 0 0 0 5.4 5.4l1.6-2 4.4 1.6v3c0 1.2-1 2.2-2.2 2.2" +
      "C10.6 20 4 13.4 4 6c0-1.2 1-2.2 2.2-2.200z",
  ],
  search: [circle(10.5, 10.5, 6.5), "M15.4 15.4l5.1 5.1"],
  minus: ["M5 12h14"],
  plus: ["M5 12h14M12 5v14"],
  calendar: [box(3.8, 5.2, 16.4, 15.2, 2), "M3.8 10h16.400M8.2 3v4M15.8 3v4"],
  print: ["M7 8.500V3.500h10v5", "M7 17.500H4v-9h16v9h-3", "M7 14.500h10v6H7z"],
  upload: ["M12 15.500V4.500M7.5 9l4.5-4.500L16.5 9", "M4 15.500v4h16v-4"],
  inbox: [
    "M4 13.5V19h16v-5.500L17 5H7L4 13.500z",
    "M4 13.500h4.600c.4 1.800 1.700 2.700 3.400 2.700s3-.9 3.400-2.700H20",
  ],
  code: [
    box(4, 4, 6, 6, 0.8),
    box(14, 4, 6, 6, 0.8),
    box(4, 14, 6, 6, 0.8),
    "M14 14h2.500v2.500M20 14v6h-6M17.500 20v-2",
  ],
  camera: ["M3.500 7.500h4l1.500-2.500h6l1.500 2.500h4v12h-17z", circle(12, 13, 3.6)],
  "person-plus": [circle(9.5, 8, 4), "M2.5 20a7 7 0 0 1 14 0", "M19 8v6M16 11h6"],
  erase: ["M8.5 5H21v14H8.5L2.5 12z", "M12 9l6 6M18 9l-6 6"],
  bell: ["M5 17.5h14l-1.800-2.500V10a5.200 5.200 0 0 0-10.400 0v5z", "M10 20.500h4"],
  "bell-off": [
    "M5 17.500h12M6.800 15V10a5.200 5.200 0 0 1 8.400-4.100M17.200 10v3.500",
    "M10 20.500h4M3.500 3.500l17 17",
  ],
  share: ["M12 14.500V3.500M8 7l4-3.500L16 7", "M8.500 10.500h-3v10h13v-10h-3"],
  "plus-square": [box(4, 4, 16, 16, 3), "M12 8v8M8 12h8"],
  globe: [circle(12, 12, 9), "M3 12h18", "M12 3c-5 5.500-5 12.500 0 18M12 3c5 5.500 5 12.500 0 18"],
  leave: ["M13 4.500H5v15h8", "M10 12h10M16.5 8.500L20 12l-3.5 3.5"],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof DRAWINGS;

/** These point along the text, so they turn round where it runs from right to left. */
export const TURNING: ReadonlySet<IconName> = new Set<IconName>([
  "back",
  "forward",
  "undo",
  "door",
  "leave",
  "list",
]);
