import type { ConfluenceCard, RunSummary } from "../bindings";
import { sentence } from "../strings/sentence";
import { words } from "../strings/words.svelte";
import { ago, clockTime } from "../time/relative";

/** The last run left something undone. */
export function needsAttention(card: ConfluenceCard): boolean {
  const status = card.lastRun?.status;
  return card.state === "connected" && card.sync === null && (status === "partial" || status === "failed");
}

function changes(run: RunSummary): string {
  const parts = [
    run.added > 0 && words.run.added(run.added),
    run.updated > 0 && words.run.updated(run.updated),
    run.moved > 0 && words.run.moved(run.moved),
    run.removed > 0 && words.run.removed(run.removed),
  ].filter((part) => part !== false);
  return parts.length === 0 ? words.run.unchanged : parts.join(", ");
}

/** "Synced 12 min ago: 3 added, 2 updated" */
export function lastRunWords(run: RunSummary | null, now: number): string {
  if (run === null) return words.run.none;
  const when = ago(run.endedAt ?? run.startedAt, now);
  if (run.status === "cancelled") return words.run.cancelled(when);
  if (run.status === "failed" || run.status === "running") return words.run.tried(when);
  return `${words.run.last(when)}: ${changes(run)}`;
}

export function nextRunWords(card: ConfluenceCard, now: number): string {
  return card.nextRunAt === null ? "" : words.run.next(clockTime(card.nextRunAt, now));
}

export type RunReport = { title: string; message: string; hint: string | null };

/** What a run that needs attention says of itself. */
export function runReport(run: RunSummary): RunReport {
  const missing = run.failed.length;
  // A space that could not be listed has pages that nobody counted.
  const partial =
    missing > 0 && missing <= run.expected ? words.run.partial(missing, run.expected) : words.run.partialPlain;
  return {
    title: run.status === "failed" ? words.run.failed : partial,
    message: [sentence(run.message ?? ""), words.run.nothingRemoved].filter(Boolean).join(" "),
    hint: run.hint,
  };
}
