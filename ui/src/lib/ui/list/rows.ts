/** Where a key moves to in a list of `count` rows, or null for a key that moves nowhere. */
export function moved(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const target = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - page,
    PageDown: at + page,
    Home: 0,
    End: count - 1,
  }[key];
  return target === undefined ? null : Math.min(count - 1, Math.max(0, target));
}

export type Span = { from: number; to: number };

/** The rows to draw: those in view and a few around them. */
export function visibleSpan(scrollTop: number, height: number, rowHeight: number, count: number, spare = 8): Span {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { from: Math.min(from, count), to };
}

/** The indexes to draw, with the row that has the keyboard among them wherever the list is scrolled. */
export function drawn(span: Span, active: number, count: number): number[] {
  const rows = Array.from({ length: span.to - span.from }, (_, step) => span.from + step);
  if (active < 0 || active >= count) return rows;
  if (active < span.from) return [active, ...rows];
  return active >= span.to ? [...rows, active] : rows;
}
