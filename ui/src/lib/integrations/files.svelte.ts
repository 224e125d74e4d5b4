import type { Backend } from "../backend/backend";
import type { FileSource } from "../bindings";
import { Asking, type ActionName } from "../state/asking.svelte";
import type { OverviewStore } from "../state/overview.svelte";

/** The Files card behind its look: what is under way, what failed, and what was removed last. */
export class FilesModel extends Asking {
  /** Number of the source that is being removed. */
  removing = $state<number | null>(null);
  /** Name of the one that was removed last, until something else is asked for. */
  removed = $state("");
  readonly #backend: Backend;

  constructor(backend: Backend, overview: OverviewStore) {
    super(overview);
    this.#backend = backend;
  }

  override run(name: ActionName, ask: () => Promise<unknown>): Promise<boolean> {
    this.removed = "";
    return super.run(name, ask);
  }

  addFolder = () => this.run("add_folder", () => this.#backend.addFolder());
  addFiles = () => this.run("add_files", () => this.#backend.addFiles());
  scan = () => this.run("scan_files", () => this.#backend.scanFiles());

  remove = async ({ id, name }: FileSource): Promise<boolean> => {
    this.removing = id;
    const isGone = await this.run("remove_source", () => this.#backend.removeFileSource(id));
    this.removing = null;
    if (isGone) this.removed = name;
    return isGone;
  };
}
