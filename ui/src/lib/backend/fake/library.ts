import type { ConfluenceCard, PageFilter, PagePart, PageRow } from "../../bindings";

const HOUR = 3_600_000;
const topics = ["Incident", "Release", "Onboarding", "Budget", "Design review", "Data contract", "Access", "Migration"];
const kinds = ["checklist", "runbook", "minutes", "decision", "how-to", "overview", "glossary"];
/** Titles as long, and in as many scripts, as wikis have them. */
const odd = [
  "インシデント対応の手引きと連絡先一覧（社外秘・取扱注意）二〇二六年度第一四半期改訂版",
  "إجراءات التعامل مع الحوادث والتصعيد في المكاتب الإقليمية",
  "Minutes of the architecture forum on the future of the billing platform, including all appendices and every open question",
  "בדיקת מוכנות: runbook ל-Kubernetes",
  "Rückstellungs-Überprüfungs-Checkliste (Größe & Maß)",
];
const losses = [
  ["Macro “jira”: 3 tables of tickets", "1 picture without a description"],
  ["Embedded video"],
  ["Macro “drawio-sketch”: a diagram", "2 emoticons"],
];

type Space = { key: string; pages: number };

/** The spaces that hold pages, each with how many. */
function spacesOf(card: ConfluenceCard): Space[] {
  const stored = card.spaces.filter((space) => space.syncedPages > 0);
  if (stored.length > 0) return stored.map(({ key, syncedPages }) => ({ key, pages: syncedPages }));
  return [{ key: "OPS", pages: card.pages.ready + card.pages.pending }];
}

function titleOf(index: number): string {
  if (index % 97 < odd.length) return `${odd[index % 97]} ${index + 1}`;
  return `${topics[index % topics.length]} ${kinds[Math.floor(index / 8) % kinds.length]} ${index + 1}`;
}

function stateOf(index: number, card: ConfluenceCard): PageRow["state"] {
  const { failed, pending, unavailable } = card.pages;
  const all = card.pages.ready + failed + pending + unavailable;
  if (index < failed) return "failed";
  if (index < failed + unavailable) return "unavailable";
  return index >= all - pending ? "pending" : "ready";
}

const reasons: Partial<Record<PageRow["state"], string>> = {
  failed: "Confluence answered with an error three times (503).",
  unavailable: "You can't see this page any more (404).",
};

function rowOf(index: number, spaceKey: string, card: ConfluenceCard, now: number): PageRow {
  const state = stateOf(index, card);
  const isWhole = index % 5 !== 1;
  return {
    pageId: String(900_000 + index),
    title: titleOf(index),
    spaceKey,
    state,
    version: 1 + (index % 23),
    syncedAt: state === "failed" ? null : new Date(now - (12 / 60 + (index % 50)) * HOUR).toISOString(),
    url: `https://acme.atlassian.net/wiki/spaces/${spaceKey}/pages/${900_000 + index}`,
    reason: reasons[state] ?? null,
    keptShare: isWhole ? 1 : 1 - ((index % 17) + 1) / 100,
    losses: isWhole ? [] : (losses[index % losses.length] ?? []),
  };
}

/** Every page of the card, by title. */
export function libraryOf(card: ConfluenceCard, now: number): PageRow[] {
  const spaces = spacesOf(card);
  const all = card.pages.ready + card.pages.pending + card.pages.failed + card.pages.unavailable;
  const key = (index: number) => spaces[index % spaces.length]?.key ?? "OPS";
  const rows = Array.from({ length: all }, (_, index) => rowOf(index, key(index), card, now));
  return rows.sort((a, b) => (a.title < b.title ? -1 : 1));
}

export function partOf(pages: readonly PageRow[], filter: PageFilter, offset: number, limit: number): PagePart {
  const wanted = filter.text.trim().toLowerCase();
  const fits = pages.filter(
    (page) =>
      (filter.spaceKey === null || page.spaceKey === filter.spaceKey) &&
      (filter.state === null || page.state === filter.state) &&
      page.title.toLowerCase().includes(wanted),
  );
  return { total: fits.length, rows: fits.slice(offset, offset + Math.min(500, limit)) };
}
