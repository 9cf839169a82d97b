import { defineConfig } from "vitest/config";

/** Unit tests run in Node; what needs a browser is tested by Playwright in ../tests/browser. */
export default defineConfig({
  define: { __PRECACHE__: "[]", __BUILD__: '"test"' },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    environment: "node",
    passWithNoTests: false,
    restoreMocks: true,
    reporters: ["default"],
  },
});
