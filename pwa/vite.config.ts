import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const TARGET = ["safari16.4", "chrome109", "firefox115"];

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** The office desk works online only, so a tablet does not carry what only it needs. */
function isForTheTablet(path: string, officeOnly: ReadonlySet<string>): boolean {
  return (
    path !== "sw.js" &&
    !path.startsWith("office/") &&
    !path.startsWith(".") &&
    !path.endsWith(".map") &&
    !officeOnly.has(path)
  );
}

/** Follows one page's chunks to all that it can load. */
function reach(bundle: Readonly<Record<string, Output>>, start: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const output = bundle[name];
    if (output?.type !== "chunk") continue;
    const { importedAssets, importedCss } = output.viteMetadata ?? {};
    waiting.push(...output.imports, ...output.dynamicImports);
    waiting.push(...(importedAssets ?? []), ...(importedCss ?? []));
  }
  return seen;
}

interface Output {
  readonly type: string;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly facadeModuleId?: string | null;
  readonly viteMetadata?: {
    readonly importedAssets?: Iterable<string>;
    readonly importedCss?: Iterable<string>;
  };
}

/**
 * Builds src/worker/sw.ts into one plain script at /sw.js, after the pages, so that it can carry
 * the list of all that the teacher's page needs offline (`__PRECACHE__`, URLs from the root) and
 * one revision over their contents (`__BUILD__`). The same sources give the same revision.
 */
function serviceWorker(): Plugin {
  const officeOnly = new Set<string>();
  return {
    name: "rollbook:service-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const outputs = bundle as unknown as Record<string, Output>;
      const entries = Object.entries(outputs).filter(([, output]) => output.facadeModuleId);
      const page = (end: string) =>
        entries.filter(([, { facadeModuleId }]) => facadeModuleId?.endsWith(end)).map(([n]) => n);
      const teacher = reach(outputs, page("pwa/index.html"));
      for (const name of reach(outputs, page("office/index.html")))
        if (!teacher.has(name)) officeOnly.add(name);
    },
    async closeBundle() {
      const dist = join(here, "dist");
      const revision = createHash("sha256");
      const precache: string[] = [];
      for (const path of filesUnder(dist)) {
        const name = relative(dist, path).replaceAll("\\", "/");
        if (!isForTheTablet(name, officeOnly)) continue;
        precache.push(name === "index.html" ? "/" : `/${name}`);
        revision.update(name).update("\0").update(readFileSync(path));
      }
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        define: {
          __PRECACHE__: JSON.stringify(precache),
          __BUILD__: JSON.stringify(revision.digest("hex").slice(0, 12)),
        },
        build: {
          target: TARGET,
          outDir: dist,
          emptyOutDir: false,
          rolldownOptions: {
            input: join(here, "src/worker/sw.ts"),
            output: { format: "iife", entryFileNames: "sw.js", codeSplitting: false },
          },
        },
      });
    },
  };
}

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** What a module loads at once, and all that loads in turn. */
function loadedWith(start: string, modules: Modules): Set<string> {
  const seen = new Set<string>();
  const waiting = [join(here, "src", start)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}

/** Vite's lines that fetch a part later, and the parts' styles, which each page's own come after. */
const FIRST = /vite\/preload-helper|ui\/parts\.css$/u;
const SCRIPTS = ["first", "shared", "page"] as const;

/**
 * The teacher's page in three scripts, where each of its modules alone would weigh more: what finds
 * the language and has no words, what the office desk has too, and the rest of what shows first.
 */
function teachersScripts() {
  let sets: readonly Set<string>[] | null = null;
  const scriptOf = (id: string, modules: Modules): (typeof SCRIPTS)[number] | null => {
    const starts = ["device/language.ts", "office/start.tsx", "teacher/start.tsx"];
    sets ??= starts.map((start) => loadedWith(start, modules));
    const [first, office, page] = sets;
    if (first?.has(id) || FIRST.test(id)) return "first";
    if (!page?.has(id)) return null;
    return office?.has(id) ? "shared" : "page";
  };
  return SCRIPTS.map((script, at) => ({
    name: (id: string, modules: Modules) => (scriptOf(id, modules) === script ? script : null),
    priority: SCRIPTS.length - at,
  }));
}

export default defineConfig({
  root: here,
  base: "/",
  plugins: [serviceWorker()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: TARGET,
    outDir: "dist",
    emptyOutDir: true,
    // The content security policy allows neither inline script nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { teacher: join(here, "index.html"), office: join(here, "office/index.html") },
      output: {
        codeSplitting: { groups: teachersScripts() },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
