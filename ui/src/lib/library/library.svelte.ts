import { asCommandError, type Backend } from "../backend/backend";
import type { CommandError, PageFilter, PagePart, PageRow } from "../bindings";
import type { Span } from "../ui/list/rows";
import { fetched, type Parts, rowAt, PART, partsOf } from "./parts";

export const everything: PageFilter = { spaceKey: null, state: null, text: "" };
const TYPING_MS = 120;
/** While the list flies past nothing is fetched; only where it comes to rest. */
const REST_MS = 50;

/** The list of stored pages: what it is filtered by, how long it is, and the parts of it that were fetched. */
export class LibraryModel {
  filter = $state.raw<PageFilter>(everything);
  /** How many pages fit; null until the first answer. */
  total = $state<number | null>(null);
  error = $state.raw<CommandError | null>(null);
  #parts = $state.raw<Parts>(new Map());
  readonly #backend: Backend;
  #asked = new Set<number>();
  #span: Span = { from: 0, to: PART };
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get isFiltered(): boolean {
    return this.filter.spaceKey !== null || this.filter.state !== null || this.filter.text.trim() !== "";
  }

  /** The row at a place, or null while it is not fetched. */
  row(index: number): PageRow | null {
    return rowAt(this.#parts, index);
  }

  /** Filters anew. What is shown stays until the answer is there, so that nothing jumps. */
  show(change: Partial<PageFilter>): void {
    const isTyping = change.text !== undefined && change.text !== this.filter.text;
    this.filter = { ...this.filter, ...change };
    this.#span = { from: 0, to: PART };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), isTyping ? TYPING_MS : 0);
  }

  /** Fetches what is in view again, and puts it in place all at once. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const wanted = partsOf(this.#span);
    this.#asked = new Set(wanted);
    try {
      const answers = await Promise.all(wanted.map(async (part) => [part, await this.#ask(part)] as const));
      if (turn !== this.#turn) return;
      [this.total, this.error] = [answers.at(-1)?.[1].total ?? 0, null];
      this.#parts = new Map(answers.map(([part, { rows }]) => [part, rows]));
      this.#asked = new Set(this.#parts.keys());
      this.need(this.#span);
    } catch (thrown) {
      if (turn === this.#turn) this.error = asCommandError(thrown);
    }
  }

  /** Tells what is in view. */
  need(span: Span): void {
    this.#span = span;
    if (this.total === null || partsOf(span).every((part) => this.#asked.has(part))) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => partsOf(this.#span).forEach((part) => void this.#add(part)), REST_MS);
  }

  async #add(part: number): Promise<void> {
    if (this.#asked.has(part)) return;
    const turn = this.#turn;
    this.#asked.add(part);
    try {
      const { total, rows } = await this.#ask(part);
      if (turn !== this.#turn) return;
      this.total = total;
      this.#parts = fetched(this.#parts, part, rows);
      this.#asked = new Set(this.#parts.keys());
    } catch (thrown) {
      if (turn === this.#turn) this.error = asCommandError(thrown);
    }
  }

  #ask(part: number): Promise<PagePart> {
    return this.#backend.listPages(this.filter, part * PART, PART);
  }
}
