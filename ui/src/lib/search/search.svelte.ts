import { asCommandError, type Backend } from "../backend/backend";
import type { CommandError, SearchResponse } from "../bindings";

const LIMIT = 20;
const PAUSE_MS = 120;

/** The search field and what it found. Only the newest question's answer is ever shown. */
export class SearchModel {
  text = $state("");
  /** The results are shown in place of the page. */
  active = $state(false);
  searching = $state(false);
  response = $state.raw<SearchResponse | null>(null);
  /** The question that `response` answers. */
  answered = $state("");
  error = $state.raw<CommandError | null>(null);
  /** Grows with every wish to have the keyboard in the field, or on the first hit. */
  wantsField = $state(0);
  wantsHit = $state(0);
  readonly #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  type(text: string): void {
    this.text = text;
    this.active = true;
    clearTimeout(this.#timer);
    if (text.trim() === "") this.#forget();
    else {
      this.searching = true;
      this.#timer = setTimeout(() => void this.#find(), PAUSE_MS);
    }
  }

  /** Asks now, without waiting for more letters. */
  async ask(): Promise<void> {
    if (this.text.trim() !== "") this.active = true;
    await this.#find();
  }

  /** Whoever has gone back to the page meanwhile stays there. */
  async #find(): Promise<void> {
    clearTimeout(this.#timer);
    const question = this.text.trim().replace(/\s+/g, " ");
    if (question === "") return;
    const turn = ++this.#newest;
    [this.searching, this.error] = [true, null];
    try {
      const response = await this.#backend.search(question, LIMIT);
      if (turn === this.#newest) [this.response, this.answered] = [response, question];
    } catch (thrown) {
      if (turn === this.#newest) this.error = asCommandError(thrown);
    }
    if (turn === this.#newest) this.searching = false;
  }

  /** Goes back to the page; the question stays in the field. */
  leave(): void {
    this.active = false;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.text = "";
    this.#forget();
  }

  focusField(): void {
    this.wantsField++;
  }

  focusFirstHit(): void {
    this.wantsHit++;
  }

  #forget(): void {
    this.#newest++;
    [this.searching, this.response, this.answered, this.error] = [false, null, "", null];
  }
}
