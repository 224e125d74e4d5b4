import { asCommandError, type Backend } from "../backend/backend";
import type { AppEvent, CommandError } from "../bindings";
import { coalesce } from "./coalesce";

/** Something that the application knows, fetched again when it may have changed. Only the newest answer counts. */
export class Listing<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<CommandError | null>(null);
  readonly #ask: () => Promise<T>;
  #newest = 0;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  refresh = async (): Promise<void> => {
    const turn = ++this.#newest;
    try {
      const data = await this.#ask();
      if (turn === this.#newest) [this.data, this.error] = [data, null];
    } catch (thrown) {
      if (turn === this.#newest) this.error = asCommandError(thrown);
    }
  };

  /** Fetches once, then after every change of these kinds; returns what stops it. */
  watch(backend: Backend, kinds: readonly AppEvent["kind"][], gap: number): () => void {
    const refresh = coalesce(this.refresh, gap);
    refresh();
    return backend.onEvent(({ kind }) => kinds.includes(kind) && refresh());
  }
}
