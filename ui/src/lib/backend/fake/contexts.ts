import type { Colour, ContextDraft, ContextView, PageCounts, SourceNode, SourceRef } from "../../bindings";
import type { Scenario } from "./scenarios";
import { refusal } from "./host";
import { FakeSettings } from "./settings";
import { FakeTree, folderSource, pageSource, spaceSource } from "./tree";

export type KeptContext = Omit<ContextDraft, "agentIds"> & { id: number };
export const LONG =
  "Contracts, renewals and everything else that the people of the northern region ask about before they sign";

const isFilled = (scenario: Scenario) => /^(rooms|tree_|meeting_)/.test(scenario);

function context(
  id: number,
  name: string,
  colour: Colour,
  sources: SourceRef[],
  change: Partial<KeptContext> = {},
): KeptContext {
  return { id, name, colour, forAllAgents: false, sources, ...change };
}

function contextsOf(scenario: Scenario): KeptContext[] {
  if (!isFilled(scenario)) return [];
  const handbook = folderSource("/home/mira/Documents/Handbook");
  const usual = [
    context(1, "Runbooks", "blue", [spaceSource("103"), spaceSource("102")]),
    context(2, "Customers", "green", [spaceSource("101"), handbook], { forAllAgents: true }),
  ];
  if (scenario !== "rooms_troubled") return usual;
  return [
    ...usual,
    context(3, LONG, "purple", [
      spaceSource("106"),
      spaceSource("999"),
      folderSource("/media/mira/Backup disk/Team archive"),
      folderSource("/home/mira/Documents/Gone since March"),
      pageSource("102", "102.5"),
      pageSource("104", "104.7"),
    ]),
    context(4, "採用と人事のすべての文書と手引き", "orange", [spaceSource("104")]),
    context(5, "دليل العمليات الإقليمية", "teal", [spaceSource("105")]),
    context(6, "Nothing in it yet", "grey", []),
  ];
}

export function sumOf(all: readonly PageCounts[]): PageCounts {
  const sum = { ready: 0, pending: 0, failed: 0, unavailable: 0 };
  for (const one of all) for (const key of Object.keys(sum) as (keyof PageCounts)[]) sum[key] += one[key];
  return sum;
}

/** The contexts of the pretended application. */
export class FakeContexts extends FakeSettings {
  protected contexts: KeptContext[];
  /** Which agent has which contexts, beside those for all. */
  protected readonly uses = new Map<number, number[]>();
  #last = 100;

  constructor(scenario: Scenario) {
    super(scenario);
    this.contexts = contextsOf(scenario);
  }

  async listSources(parent: SourceRef | null): Promise<SourceNode[]> {
    if (this.scenario === "rooms_slow") return new Promise(() => {});
    this.mayFail();
    return this.tree.children(parent);
  }

  async listContexts(): Promise<ContextView[]> {
    if (this.scenario === "rooms_slow") return new Promise(() => {});
    this.mayFail();
    return this.contexts.map((kept) => this.#view(kept)).sort((a, b) => a.name.localeCompare(b.name));
  }

  async createContext(draft: ContextDraft): Promise<number> {
    this.mayFail();
    const id = this.nextId();
    this.contexts = [...this.contexts, this.#keep(id, draft)];
    this.tell("contexts");
    return id;
  }

  async updateContext(id: number, draft: ContextDraft): Promise<void> {
    this.mayFail();
    this.contexts = this.contexts.map((kept) => (kept.id === id ? this.#keep(id, draft) : kept));
    this.tell("contexts");
  }

  async deleteContext(id: number): Promise<void> {
    this.mayFail();
    this.contexts = this.contexts.filter((kept) => kept.id !== id);
    for (const [agent, used] of this.uses)
      this.uses.set(
        agent,
        used.filter((other) => other !== id),
      );
    this.tell("contexts");
  }

  protected nextId(): number {
    return ++this.#last;
  }

  protected get tree(): FakeTree {
    return new FakeTree(this.state, this.scenario === "tree_1000");
  }

  /** Names of all agents by their number. */
  protected agentNames(): Map<number, string> {
    return new Map();
  }

  protected countsOf({ sources }: KeptContext): PageCounts {
    return sumOf(sources.map((source) => this.tree.known(source).counts));
  }

  #keep(id: number, { agentIds, ...draft }: ContextDraft): KeptContext {
    if (draft.name.trim() === "") throw refusal("A context needs a name.");
    const rest = (agent: number) => (this.uses.get(agent) ?? []).filter((other) => other !== id);
    for (const agent of this.agentNames().keys())
      this.uses.set(agent, agentIds.includes(agent) && !draft.forAllAgents ? [...rest(agent), id] : rest(agent));
    return structuredClone({ ...draft, id });
  }

  #view(kept: KeptContext): ContextView {
    const agents = [...this.agentNames()]
      .filter(([id]) => kept.forAllAgents || this.uses.get(id)?.includes(kept.id))
      .map(([id, name]) => ({ id, name }));
    const sources = kept.sources.map((source) => this.tree.known(source));
    return structuredClone({ ...kept, agents, sources, counts: this.countsOf(kept) });
  }
}
