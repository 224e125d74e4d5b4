import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  build: {
    // The oldest web views that the supported systems bring.
    target: ["chrome111", "safari16.4"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["./tests/setup.ts"],
    env: { TZ: "UTC", DEBUG_PRINT_LIMIT: "0" },
    testTimeout: 60_000,
    restoreMocks: true,
  },
}));
