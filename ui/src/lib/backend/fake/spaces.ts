import type { SpaceRow } from "../../bindings";

const MINUTE = 60_000;

function row(id: number, key: string, name: string, pages: number, synced: number, syncedAt: string | null): SpaceRow {
  return { id: String(id), key, name, selected: synced > 0, pages, syncedPages: synced, lastSyncedAt: syncedAt };
}

/** The spaces of a made-up company; `synced` says whether the first five hold pages. */
export function someSpaces(now: number, synced: boolean): SpaceRow[] {
  const at = (minutes: number) => new Date(now - minutes * MINUTE).toISOString();
  const had = (pages: number) => (synced ? pages : 0);
  const when = (minutes: number) => (synced ? at(minutes) : null);
  return [
    row(101, "CH", "Customer Handbook", 212, had(212), when(12)),
    row(102, "ENG", "Engineering", 604, had(604), when(12)),
    row(103, "OPS", "Platform Runbooks", 257, had(257), when(12)),
    row(104, "HRJP", "採用と人事", 127, had(127), when(12)),
    row(105, "MENA", "دليل العمليات الإقليمية", 41, had(41), when(13)),
    row(106, "FIN", "Finance", 88, 0, null),
    row(107, "LEGAL", "Legal and Contracts", 63, 0, null),
    row(108, "DES", "Design System", 149, 0, null),
    row(109, "SEC", "Security", 96, 0, null),
    row(110, "PEOPLE", "People and Process", 174, 0, null),
    row(111, "SALES", "Sales Playbook", 233, 0, null),
    row(112, "DATA", "Data Platform", 318, 0, null),
    row(113, "QA", "Quality", 72, 0, null),
    row(114, "MOB", "Mobile Apps", 191, 0, null),
    row(
      115,
      "ARCH",
      "Architecture Decisions, Requests for Comments and Everything Else That Nobody Dared to Delete",
      402,
      0,
      null,
    ),
    row(116, "ONB", "Onboarding", 38, 0, null),
    row(117, "SUP", "Support", 520, 0, null),
    row(118, "FAC", "Büro & Gebäude", 24, 0, null),
  ];
}

/** Thousands of spaces, as a large company has them. */
export function manySpaces(count: number): SpaceRow[] {
  const topics = [
    "Platform",
    "Billing",
    "Search",
    "Checkout",
    "Identity",
    "Logistics",
    "Reporting",
    "Partner",
    "Mobile",
    "Growth",
  ];
  const kinds = ["Runbooks", "Handbook", "Decisions", "Notes", "Planning", "Archive", "Research", "Onboarding"];
  return Array.from({ length: count }, (_, index) => {
    const name = `${topics[index % topics.length]} ${kinds[Math.floor(index / 7) % kinds.length]} ${index + 1}`;
    const pages = index % 9 === 0 ? null : (index * 37) % 900;
    return {
      id: String(10_000 + index),
      key: `S${index + 1}`,
      name,
      selected: index % 50 === 0,
      pages,
      syncedPages: 0,
      lastSyncedAt: null,
    };
  });
}
