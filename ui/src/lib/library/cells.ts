import type { PageRow } from "../bindings";
import { locale, words } from "../strings/words.svelte";
import type { Tone } from "../integrations/card";
import type { PageState } from "./page-state";

const tones: Record<PageState, Tone | "plain"> = {
  ready: "plain",
  pending: "busy",
  failed: "bad",
  unavailable: "warn",
};

export function stateCell(page: PageRow): { text: string; tone: Tone | "plain" } {
  return { text: words.library.states[page.state] ?? page.state, tone: tones[page.state] ?? "plain" };
}

/** "All", or the share that was kept: never rounded up to all. */
export function keptCell(page: PageRow): string {
  if (page.keptShare >= 1 && page.losses.length === 0) return words.library.keptAll;
  const share = Math.floor(Math.min(1, Math.max(0, page.keptShare)) * 100) / 100;
  return new Intl.NumberFormat(locale(), { style: "percent" }).format(share);
}

export function keptWords(page: PageRow): string {
  return page.keptShare >= 1 ? words.library.lossless : words.library.kept(keptCell(page));
}
