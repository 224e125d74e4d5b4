import type { Backend } from "../backend/backend";
import { asCommandError } from "../backend/backend";
import type { CommandError, Settings } from "../bindings";
import type { OverviewStore } from "../state/overview.svelte";

/** The sections that something can be changed in. */
export type SectionName = "sync" | "start" | "notifications" | "language" | "answers";

/** What a person chose: shown at once, kept one after the other, and taken back when it was refused. */
export class SettingsModel {
  /** What was chosen and is not yet known to be kept. */
  #wanted = $state.raw<Settings | null>(null);
  /** What was refused last, and where. */
  failure = $state.raw<{ section: SectionName; error: CommandError } | null>(null);
  readonly #backend: Backend;
  readonly #overview: OverviewStore;
  #last: Promise<void> = Promise.resolve();
  #pending = 0;

  constructor(backend: Backend, overview: OverviewStore) {
    this.#backend = backend;
    this.#overview = overview;
  }

  /** The settings as they are to be shown. */
  get shown(): Settings | null {
    return this.#wanted ?? this.#overview.data?.settings ?? null;
  }

  /** Changes some of them. Answers when they are kept or refused. */
  change(section: SectionName, change: Partial<Settings>): Promise<void> {
    const before = this.shown;
    if (before === null) return Promise.resolve();
    const wanted = { ...before, ...change };
    [this.#wanted, this.failure] = [wanted, null];
    this.#pending++;
    this.#last = this.#last.then(() => this.#keep(section, wanted));
    return this.#last;
  }

  async #keep(section: SectionName, wanted: Settings): Promise<void> {
    try {
      await this.#backend.saveSettings(wanted);
    } catch (thrown) {
      this.failure = { section, error: asCommandError(thrown) };
    }
    await this.#overview.refresh();
    if (--this.#pending === 0) this.#wanted = null;
  }
}
