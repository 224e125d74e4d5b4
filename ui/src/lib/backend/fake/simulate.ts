import type { ConfluenceCard, SyncProgress } from "../../bindings";
import { completeRun } from "./runs";

const RATE = 212;

export function firstStep(runId: number): SyncProgress {
  return {
    runId,
    phase: "listing",
    done: 0,
    total: null,
    pagesPerMinute: null,
    secondsLeft: null,
    space: null,
    paused: false,
  };
}

/** The progress one beat later: listing, then downloading, then embedding. Null once all is done. */
export function nextStep(sync: SyncProgress, total: number, space: string | null): SyncProgress | null {
  const beat = Math.max(1, Math.ceil(total / 40));
  const done = Math.min(total, sync.done + beat);
  const pace = { pagesPerMinute: RATE, secondsLeft: Math.round(((total - done) / RATE) * 60), space };
  if (sync.phase === "listing") {
    return done < total
      ? { ...sync, done: Math.min(total, sync.done + beat * 8) }
      : { ...sync, phase: "downloading", done: 0, total };
  }
  if (done < total) return { ...sync, ...pace, total, done };
  return sync.phase === "downloading" ? { ...sync, phase: "embedding", done: 0, total } : null;
}

/** The card when the run is over: every selected space's pages are ready, as far as the plan reaches. */
export function finished(card: ConfluenceCard, now: number): ConfluenceCard {
  const at = new Date(now).toISOString();
  let room = card.plan.limit ?? Infinity;
  const spaces = card.spaces.map((space) => {
    if (!space.selected) return space;
    const syncedPages = Math.min(room, space.pages ?? 0);
    room -= syncedPages;
    return { ...space, syncedPages, lastSyncedAt: at };
  });
  const used = spaces.reduce((sum, space) => sum + (space.selected ? space.syncedPages : 0), 0);
  const added = Math.max(0, used - card.pages.ready);
  return {
    ...card,
    spaces,
    sync: null,
    problem: null,
    plan: { ...card.plan, used },
    pages: { ...card.pages, ready: used, pending: 0 },
    lastRun: completeRun(now, {
      id: (card.lastRun?.id ?? 0) + 1,
      startedAt: at,
      endedAt: at,
      added,
      updated: 0,
      unchanged: used - added,
      expected: used,
      stored: used,
    }),
    nextRunAt: new Date(now + 6 * 3_600_000).toISOString(),
  };
}

/** How many pages the selected spaces have, as far as the plan reaches. */
export function pagesToSync(card: ConfluenceCard): number {
  const all = card.spaces.reduce((sum, space) => sum + (space.selected ? (space.pages ?? 0) : 0), 0);
  return Math.max(1, Math.min(all, card.plan.limit ?? all));
}
