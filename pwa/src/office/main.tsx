/** The office page: first its language, then everything that has words. */

import "../ui/parts.css";
import "./office.css";
import { speakHere } from "../device/language.ts";

async function begin(): Promise<void> {
  await speakHere({ es: () => import("../words/es-office.ts") });
  const { start } = await import("./start.tsx");
  start();
}

void begin();
