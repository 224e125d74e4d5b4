import type { FileSource, Overview, PageCounts, SourceNode, SourceRef, SourceState, SpaceRow } from "../../bindings";
import { acme } from "./scenarios";

const topics = [
  "Incidents",
  "Releases",
  "Onboarding",
  "Budget",
  "Design reviews",
  "Access",
  "Migrations",
  "休暇の申請",
];
const below = ["Checklist", "Runbook", "التعامل مع الحوادث", "Decisions"];
const folders = ["Contracts", "Travel"];
const files = ["Travel & expenses.docx", "Welcome.md", "価格表.xlsx"];

const counts = (ready: number, other: Partial<PageCounts> = {}): PageCounts => ({
  ready,
  pending: 0,
  failed: 0,
  unavailable: 0,
  ...other,
});

const none: SourceRef = { kind: "site", siteId: null, spaceId: null, pageId: null, path: null };

function pageRef(spaceId: string, pageId: string): SourceRef {
  return { ...none, kind: "page_tree", siteId: acme.id, spaceId, pageId };
}

/** Children of a page by its number, such as `102.3.1`: three levels, the last without any. */
function childCount(pageId: string): number {
  const steps = pageId.split(".").slice(1).map(Number);
  const last = steps.at(-1) ?? 0;
  if (steps.length === 1) return last % 3 === 2 ? 0 : 4;
  return steps.length === 2 && last === 0 ? 2 : 0;
}

function pagesBelow(pageId: string): number {
  const children = Array.from({ length: childCount(pageId) }, (_, index) => pagesBelow(`${pageId}.${index}`));
  return children.reduce((sum, count) => sum + count, 1);
}

function titleOf(pageId: string): string {
  const steps = pageId.split(".").slice(1).map(Number);
  const last = steps.at(-1) ?? 0;
  if (steps.length > 1) return `${below[last % below.length]} ${steps.map((step) => step + 1).join(".")}`;
  const odd = "Everything about the billing platform that was written down between two reorganisations and never since";
  return last === 5 ? odd : `${topics[last % topics.length]}${last < topics.length ? "" : ` ${last + 1}`}`;
}

/** The pretended sites, spaces, pages and files, as a tree. */
export class FakeTree {
  readonly #overview: Overview;
  readonly #long: boolean;

  constructor(overview: Overview, long: boolean) {
    this.#overview = overview;
    this.#long = long;
  }

  children(parent: SourceRef | null): SourceNode[] {
    if (parent === null) return this.#roots();
    if (parent.kind === "site") return this.#stored().map((space) => this.#node(this.#spaceRef(space)));
    const { spaceId, pageId } = parent;
    if (parent.kind === "space" && spaceId !== null)
      return this.#pages(spaceId, spaceId, this.#long && spaceId === "101" ? 1000 : 8);
    if (parent.kind === "page_tree" && spaceId !== null && pageId !== null)
      return this.#pages(spaceId, pageId, childCount(pageId));
    return parent.kind === "folder" && parent.path !== null ? this.#inFolder(parent.path) : [];
  }

  /** What is known of a source, also of one that the tree no longer has. */
  known(source: SourceRef): Omit<SourceNode, "hasChildren"> {
    const { name, detail, counts: own, state } = this.#node(source);
    return { source, name, detail, counts: own, state };
  }

  #roots(): SourceNode[] {
    const { confluence: card, files: added } = this.#overview;
    const site = card.pages.ready > 0 && card.site ? [this.#node({ ...none, siteId: card.site.id })] : [];
    return [...site, ...added.sources.map((source) => this.#node(fileRef(source)))];
  }

  #stored(): SpaceRow[] {
    return this.#overview.confluence.spaces.filter((space) => space.syncedPages > 0);
  }

  #spaceRef(space: SpaceRow): SourceRef {
    return { ...none, kind: "space", siteId: acme.id, spaceId: space.id };
  }

  #pages(spaceId: string, above: string, count: number): SourceNode[] {
    return Array.from({ length: count }, (_, index) => this.#node(pageRef(spaceId, `${above}.${index}`)));
  }

  #inFolder(path: string): SourceNode[] {
    const isDeep = folders.some((name) => path.endsWith(`/${name}`));
    const inner = isDeep ? [] : folders.map((name) => ({ ...none, kind: "folder" as const, path: `${path}/${name}` }));
    const own = files.map((name) => ({ ...none, kind: "file" as const, path: `${path}/${name}` }));
    return [...inner, ...own].map((ref) => this.#node(ref));
  }

  #node(source: SourceRef): SourceNode {
    if (source.kind === "site") return this.#site(source);
    if (source.kind === "space") return this.#space(source);
    return source.kind === "page_tree" ? this.#page(source) : this.#file(source);
  }

  #linked(): SourceState {
    return this.#overview.confluence.state === "connected" ? "ok" : "disconnected";
  }

  #site(source: SourceRef): SourceNode {
    const { site, pages } = this.#overview.confluence;
    const name = site?.name ?? source.siteId ?? "";
    return { source, name, detail: site?.url ?? null, state: this.#linked(), counts: pages, hasChildren: true };
  }

  #space(source: SourceRef): SourceNode {
    const space = this.#overview.confluence.spaces.find(({ id }) => id === source.spaceId);
    const state = space === undefined ? "removed" : space.selected ? this.#linked() : "deselected";
    return {
      source,
      name: space?.name ?? "Old wiki of the Lisbon office",
      detail: space?.key ?? null,
      state,
      counts: counts(space?.syncedPages ?? 0, state === "deselected" ? { unavailable: 88 } : {}),
      hasChildren: state !== "removed",
    };
  }

  #page(source: SourceRef): SourceNode {
    const id = source.pageId ?? "";
    const space = this.#overview.confluence.spaces.find((row) => row.id === source.spaceId);
    return {
      source,
      name: titleOf(id),
      detail: space?.name ?? null,
      state: this.#linked(),
      counts: counts(pagesBelow(id)),
      hasChildren: childCount(id) > 0,
    };
  }

  #file(source: SourceRef): SourceNode {
    const path = source.path ?? "";
    const added = this.#overview.files.sources.find((row) => row.path === path);
    const isBelow = this.#overview.files.sources.some((row) => path.startsWith(`${row.path}/`));
    const { ready = source.kind === "folder" ? 3 : 1, pending = 0, failed = 0, unavailable = 0 } = added ?? {};
    const state = added?.isMissing ? "missing" : added || isBelow ? "ok" : "removed";
    return {
      source,
      name: path.split("/").at(-1) ?? path,
      detail: path,
      state,
      counts: state === "removed" ? counts(0) : { ready, pending, failed, unavailable },
      hasChildren: source.kind === "folder" && state !== "removed",
    };
  }
}

function fileRef({ path }: FileSource): SourceRef {
  return { ...none, kind: /\.[a-z]{2,4}$/.test(path) ? "file" : "folder", path };
}

export const spaceSource = (spaceId: string): SourceRef => ({ ...none, kind: "space", siteId: acme.id, spaceId });
export const folderSource = (path: string): SourceRef => ({ ...none, kind: "folder", path });
export const pageSource = pageRef;
