import type { Backend } from "../backend/backend";
import type { AgentDraft, AgentView } from "../bindings";
import { Drafting } from "../state/draft.svelte";
import { Listing } from "../state/listing.svelte";

const GAP_MS = 1000;
const MIDDLE = 50;

/** The room of agents: all of them, and the one that is being changed. */
export class AgentsModel extends Drafting<AgentDraft> {
  readonly list: Listing<AgentView[]>;
  /** The contexts were asked for, and get the keyboard. */
  wantsContexts = $state(false);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
    this.list = new Listing(() => backend.listAgents());
  }

  watch(): () => void {
    const kinds = ["contexts", "agents", "pages", "files", "spaces", "connection"] as const;
    return this.list.watch(this.#backend, kinds, GAP_MS);
  }

  make = (): void =>
    this.begin(null, { name: "", instructions: "", sensitivity: MIDDLE, contextIds: [], triggers: [] });

  /** `own` are the contexts that were given to it; those for all are beside them. */
  edit = (agent: AgentView, own: readonly number[], wantsContexts = false): void => {
    const { id, name, instructions, sensitivity, contexts, triggers } = agent;
    const contextIds = contexts.map((context) => context.id).filter((context) => own.includes(context));
    this.wantsContexts = wantsContexts;
    this.begin(id, { name, instructions, sensitivity, contextIds, triggers: structuredClone(triggers) });
  };

  protected override isComplete(draft: AgentDraft): boolean {
    return super.isComplete(draft) && draft.triggers.every(({ condition }) => condition.trim() !== "");
  }

  protected async keep(id: number | null, draft: AgentDraft): Promise<number> {
    if (id === null) return this.#backend.createAgent(draft);
    await this.#backend.updateAgent(id, draft);
    return id;
  }

  protected forget(id: number): Promise<void> {
    return this.#backend.deleteAgent(id);
  }
}
