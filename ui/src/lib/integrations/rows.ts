import type { SpaceRow } from "../bindings";
import { number, words } from "../strings/words.svelte";
import { ago } from "../time/relative";

export type Cell = { text: string; tone: "plain" | "accent" | "warn" };

/** "257", "13 of 257" where the rest is not here yet, or a dash. */
export function pagesCell(space: SpaceRow): { text: string; label: string } {
  if (space.pages === null) return { text: "–", label: words.spaces.unknownPages };
  const some = space.selected && space.syncedPages > 0 && space.syncedPages < space.pages;
  const text = some ? `${number(space.syncedPages)} / ${number(space.pages)}` : number(space.pages);
  return { text, label: some ? words.spaces.partOf(space.syncedPages, space.pages) : text };
}

/** The last column: when the space was read, or what a save or the run under way does to it. */
export function lastCell(space: SpaceRow, chosen: boolean, syncingSpace: string | null, now: number): Cell {
  if (space.selected && !chosen && space.syncedPages > 0) return { text: words.spaces.leaves, tone: "warn" };
  if (!space.selected && chosen) return { text: words.spaces.joins, tone: "accent" };
  if (space.selected && syncingSpace === space.name) return { text: words.spaces.syncing, tone: "accent" };
  if (!chosen && space.syncedPages > 0) return { text: words.spaces.kept, tone: "plain" };
  return { text: space.lastSyncedAt === null ? words.spaces.never : ago(space.lastSyncedAt, now), tone: "plain" };
}
