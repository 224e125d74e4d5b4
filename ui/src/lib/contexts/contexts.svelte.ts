import type { Backend } from "../backend/backend";
import type { ContextDraft, ContextSource, ContextView } from "../bindings";
import { Drafting } from "../state/draft.svelte";
import { Listing } from "../state/listing.svelte";
import { SourceTree } from "./tree.svelte";

const GAP_MS = 1000;

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
    return this.list.watch(this.#backend, kinds, GAP_MS);
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
