import type { Backend } from "./backend";

/**
 * The application when the page stands in its window, the fake in a plain browser. Only one of them is loaded, and
 * what is shipped has no fake: it is left out of a build for production.
 */
export async function chooseBackend(page: Window): Promise<Backend> {
  if ("__TAURI_INTERNALS__" in page) return (await import("./tauri")).tauriBackend;
  if (import.meta.env.MODE === "production") throw new Error("This page belongs into the window of CoAgentor.");
  const { createFake } = await import("./fake");
  const { asScenario } = await import("./fake/scenarios");
  return createFake(asScenario(new URLSearchParams(page.location.search).get("scenario")));
}
