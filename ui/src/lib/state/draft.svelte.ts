import { asCommandError } from "../backend/backend";
import type { CommandError } from "../bindings";

/** Something that is being made or changed, and not saved yet. */
export abstract class Drafting<Draft extends { name: string }> {
  /** The number of what is changed; null for a new one. */
  id = $state<number | null>(null);
  draft = $state<Draft | null>(null);
  failure = $state.raw<CommandError | null>(null);
  isSaving = $state(false);
  /** What must be filled in is said once it was missed. */
  isChecked = $state(false);
  #saved = "";

  get isDirty(): boolean {
    return this.draft !== null && JSON.stringify(this.draft) !== this.#saved;
  }

  begin(id: number | null, draft: Draft): void {
    [this.id, this.draft, this.failure, this.isChecked] = [id, draft, null, false];
    this.#saved = JSON.stringify(draft);
  }

  close = (): void => {
    [this.id, this.draft, this.failure, this.isChecked] = [null, null, null, false];
  };

  /** Answers whether it was saved. What was refused or is missing stays as it is, with the reason. */
  save = async (): Promise<boolean> => {
    const wanted = $state.snapshot(this.draft) as Draft | null;
    if (wanted === null || this.isSaving) return false;
    this.isChecked = true;
    if (!this.isComplete(wanted)) return false;
    return this.#ask(async () => {
      this.id = await this.keep(this.id, this.asSent(wanted));
      this.#saved = JSON.stringify(wanted);
    });
  };

  /** Answers whether it was deleted. */
  delete = async (): Promise<boolean> => {
    const { id } = this;
    if (id === null || !(await this.#ask(() => this.forget(id)))) return false;
    this.close();
    return true;
  };

  protected isComplete(draft: Draft): boolean {
    return draft.name.trim() !== "";
  }

  protected asSent(draft: Draft): Draft {
    return { ...draft, name: draft.name.trim() };
  }

  /** Keeps it; its number. */
  protected abstract keep(id: number | null, draft: Draft): Promise<number>;
  protected abstract forget(id: number): Promise<void>;

  async #ask(task: () => Promise<void>): Promise<boolean> {
    [this.isSaving, this.failure] = [true, null];
    try {
      await task();
    } catch (thrown) {
      this.failure = asCommandError(thrown);
    }
    this.isSaving = false;
    return this.failure === null;
  }
}
