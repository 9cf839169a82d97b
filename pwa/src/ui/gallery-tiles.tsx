/** The tile in every state, for the gallery. */
import { StudentTile, type StudentTileProps } from "./parts.ts";

export const nothing = () => {};

type Shown = Pick<StudentTileProps, "given" | "family" | "initials" | "look"> &
  Partial<StudentTileProps>;

export const TILES: readonly (readonly [Shown, string])[] = [
  [
    { given: "Amara", family: "Okonkwo-Bright", initials: "AO", look: "present" },
    "Present, in pencil: before you submit",
  ],
  [
    { given: "Amara", family: "Okonkwo-Bright", initials: "AO", look: "present", pencil: "dot" },
    "Present, submitted, still on this tablet",
  ],
  [
    { given: "Amara", family: "Okonkwo-Bright", initials: "AO", look: "present", pencil: "tick" },
    "Present, in ink: the school has it",
  ],
  [{ given: "Emiliano", family: "Rodríguez Montemayor", initials: "ER", look: "absent" }, "Absent"],
  [
    {
      given: "Kainoa",
      family: "Keliʻihoʻomalu-Kahananui",
      initials: "KK",
      look: "late",
      second: "9 min",
    },
    "Late, with minutes",
  ],
  [
    {
      given: "Itzel",
      family: "Ramírez Tlaxcalteco",
      initials: "IR",
      look: "left_early",
      second: "8:31",
    },
    "Left early",
  ],
  [
    { given: "José Ángel", family: "Fernández de Córdova", initials: "JF", look: "elsewhere" },
    "Elsewhere, set by the office",
  ],
  [
    { given: "Leilani", family: "Mākua", initials: "LM", look: "known", second: "office knows" },
    "Known absence, confirmed by your submit",
  ],
  [
    { given: "Thảo", family: "Vũ", initials: "TV", look: "not_marked" },
    "Joined after you loaded: not marked",
  ],
  [
    { given: "Noa", family: "Ben-David", initials: "NB", look: "contested" },
    "Contested: tap opens the sentence",
  ],
  [
    { given: "Kaʻiulani", family: "Kealoha", initials: "KK", look: "office", word: "Late 12" },
    "The office changed your mark",
  ],
  [
    { given: "Maya", family: "Goldberg", initials: "MG", look: "present", id: "focused" },
    "Keyboard focus",
  ],
  [
    {
      given: "Wilhelmina-Alexandra",
      family: "Nguyễn Phúc Bảo Long Tôn Thất",
      initials: "WN",
      look: "present",
    },
    "Too long: three lines in all, then …; whole in the sheet",
  ],
  [{ given: "Daniel", family: "Kim", initials: "DK", look: "absent" }, "Focus on a filled tile"],
];

export function Tile({ shown, layout }: { shown: Shown; layout: "tile" | "row" }) {
  return (
    <StudentTile
      pencil="ring"
      label={`${shown.given} ${shown.family}`}
      pressed={shown.look === "absent"}
      tabIndex={0}
      onTap={nothing}
      onLong={nothing}
      layout={layout}
      {...shown}
      id={layout === "row" ? undefined : shown.id}
    />
  );
}
