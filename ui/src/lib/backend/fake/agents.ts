import type { AgentDraft, AgentProblem, AgentView, CardReason, SearchHit, Trial, Trigger } from "../../bindings";
import { FakeContexts, LONG, sumOf } from "./contexts";
import { refusal } from "./host";
import type { Scenario } from "./scenarios";

export type KeptAgent = Omit<AgentDraft, "contextIds"> & { id: number };

const triggers: Trigger[] = [
  { label: "Prices", condition: "somebody asks about prices, discounts or renewals", isOn: true },
  { label: "Incidents", condition: "somebody mentions an incident or support", isOn: true },
  { label: "Holidays", condition: "somebody plans time off", isOn: false },
];

function agentsOf(scenario: Scenario): [KeptAgent, number[]][] {
  if (!/^(rooms|tree_|meeting_)/.test(scenario)) return [];
  const scout: [KeptAgent, number[]] = [
    { id: 1, name: "Scout", instructions: "Bring the steps, not the background.", sensitivity: 60, triggers },
    [1],
  ];
  if (scenario !== "rooms_troubled") return [scout];
  return [
    scout,
    [{ id: 2, name: LONG, instructions: "", sensitivity: 50, triggers: [] }, [6]],
    [{ id: 3, name: "営業会議の補佐", instructions: "見積もりに関することだけ。", sensitivity: 20, triggers: [] }, []],
    [{ id: 4, name: "مساعد الاجتماعات", instructions: "", sensitivity: 90, triggers: [] }, [5]],
  ];
}

const asks = /[?？]|^(who|what|when|where|why|how|which|wer|was|wann|wo|warum|wie)\b/i;

/** Why a sentence is worth a card, or nothing. */
function reasonOf(text: string, hits: readonly SearchHit[], agent: KeptAgent): Pick<Trial, "reason" | "trigger"> {
  const said = text.toLowerCase();
  const heard = (trigger: Trigger) =>
    trigger.isOn &&
    trigger.condition
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .some((word) => word.length > 5 && word !== "somebody" && said.includes(word));
  const trigger = agent.triggers.find(heard)?.label ?? null;
  const reason: CardReason | null = trigger
    ? "trigger"
    : asks.test(text)
      ? "question"
      : hits.some((hit) => said.includes(hit.title.toLowerCase()))
        ? "named"
        : null;
  return { reason, trigger };
}

/** The agents of the pretended application. */
export class FakeAgents extends FakeContexts {
  protected agents: KeptAgent[] = [];

  constructor(scenario: Scenario) {
    super(scenario);
    for (const [agent, used] of agentsOf(scenario)) {
      this.agents.push(agent);
      this.uses.set(agent.id, used);
    }
    // For one of them nothing is for all.
    if (scenario === "rooms_troubled") this.contexts = this.contexts.map((kept) => ({ ...kept, forAllAgents: false }));
  }

  async listAgents(): Promise<AgentView[]> {
    if (this.scenario === "rooms_slow") return new Promise(() => {});
    this.mayFail();
    return this.agents.map((kept) => this.#view(kept)).sort((a, b) => a.name.localeCompare(b.name));
  }

  async createAgent(draft: AgentDraft): Promise<number> {
    this.mayFail();
    const id = this.nextId();
    this.agents = [...this.agents, this.#keep(id, draft)];
    this.tell("agents");
    return id;
  }

  async updateAgent(id: number, draft: AgentDraft): Promise<void> {
    this.mayFail();
    this.agents = this.agents.map((kept) => (kept.id === id ? this.#keep(id, draft) : kept));
    this.tell("agents");
  }

  async deleteAgent(id: number): Promise<void> {
    this.mayFail();
    this.agents = this.agents.filter((kept) => kept.id !== id);
    this.uses.delete(id);
    this.tell("agents");
  }

  async tryAgent(id: number, text: string): Promise<Trial> {
    this.mayFail();
    return this.trial(this.agent(id), text);
  }

  protected override agentNames(): Map<number, string> {
    return new Map(this.agents.map(({ id, name }) => [id, name]));
  }

  protected agent(id: number): KeptAgent {
    const kept = this.agents.find((agent) => agent.id === id);
    if (!kept) throw refusal("This agent is gone.");
    return kept;
  }

  protected trial(kept: KeptAgent, text: string): Trial {
    const { problem, name } = this.#view(kept);
    if (problem === "no_context")
      throw { ...refusal(`Agent \`${name}\` has no context`, "Assign one to it."), code: "agent_has_no_context" };
    if (problem === "no_sources")
      throw { ...refusal("Its contexts have no sources", "Add a space or a folder to one."), code: "context_empty" };
    const hits = this.find(text, 3);
    const confidence = Math.min(0.99, hits[0]?.score ?? 0);
    const threshold = Math.round(90 - kept.sensitivity * 0.7) / 100;
    const why = hits.length > 0 ? reasonOf(text, hits, kept) : { reason: null, trigger: null };
    const shows = why.reason !== null && confidence >= threshold;
    return { shows, confidence, threshold, ...why, hits, took: { embed: 8.1, search: 2.3, total: 10.9 } };
  }

  #keep(id: number, { contextIds, ...draft }: AgentDraft): KeptAgent {
    if (draft.name.trim() === "") throw refusal("An agent needs a name.");
    this.uses.set(id, [...contextIds]);
    return structuredClone({ ...draft, id });
  }

  #view(kept: KeptAgent): AgentView {
    const used = this.contexts.filter(({ id, forAllAgents }) => forAllAgents || this.uses.get(kept.id)?.includes(id));
    const counts = sumOf(used.map((context) => this.countsOf(context)));
    const pending = kept.id === 4 ? 12 : counts.pending;
    let problem: AgentProblem | null = pending > 3 ? "still_preparing" : null;
    if (used.every(({ sources }) => sources.length === 0)) problem = "no_sources";
    if (used.length === 0) problem = "no_context";
    const contexts = used.map(({ id, name, colour }) => ({ id, name, colour }));
    return structuredClone({ ...kept, contexts, problem, counts: { ...counts, pending } });
  }
}
