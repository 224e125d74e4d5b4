import type { AppEvent, CommandError, ConfluenceCard, Overview, SearchHit } from "../../bindings";
import { fileSections } from "./files";
import { findSections, pageSections } from "./pages";
import { buildOverview, type Scenario } from "./scenarios";

export function refusal(message: string, hint: string | null = null): CommandError {
  return { code: "fake_refused", message, hint };
}

/** What the pretended application stands on: one overview, and whoever listens to its changes. */
export class FakeHost {
  protected readonly scenario: Scenario;
  protected state: Overview;
  readonly #listeners = new Set<(event: AppEvent) => void>();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.state = buildOverview(scenario, Date.now());
  }

  async overview(): Promise<Overview> {
    return structuredClone(this.state);
  }

  onEvent(callback: (event: AppEvent) => void): () => void {
    this.#listeners.add(callback);
    return () => void this.#listeners.delete(callback);
  }

  protected get card(): ConfluenceCard {
    return this.state.confluence;
  }

  protected tell(kind: AppEvent["kind"]): void {
    for (const listener of this.#listeners) listener({ kind });
  }

  protected change(kind: AppEvent["kind"], change: Partial<ConfluenceCard>): void {
    this.changeAll(kind, { confluence: { ...this.card, ...change } });
  }

  protected changeAll(kind: AppEvent["kind"], change: Partial<Overview>): void {
    this.state = { ...this.state, ...change };
    this.tell(kind);
  }

  /** Sections of all that is stored which share words with the question, best first. */
  protected find(question: string, limit: number): SearchHit[] {
    const inFiles = this.state.files.sources.some((source) => source.ready > 0) ? fileSections : [];
    const inPages = this.card.pages.ready > 0 ? pageSections : [];
    return findSections(question, limit, Date.now(), [...inPages, ...inFiles]);
  }

  protected mayFail(): void {
    if (this.scenario === "errors")
      throw refusal(
        "The local database is locked by another program.",
        "Close the other copy of CoAgentor and try again.",
      );
  }
}
