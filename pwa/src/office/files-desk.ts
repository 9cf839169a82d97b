/** The files that somebody chose, and what the school said of them. */

import { batch, signal } from "@preact/signals";
import type { TimetableFile, TimetableFilesRead } from "../wire.ts";
import { sendFiles } from "./files-api.ts";
import { whyNot } from "./passes-ends.ts";

export type FilesState =
  | { readonly is: "none" }
  | { readonly is: "reading" }
  | { readonly is: "told"; readonly told: TimetableFilesRead }
  | { readonly is: "failed"; readonly why: string };

export const chosen = signal<readonly TimetableFile[]>([]);
export const state = signal<FilesState>({ is: "none" });
/** Whether wrong lines are left out. */
export const skips = signal(false);

/** Somebody chose other files, or none: what was said of the last is over. */
export async function choose(files: readonly File[]): Promise<void> {
  const read = await Promise.all(
    files.map(async (file) => ({ name: file.name, text: await file.text() })),
  );
  batch(() => {
    chosen.value = read;
    skips.value = false;
    state.value = { is: "none" };
  });
}

/** Looks at them, or brings them in. */
export async function send(school: string, preview: boolean): Promise<void> {
  state.value = { is: "reading" };
  const answer = await sendFiles(school, {
    preview,
    skip_bad_rows: skips.value,
    dates: null,
    files: [...chosen.value],
  });
  state.value =
    answer.end === "answered"
      ? { is: "told", told: answer.answer }
      : { is: "failed", why: whyNot(answer) };
}

/** Nobody is at the desk any more. */
export function forgetFiles(): void {
  batch(() => {
    chosen.value = [];
    skips.value = false;
    state.value = { is: "none" };
  });
}
