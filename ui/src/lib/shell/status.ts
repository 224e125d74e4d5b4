import type { ConfluenceCard, FileSource, Overview } from "../bindings";
import { pendingFiles, searchableFiles } from "../integrations/files";
import { needsAttention } from "../integrations/run";
import { words } from "../strings/words.svelte";
import { pausedUntil, waitsForPower } from "../integrations/waiting";
import { ago, clockTime } from "../time/relative";

export type Status = { text: string; tone: "ok" | "busy" | "warn" | "bad" | "idle" };

/** The status of the rail, in a word: of Confluence where it is used, else of the files. */
export function statusOf(overview: Overview, now: number): Status {
  const { confluence: card, files } = overview;
  const text = words.status;
  const ofFiles = files.sources.length > 0 ? filesStatus(files.sources, now) : null;
  switch (card.state) {
    case "never":
      return ofFiles ?? { text: text.never, tone: "idle" };
    case "connecting":
      return { text: text.connecting, tone: "busy" };
    case "choose_site":
      return { text: text.chooseSite, tone: "busy" };
    case "reconnect_needed":
      return { text: text.reconnect, tone: "bad" };
    case "disconnected":
      return ofFiles ?? { text: text.disconnected, tone: "idle" };
    case "connected":
      return waitStatus(overview, now) ?? problemStatus(card) ?? runStatus(card) ?? restStatus(card, now);
  }
}

function waitStatus(overview: Overview, now: number): Status | null {
  const until = pausedUntil(overview, now);
  if (until) return { text: words.status.pausedUntil(clockTime(until, now)), tone: "warn" };
  if (overview.secretStore.state === "locked") return { text: words.status.locked, tone: "warn" };
  const isWaiting = waitsForPower(overview) && overview.confluence.sync === null;
  return isWaiting ? { text: words.status.battery, tone: "idle" } : null;
}

function filesStatus(sources: readonly FileSource[], now: number): Status {
  const text = words.status;
  const searchable = searchableFiles(sources);
  if (sources.some((source) => source.isScanning)) return { text: text.readingFiles(searchable), tone: "busy" };
  const pending = pendingFiles(sources);
  if (pending > 0 && pending === searchable) return { text: text.preparingFiles(pending), tone: "busy" };
  const failed = sources.reduce((sum, source) => sum + source.failed, 0);
  if (searchable === 0 && failed > 0) return { text: text.filesAttention(failed), tone: "warn" };
  const newest = sources.reduce(
    (last, { scannedAt }) => (scannedAt !== null && scannedAt > last ? scannedAt : last),
    "",
  );
  return newest === ""
    ? { text: text.filesAdded, tone: "idle" }
    : { text: text.filesRead(searchable, ago(newest, now)), tone: "ok" };
}

function problemStatus(card: ConfluenceCard): Status | null {
  if (card.problem?.code === "offline") return { text: words.status.offline, tone: "warn" };
  if (card.problem?.code === "rate_limited") return { text: words.status.waiting, tone: "warn" };
  return null;
}

function runStatus(card: ConfluenceCard): Status | null {
  const sync = card.sync;
  if (sync === null) return null;
  if (sync.paused) return { text: words.status.paused(sync.done, sync.total), tone: "warn" };
  const known = sync.total !== null && sync.phase !== "listing";
  const text = known ? words.status.syncing(sync.done, sync.total ?? 0) : words.status.listing;
  return { text, tone: "busy" };
}

function restStatus(card: ConfluenceCard, now: number): Status {
  if (needsAttention(card)) return { text: words.status.attention, tone: "warn" };
  if (card.pages.pending > 0) return { text: words.status.preparing(card.pages.pending), tone: "busy" };
  if (card.lastRun === null) return { text: words.status.notSynced, tone: "idle" };
  const when = ago(card.lastRun.endedAt ?? card.lastRun.startedAt, now);
  if (card.lastRun.status === "cancelled") return { text: words.status.cancelled(when), tone: "idle" };
  return { text: words.status.synced(when), tone: "ok" };
}
