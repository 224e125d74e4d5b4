import type { Backend } from "../backend/backend";
import { asCommandError } from "../backend/backend";
import type { CommandError, Overview } from "../bindings";
import { coalesce } from "./coalesce";

const GAP_MS = 150;

/** The newest overview, fetched again whenever the application says that something changed. */
export class OverviewStore {
  data = $state.raw<Overview | null>(null);
  error = $state.raw<CommandError | null>(null);
  readonly #backend: Backend;
  #newest = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Fetches now. An answer that arrives after a newer one is dropped. */
  async refresh(): Promise<void> {
    const turn = ++this.#newest;
    try {
      const data = await this.#backend.overview();
      if (turn === this.#newest) [this.data, this.error] = [data, null];
    } catch (thrown) {
      if (turn === this.#newest) this.error = asCommandError(thrown);
    }
  }

  /** Fetches once, then after every change; returns what stops it. */
  watch(): () => void {
    const refresh = coalesce(() => this.refresh(), GAP_MS);
    refresh();
    return this.#backend.onEvent(refresh);
  }
}
