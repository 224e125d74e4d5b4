import { asCommandError } from "../backend/backend";
import type { CommandError } from "../bindings";
import { words } from "../strings/words.svelte";
import type { OverviewStore } from "./overview.svelte";

export type ActionName = keyof typeof words.busy;

const SLOW_MS = 250;

/** What a card asks of the application: one thing at a time, what it waits for, and what failed. */
export class Asking {
  busy = $state<ActionName | null>(null);
  /** What has been under way for so long that it must be said. */
  waiting = $state<ActionName | null>(null);
  failure = $state.raw<CommandError | null>(null);
  readonly #overview: OverviewStore;

  constructor(overview: OverviewStore) {
    this.#overview = overview;
  }

  /** The words for a button: its own, or what it waits for. */
  label(name: ActionName, own: string): string {
    return this.waiting === name ? words.busy[name] : own;
  }

  /** Asks the application for something and shows what became of it. Answers whether it worked. */
  async run(name: ActionName, ask: () => Promise<unknown>): Promise<boolean> {
    if (this.busy !== null) return false;
    [this.busy, this.failure] = [name, null];
    const slow = setTimeout(() => (this.waiting = name), SLOW_MS);
    try {
      await ask();
    } catch (thrown) {
      this.failure = asCommandError(thrown);
    }
    // Its events may come late or, after an error, not at all.
    await this.#overview.refresh();
    clearTimeout(slow);
    [this.busy, this.waiting] = [null, null];
    return this.failure === null;
  }
}
