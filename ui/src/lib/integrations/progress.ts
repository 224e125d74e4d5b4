import type { SyncProgress } from "../bindings";
import { locale, words } from "../strings/words.svelte";
import { left } from "../time/relative";

/** 0 to 1, or null while the end is not known. */
export function fraction(sync: SyncProgress): number | null {
  if (sync.total === null || sync.phase === "listing") return null;
  if (sync.total === 0) return 1;
  return Math.min(1, Math.max(0, sync.done / sync.total));
}

/** "Embedding · 340 of 1,200 pages · Platform Runbooks" */
export function progressWhat(sync: SyncProgress): string {
  const amount =
    sync.total === null || sync.phase === "listing"
      ? words.progress.found(sync.done)
      : words.progress.of(sync.done, sync.total);
  return [words.progress.phases[sync.phase], amount, sync.space].filter(Boolean).join(" · ");
}

/** "212 pages a minute · 4 min left"; empty while nothing is known. */
export function progressPace(sync: SyncProgress): string {
  if (sync.paused) return words.progress.paused;
  const rate = sync.pagesPerMinute === null || sync.pagesPerMinute < 1 ? null : Math.round(sync.pagesPerMinute);
  return [rate === null ? null : words.progress.rate(rate), sync.secondsLeft === null ? null : left(sync.secondsLeft)]
    .filter((part) => part !== null)
    .join(" · ");
}

function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent" }).format(share);
}

/** What a screen reader is told: a new sentence for a new phase and for every quarter, not for every page. */
export function spokenProgress(sync: SyncProgress): string {
  const part = fraction(sync);
  const phase = words.progress.phases[sync.phase];
  if (sync.paused) return words.progress.paused;
  return part === null ? phase : `${phase}, ${percent(Math.floor(part * 4) / 4)}`;
}
