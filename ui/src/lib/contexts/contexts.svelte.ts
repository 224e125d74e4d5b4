import type { Backend } from "../backend/backend";
import type { AppEvent, ContextDraft, ContextSource, ContextView } from "../bindings";
import { coalesce } from "../state/coalesce";
import { Drafting } from "../state/draft.svelte";
import { Listing } from "../state/listing.svelte";
import { SourceTree } from "./tree.svelte";

const GAP_MS = 1000;
/** What a tree of sources shows changes with these. */
const sourceKinds: readonly AppEvent["kind"][] = ["pages", "files", "spaces", "connection"];

const fresh: ContextDraft = { name: "", colour: "blue", forAllAgents: false, agentIds: [], sources: [] };

/** The room of contexts: all of them, and the one that is being changed. */
export class ContextsModel extends Drafting<ContextDraft> {
  readonly list: Listing<ContextView[]>;
  tree = $state.raw<SourceTree | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
    this.list = new Listing(() => backend.listContexts());
  }

  watch(): () => void {
    const kinds = ["contexts", "agents", "pages", "files", "spaces", "connection"] as const;
    const lists = this.list.watch(this.#backend, kinds, GAP_MS);
    const again = coalesce(async () => this.tree?.refresh(), GAP_MS);
    const tree = this.#backend.onEvent(({ kind }) => this.draft && sourceKinds.includes(kind) && again());
    return () => [lists, tree].forEach((stop) => stop());
  }

  make = (): void => this.#open(null, { ...fresh }, []);

  edit = ({ id, name, colour, forAllAgents, agents, sources }: ContextView): void => {
    const agentIds = forAllAgents ? [] : agents.map((agent) => agent.id);
    this.#open(id, { name, colour, forAllAgents, agentIds, sources: sources.map(({ source }) => source) }, sources);
  };

  protected override asSent(draft: ContextDraft): ContextDraft {
    return { ...super.asSent(draft), sources: this.tree?.sent(draft.sources) ?? draft.sources };
  }

  protected async keep(id: number | null, draft: ContextDraft): Promise<number> {
    if (id === null) return this.#backend.createContext(draft);
    await this.#backend.updateContext(id, draft);
    return id;
  }

  protected forget(id: number): Promise<void> {
    return this.#backend.deleteContext(id);
  }

  #open(id: number | null, draft: ContextDraft, sources: readonly ContextSource[]): void {
    this.begin(id, draft);
    this.tree = new SourceTree(this.#backend, this, sources);
    void this.tree.load(null);
  }
}
