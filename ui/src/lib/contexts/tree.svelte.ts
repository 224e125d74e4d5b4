import { asCommandError, type Backend } from "../backend/backend";
import type { CommandError, ContextDraft, ContextSource, SourceNode, SourceRef } from "../bindings";
import { words } from "../strings/words.svelte";
import { renewed } from "./levels";
import { keyOf, keysAbove, type Known, sent, tick, tickedBy, type Tick, ticksOf, untick } from "./ticks";

/** As many as the application lists of one level. */
export const MOST = 1000;
const TOP = "";

export type TreeRow = {
  key: string;
  node: SourceNode;
  level: number;
  /** From 1, among those of its level, of which there are `size`. */
  place: number;
  size: number;
  parent: number | null;
  isOpen: boolean;
  isLoading: boolean;
  isFailed: boolean;
};

/** The sources as a tree that is fetched level by level, and what is ticked in it. */
export class SourceTree {
  error = $state.raw<CommandError | null>(null);
  /** What a tick did that is not seen at once. */
  said = $state("");
  #levels = $state.raw<ReadonlyMap<string, readonly SourceNode[]>>(new Map());
  #open = $state.raw<ReadonlySet<string>>(new Set());
  #loading = $state.raw<ReadonlySet<string>>(new Set());
  #failed = $state.raw<ReadonlySet<string>>(new Set());
  /** What is known of sources that the tree has not shown yet. */
  readonly #named: ReadonlyMap<string, ContextSource>;
  readonly #backend: Backend;
  readonly #holder: { draft: ContextDraft | null };

  constructor(backend: Backend, holder: { draft: ContextDraft | null }, sources: readonly ContextSource[]) {
    this.#backend = backend;
    this.#holder = holder;
    this.#named = new Map(sources.map((one) => [keyOf(one.source), one]));
  }

  readonly #known: Known = $derived.by(() => {
    const children = new Map<string, SourceRef[]>();
    const parents = new Map<string, string | null>();
    for (const [key, nodes] of this.#levels) {
      children.set(
        key,
        nodes.map(({ source }) => source),
      );
      for (const { source } of nodes) parents.set(keyOf(source), key === TOP ? null : key);
    }
    return { children, parents };
  });
  readonly #nodes = $derived.by(
    () => new Map([...this.#levels.values()].flat().map((node) => [keyOf(node.source), node])),
  );
  readonly tickOf: (source: SourceRef) => Tick = $derived.by(() => ticksOf(this.#chosen, this.#known));
  readonly isLoaded: boolean = $derived.by(() => this.#levels.has(TOP));
  readonly rows: TreeRow[] = $derived.by(() => this.#rowsOf(TOP, 1, null, []));
  /** What is ticked, with all that is known of it. */
  readonly chosen: ContextSource[] = $derived.by(() => this.sent(this.#chosen).map((source) => this.#describe(source)));

  get #chosen(): readonly SourceRef[] {
    return this.#holder.draft?.sources ?? [];
  }

  sent(sources: readonly SourceRef[]): SourceRef[] {
    return sent(sources, this.#known);
  }

  async load(parent: SourceRef | null): Promise<void> {
    const key = parent === null ? TOP : keyOf(parent);
    if (this.#loading.has(key)) return;
    this.#loading = new Set([...this.#loading, key]);
    this.#failed = without(this.#failed, key);
    try {
      const nodes = await this.#backend.listSources(parent);
      this.#levels = new Map([...this.#levels, [key, nodes]]);
      if (parent === null) this.error = null;
    } catch (thrown) {
      if (parent === null) this.error = asCommandError(thrown);
      this.#failed = new Set([...this.#failed, key]);
    }
    this.#loading = without(this.#loading, key);
  }

  /** Fetches again what is in view: states and counts change in place. */
  async refresh(): Promise<void> {
    const open = this.rows.filter(({ isOpen }) => isOpen).map(({ node }) => node.source);
    for (const parent of [null, ...open]) await this.#renew(parent);
  }

  /** Opens or closes a row; what is below it is fetched when it is opened. */
  turn({ key, node }: TreeRow, open: boolean): void {
    this.#open = open ? new Set([...this.#open, key]) : without(this.#open, key);
    if (open) void (this.#levels.has(key) ? this.#renew(node.source) : this.load(node.source));
  }

  async #renew(parent: SourceRef | null): Promise<void> {
    const key = parent === null ? TOP : keyOf(parent);
    if (!this.#levels.has(key)) return;
    try {
      const now = await this.#backend.listSources(parent);
      // What came meanwhile, for other levels too, stays.
      this.#levels = new Map([...this.#levels, [key, renewed(this.#levels.get(key) ?? [], now)]]);
    } catch {
      // What is shown was true a moment ago; the next change asks again.
    }
  }

  toggle(source: SourceRef): void {
    this.said = "";
    if (this.tickOf(source) === "all") this.#untick(source);
    else this.#set(tick(this.#chosen, source, this.#known));
  }

  /** Takes a source out that may not be in the tree any more. */
  takeOut({ source, name }: ContextSource): void {
    this.#set(untick(this.#chosen, source, this.#known));
    this.said = words.tree.takenOut(name);
  }

  #untick(source: SourceRef): void {
    const by = tickedBy(source, this.#chosen, this.#known);
    if (by === null) {
      this.#set(untick(this.#chosen, source, this.#known));
      return;
    }
    const above = keysAbove(source, this.#known);
    const split = above.slice(0, above.indexOf(keyOf(by)) + 1);
    const long = split.find((key) => (this.#levels.get(key)?.length ?? 0) >= MOST);
    if (long !== undefined) {
      this.said = words.tree.firstDetail(this.#nodes.get(long)?.name ?? "");
      return;
    }
    this.#set(untick(this.#chosen, source, this.#known));
    if (by.kind === "page_tree") this.said = words.tree.withoutPage(this.#describe(by).name);
  }

  #set(sources: SourceRef[]): void {
    if (this.#holder.draft) this.#holder.draft.sources = sources;
  }

  #describe(source: SourceRef): ContextSource {
    const key = keyOf(source);
    const found = this.#nodes.get(key) ?? this.#named.get(key);
    const counts = { ready: 0, pending: 0, failed: 0, unavailable: 0 };
    return found ?? { source, name: source.path ?? key, detail: null, state: "ok", counts };
  }

  #rowsOf(key: string, level: number, parent: number | null, rows: TreeRow[]): TreeRow[] {
    const nodes = this.#levels.get(key) ?? [];
    for (const [index, node] of nodes.entries()) {
      const own = keyOf(node.source);
      const isOpen = node.hasChildren && this.#open.has(own);
      const row = { key: own, node, level, place: index + 1, size: nodes.length, parent, isOpen };
      rows.push({ ...row, isLoading: this.#loading.has(own), isFailed: this.#failed.has(own) });
      if (isOpen) this.#rowsOf(own, level + 1, rows.length - 1, rows);
    }
    return rows;
  }
}

function without(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...set].filter((other) => other !== key));
}
