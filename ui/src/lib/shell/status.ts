import type { ConfluenceCard } from "../bindings";
import { needsAttention } from "../integrations/run";
import { words } from "../strings/en";
import { ago } from "../time/relative";

export type Status = { text: string; tone: "ok" | "busy" | "warn" | "bad" | "idle" };

/** The sync status of the rail, in a word. */
export function statusOf(card: ConfluenceCard, now: number): Status {
  const text = words.status;
  switch (card.state) {
    case "never":
      return { text: text.never, tone: "idle" };
    case "connecting":
      return { text: text.connecting, tone: "busy" };
    case "choose_site":
      return { text: text.chooseSite, tone: "busy" };
    case "reconnect_needed":
      return { text: text.reconnect, tone: "bad" };
    case "disconnected":
      return { text: text.disconnected, tone: "idle" };
    case "connected":
      return problemStatus(card) ?? runStatus(card) ?? restStatus(card, now);
  }
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
