import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { keyByDevice, keyByPin, lockByPin, newKey } from "../src/device/keys.ts";
import { keptNote, readNotes, wordsOf } from "../src/device/notes.ts";
import { seal, sealNote, unseal } from "../src/device/seal.ts";
import * as vault from "../src/device/vault.ts";
import { RUIZ } from "./cast.ts";

/** These hold in any WebCrypto; that nothing lies in clear on a disk is tested in a real browser. */

const PIN = "271828";

beforeEach(vault.forgetAll);

describe("the keys to the names", () => {
  it("O7 what is sealed opens only with its key and under its own name", async () => {
    const key = await newKey(RUIZ);
    const sealed = await seal(key, "ruiz/facts", { name: "Castellanos" });
    expect(new TextDecoder().decode(sealed.data)).not.toContain("Castellanos");
    expect(await unseal(key, "ruiz/facts", sealed)).toEqual({ name: "Castellanos" });
    await expect(unseal(key, "ruiz/sections", sealed)).rejects.toThrow();
    await expect(unseal(await newKey("okafor"), "ruiz/facts", sealed)).rejects.toThrow();
  });

  it("a PIN takes the tablet's own way in away, and opens the same key", async () => {
    const sealed = await seal(await newKey(RUIZ), "x", "names");
    expect(await lockByPin(RUIZ, PIN)).toBe(true);
    expect(await keyByDevice(RUIZ)).toBeNull();
    const tried = await keyByPin(RUIZ, PIN);
    expect(tried.end === "open" && (await unseal(tried.key, "x", sealed))).toBe("names");
  });

  it("T1 the fifth wrong PIN deletes the key, and the right one comes too late", async () => {
    await newKey(RUIZ);
    await lockByPin(RUIZ, PIN);
    for (const left of [4, 3, 2, 1])
      expect(await keyByPin(RUIZ, "999001")).toEqual({ end: "wrong", left });
    expect(await keyByPin(RUIZ, "999001")).toEqual({ end: "gone" });
    expect(await keyByPin(RUIZ, PIN)).toEqual({ end: "gone" });
  }, 30_000);

  it("T1 a right PIN gives all five tries back", async () => {
    await newKey(RUIZ);
    await lockByPin(RUIZ, PIN);
    await keyByPin(RUIZ, "999001");
    await keyByPin(RUIZ, PIN);
    expect(await keyByPin(RUIZ, "999001")).toEqual({ end: "wrong", left: 4 });
  }, 30_000);

  it("another PIN needs the former one", async () => {
    await newKey(RUIZ);
    await lockByPin(RUIZ, PIN);
    expect(await lockByPin(RUIZ, "602214", "999001")).toBe(false);
    expect(await lockByPin(RUIZ, "602214", PIN)).toBe(true);
    expect((await keyByPin(RUIZ, "602214")).end).toBe("open");
  }, 30_000);
});

describe("notes on the tablet", () => {
  it("O8 are kept sealed, and in words only while their author is in", async () => {
    await vault.begin(RUIZ);
    const kept = await keptNote("left with the nurse");
    expect(kept).not.toContain("nurse");
    expect(wordsOf(kept)).toBe("left with the nurse");
    vault.close();
    expect(wordsOf(kept)).toBeNull();
    await vault.follow(RUIZ);
    await readNotes([kept]);
    expect(wordsOf(kept)).toBe("left with the nurse");
  });

  it("O8 cannot be read by the next person, nor by her after her key is gone", async () => {
    await vault.begin(RUIZ);
    const kept = await keptNote("left with the nurse");
    await vault.begin("staff-okafor");
    await readNotes([kept]);
    expect(wordsOf(kept)).toBeNull();
    await vault.forgetNames(RUIZ);
    await vault.begin(RUIZ);
    await readNotes([kept]);
    expect(wordsOf(kept)).toBeNull();
  });

  it("O8 go to the school in the form that its server opens, never twice the same", async () => {
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const pair = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const to = {
      key_id: "0193a4c2-0000-7000-8000-0000000000ff",
      public: Buffer.from(point).toString("base64url"),
    };
    const ids = ["0193a4c2-0000-7000-8000-000000000000", "0193a4c2-0000-7000-8000-000000000001"];
    const [first, again] = await Promise.all(
      [1, 2].map(() => sealNote(to, "bus", ids[0] ?? "", ids[1] ?? "")),
    );
    const bytes = Buffer.from(first ?? "", "base64url");
    expect(bytes.length).toBe(1 + 16 + 65 + 12 + 3 + 16);
    expect(bytes[0]).toBe(1);
    expect(bytes.subarray(1, 17).toString("hex")).toBe(to.key_id.replaceAll("-", ""));
    expect(bytes[17]).toBe(4);
    expect(first).not.toBe(again);
  });
});
