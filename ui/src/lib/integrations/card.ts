import type { ConfluenceCard } from "../bindings";
import { words } from "../strings/words.svelte";
import { needsAttention } from "./run";

export type Tone = "ok" | "busy" | "warn" | "bad";
export type Badge = { text: string; tone: Tone };

const badges = words.integrations.badge;

/** The state badge beside the card's name, or none. */
export function badgeOf(card: ConfluenceCard): Badge | null {
  switch (card.state) {
    case "never":
    case "disconnected":
      return null;
    case "connecting":
      return { text: badges.connecting, tone: "busy" };
    case "choose_site":
      return { text: badges.chooseSite, tone: "busy" };
    case "reconnect_needed":
      return { text: badges.reconnect, tone: "bad" };
    case "connected":
      return connectedBadge(card);
  }
}

function connectedBadge(card: ConfluenceCard): Badge {
  if (card.sync?.paused) return { text: badges.paused, tone: "warn" };
  if (card.sync) return { text: badges.syncing, tone: "busy" };
  if (needsAttention(card)) return { text: badges.attention, tone: "warn" };
  return { text: badges.connected, tone: "ok" };
}

/** All pages that are kept here, whatever their state. */
export function storedPages(card: ConfluenceCard): number {
  return card.pages.ready + card.pages.pending;
}

/** `https://acme.atlassian.net/wiki` as `acme.atlassian.net`. */
export function hostOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, "").replace(/[/?#].*$/, "");
}

/** The one line under the card's name. */
export function lineOf(card: ConfluenceCard): string {
  const text = words.integrations;
  switch (card.state) {
    case "reconnect_needed":
      return [text.reconnectLine, text.reconnectKept(storedPages(card))].filter(Boolean).join(" ");
    case "disconnected":
      return storedPages(card) === 0
        ? text.disconnectedEmpty
        : text.disconnectedLine(storedPages(card), card.site?.name ?? text.confluence);
    case "connected":
      return card.kind === "sample"
        ? text.sampleLine
        : text.connectedLine(card.site ? hostOf(card.site.url) : text.confluence, card.account);
    default:
      return text.readOnly;
  }
}
