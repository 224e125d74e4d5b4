import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/svelte";
import { afterEach, beforeEach, vi } from "vitest";

// Nothing here measures time: a slow machine may take as long as it needs.
configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, "", "#/");
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
