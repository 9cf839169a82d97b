import "fake-indexeddb/auto";
import { afterEach, describe, expect, it } from "vitest";
import { newDraft } from "../src/core/draft.ts";
import { frozen } from "../src/core/outbox.ts";
import { StorageFull, StoreClosed } from "../src/device/connection.ts";
import * as store from "../src/device/store.ts";
import { facts, RUIZ, submitted } from "./cast.ts";

/** These hold in any IndexedDB; durability and kills are tested in a real browser. */

const AT = "2026-10-06T15:09:00.000Z";
const draft = newDraft(RUIZ, "roll-8a", ["s01"], AT);

afterEach(async ({ task }) => {
  if (task.name.startsWith("a newer version")) return;
  await store.changeEntries(() => null);
  await store.changeDraft(draft.key, () => draft);
});

describe("the store that must not lose anything", () => {
  it("submitting takes the draft and adds the entry, or does neither", async () => {
    await store.changeDraft(draft.key, () => draft);
    const entry = submitted(facts());
    expect(await store.submitDraft(draft.key, () => entry)).toBe(entry);
    expect(await store.allDrafts()).toEqual([]);
    await store.changeDraft(draft.key, () => draft);
    await expect(store.submitDraft(draft.key, () => entry)).rejects.toThrow();
    expect(await store.allDrafts()).toHaveLength(1);
    expect(await store.allEntries()).toHaveLength(1);
  });

  it("two changes at once follow one another, each on the newest draft", async () => {
    await store.changeDraft(draft.key, () => draft);
    const add = (id: string) =>
      store.changeDraft(draft.key, (old) => old && { ...old, shown: [...old.shown, id] });
    await Promise.all([add("s02"), add("s03"), add("s04")]);
    expect((await store.allDrafts())[0]?.shown).toEqual(["s01", "s02", "s03", "s04"]);
  });

  it("an undo brings the draft back, unless the entry may have left", async () => {
    const entry = { ...submitted(facts()), undo: draft };
    await store.submitDraft(draft.key, () => entry);
    expect(await store.takeBack(entry.id, draft.key)).toBe(true);
    expect(await store.allEntries()).toEqual([]);
    expect(await store.allDrafts()).toEqual([draft]);
    await store.submitDraft(draft.key, () => entry);
    await store.changeEntries(frozen);
    expect(await store.takeBack(entry.id, draft.key)).toBe(false);
    expect(await store.allEntries()).toHaveLength(1);
  });

  it("a connection that died in the background is opened anew", async () => {
    await store.allEntries();
    await store.closeStore();
    expect(await store.allEntries()).toEqual([]);
  });

  it("DF6 a full tablet says so and changes nothing", async () => {
    await store.changeDraft(draft.key, () => draft);
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
    const change = store.changeDraft(draft.key, (old) => old && { ...old, shown: [] });
    await expect(change).rejects.toBeInstanceOf(StorageFull);
    IDBObjectStore.prototype.put = put;
    expect((await store.allDrafts())[0]?.shown).toEqual(["s01"]);
  });

  it("a newer version that needs the store gets it, and this tab must reload", async () => {
    await store.allEntries();
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("rollbook-outbox", 2);
      opening.onsuccess = () => resolve(opening.result);
      opening.onblocked = () => reject(new Error("blocked"));
    });
    await expect(store.allEntries()).rejects.toBeInstanceOf(StoreClosed);
    newer.close();
    indexedDB.deleteDatabase("rollbook-outbox");
  });
});
