/** The teacher's page: first its language, then everything that has words. */

import "../ui/parts.css";
import "./teacher.css";
import { speakHere } from "../device/language.ts";

async function begin(): Promise<void> {
  await speakHere({ es: () => import("../words/es-teacher.ts") });
  const { start } = await import("./start.tsx");
  await start();
}

void begin();
