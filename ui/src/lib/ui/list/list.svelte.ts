import { tick } from "svelte";
import { drawn, moved, visibleSpan, type Span } from "./rows";

type Sizes = { count: () => number; rowHeight: () => number; header: () => number };

/**
 * A list of rows of one height, of which only those in view are drawn: where it is scrolled, which row has the
 * keyboard, and how the keyboard moves. The rows carry `data-index`; what takes the focus in them, `data-row-focus`.
 */
export class RowList {
  scroller = $state<HTMLElement>();
  scrollTop = $state(0);
  measured = $state(0);
  #wanted = $state(0);
  readonly #sizes: Sizes;
  // A list that is not laid out yet is taken for a middling one.
  readonly height: number = $derived.by(() => this.measured || 480);
  readonly active: number = $derived.by(() => Math.min(this.#wanted, this.#sizes.count() - 1));
  readonly span: Span = $derived.by(() =>
    visibleSpan(this.scrollTop, this.height, this.#sizes.rowHeight(), this.#sizes.count()),
  );
  readonly indexes: number[] = $derived.by(() => drawn(this.span, this.active, this.#sizes.count()));

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  /** Makes a row the one with the keyboard, without moving anything. */
  mark(index: number): void {
    this.#wanted = index;
  }

  /** Where a key moves the keyboard to, or null for a key that moves nowhere. */
  target(key: string): number | null {
    const page = Math.max(1, Math.floor(this.height / this.#sizes.rowHeight()) - 2);
    return moved(key, this.active, this.#sizes.count(), page);
  }

  /** Brings a row into view and the keyboard to it. */
  async moveTo(index: number): Promise<void> {
    this.mark(index);
    this.#show(index);
    await tick();
    this.scroller
      ?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-focus]`)
      ?.focus({ preventScroll: true });
  }

  toTop(): void {
    this.mark(0);
    if (this.scroller) this.scroller.scrollTop = 0;
    this.scrollTop = 0;
  }

  #show(index: number): void {
    if (!this.scroller) return;
    const rowHeight = this.#sizes.rowHeight();
    const top = index * rowHeight;
    const room = this.scroller.clientHeight - this.#sizes.header();
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > this.scroller.scrollTop + room) this.scroller.scrollTop = top + rowHeight - room;
    this.scrollTop = this.scroller.scrollTop;
  }
}
