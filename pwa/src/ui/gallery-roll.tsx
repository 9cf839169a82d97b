/** A roll of thirty for the gallery: what has to fit a tablet held wide. */
import {
  Banner,
  Button,
  Screen,
  StandingChip,
  StudentGrid,
  StudentTile,
  type StudentTileProps,
  SubmitBar,
  Switch,
} from "./parts.ts";

const NAMES = `Aaliyah Washington|Amara Okonkwo-Bright|Beatriz de la Cruz Villanueva|Camila Hernández Gutiérrez
|Daniel Kim|Đức Trần|Elena Petrosyan|Emiliano Rodríguez Montemayor|Fatima Al-Rashid|Grace Liu|Hyun-woo Park
|Isabella Santos|Itzel Ramírez Tlaxcalteco|Jayden Brooks|José_Ángel Fernández de Córdova
|Kainoa Keliʻihoʻomalu-Kahananui|Kaʻiulani Kealoha|Leilani Mākua|Liam OʼConnor|Mateo Vargas Peña
|Maya Goldberg|Minh_Anh Nguyễn|Nevaeh Jackson|Noa Ben-David|Phương Lê Thị Hồng|Priya Raghunathan
|Quốc_Bảo Phạm|Samuel Tesfaye|Sofía Castañeda Ibarra|Xavier Thompson`;

const LOOKS: Record<string, Partial<StudentTileProps>> = {
  Emiliano: { look: "absent", pressed: true },
  Kainoa: { look: "late", second: "9 min" },
  Leilani: { look: "known", second: "office knows", pressed: true },
};

const nothing = () => {};

function Student({ name, layout }: { name: string; layout: "tile" | "row" }) {
  const [given = "", ...family] = name.trim().split(" ");
  const initials = `${given[0]}${(family.find((word) => /^\p{Lu}/u.test(word)) ?? "")[0]}`;
  return (
    <StudentTile
      given={given.replace("_", " ")}
      family={family.join(" ")}
      initials={initials}
      look="present"
      pencil="ring"
      label={name}
      pressed={false}
      tabIndex={0}
      onTap={nothing}
      onLong={nothing}
      layout={layout}
      {...LOOKS[given]}
    />
  );
}

export function GalleryRoll({ layout }: { layout: "tile" | "row" }) {
  const offline = new URLSearchParams(location.search).has("offline");
  return (
    <Screen
      title="8A Mathematics"
      sub="Period 1 · Room 14 · 30 students"
      back={{ label: "Back to today", onPress: nothing }}
      tools={
        <>
          <StandingChip standing="due" at="8:15" minutesLeft={6} />
          <Switch
            label="View"
            value={layout}
            onChange={nothing}
            choices={[
              { value: "tile", icon: "grid", words: "Grid" },
              { value: "row", icon: "list", words: "List" },
            ]}
          />
        </>
      }
      more={<Button kind="quiet" icon="dots" label="More" />}
      banner={
        offline && (
          <Banner kind="calm" icon="wifi-off">
            <b>No network since 8:03.</b> Keep going. Every tap is saved on this tablet and goes to
            the school by itself.
          </Banner>
        )
      }
      bar={
        <SubmitBar
          said={{ who: "Kainoa", what: "late, 9 min" }}
          words={
            <>
              <Button kind="plain" size="strip" icon="clock">
                Minutes
              </Button>
              <Button kind="plain" size="strip" icon="cross">
                Absent
              </Button>
              <Button kind="plain" size="strip" icon="undo" brief>
                Undo
              </Button>
            </>
          }
          line={<span>Present once you submit · Draft saved on this tablet 8:09</span>}
          submit={
            <Button kind="main" size="bar">
              Submit 27 present, 2 absent, 1 late
            </Button>
          }
        />
      }
    >
      <StudentGrid layout={layout} label="Students of 8A Mathematics">
        {NAMES.split("|").map((name) => (
          <Student key={name} name={name} layout={layout} />
        ))}
      </StudentGrid>
    </Screen>
  );
}
