import type { Backend } from "../backend/backend";
import type { ConfluenceCard, SpaceRow } from "../bindings";
import { Asking } from "../state/asking.svelte";
import type { OverviewStore } from "../state/overview.svelte";
import type { Mend } from "./problems";
import { choose, chosenIds, leaving, sortByName, unsaved, type Edits } from "./selection";

/** The Confluence card behind its look: what is under way, what failed, and what was changed but not saved. */
export class ConfluenceModel extends Asking {
  /** Told once after a save, until the next change. */
  justSaved = $state(false);
  /** Sync was asked for with nothing saved. */
  askedForSpaces = $state(false);
  edits = $state.raw<Edits>(new Map());
  readonly card: ConfluenceCard | null = $derived.by(() => this.#overview.data?.confluence ?? null);
  readonly spaces: SpaceRow[] = $derived.by(() => sortByName(this.card?.spaces ?? []));
  readonly changes: SpaceRow[] = $derived.by(() => unsaved(this.spaces, this.edits));
  readonly leaving: SpaceRow[] = $derived.by(() => leaving(this.spaces, this.edits));
  readonly #backend: Backend;
  readonly #overview: OverviewStore;

  constructor(backend: Backend, overview: OverviewStore) {
    super(overview);
    this.#backend = backend;
    this.#overview = overview;
  }

  get isDirty(): boolean {
    return this.changes.length > 0;
  }

  connect = () => this.run("connect", () => this.#backend.connect());
  cancelConnect = () => this.run("cancel_connect", () => this.#backend.cancelConnect());
  chooseSite = (id: string) => this.run("choose_site", () => this.#backend.chooseSite(id));
  trySample = () => this.run("sample", () => this.#backend.trySample());
  refreshSpaces = () => this.run("refresh_spaces", () => this.#backend.refreshSpaces());
  pauseSync = () => this.run("pause_sync", () => this.#backend.pauseSync());
  resumeSync = () => this.run("resume_sync", () => this.#backend.resumeSync());
  cancelSync = () => this.run("cancel_sync", () => this.#backend.cancelSync());
  pauseForAnHour = () => this.run("pause_for_an_hour", () => this.#backend.pauseForAnHour());
  disconnect = () => this.run("disconnect", () => this.#backend.disconnect());
  removePages = () => this.run("remove_pages", () => this.#backend.removePages());
  openUrl = (url: string) => this.run("open_url", () => this.#backend.openUrl(url));
  connectWithToken = (siteUrl: string, email: string, token: string) =>
    this.run("token", () => this.#backend.connectWithToken(siteUrl, email, token));

  startSync = async (): Promise<boolean> => {
    this.askedForSpaces = !this.spaces.some((space) => space.selected);
    return this.askedForSpaces ? false : this.run("start_sync", () => this.#backend.startSync());
  };

  mend = (action: Mend): void => {
    const asks: Record<Mend, () => unknown> = {
      connect: this.connect,
      refresh_spaces: this.refreshSpaces,
      go_to_spaces: () => (this.askedForSpaces = true),
      start_sync: this.startSync,
      cancel_sync: this.cancelSync,
    };
    asks[action]();
  };

  choose(spaces: readonly SpaceRow[], chosen: boolean): void {
    this.edits = choose(this.edits, spaces, chosen);
    [this.justSaved, this.askedForSpaces] = [false, false];
  }

  discard = (): void => {
    this.edits = new Map();
  };

  save = async (): Promise<boolean> => {
    const ids = chosenIds(this.spaces, this.edits);
    const saved = await this.run("save", () => this.#backend.saveSelection(ids));
    if (saved) this.discard();
    this.justSaved = saved;
    return saved;
  };
}
