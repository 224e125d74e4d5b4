import type { PageRow } from "../bindings";
import type { Span } from "../ui/list/rows";

/** Rows that are fetched at once. */
export const PART = 100;
/** Parts that are kept: some thousand rows, whatever the length of the list. */
const KEPT = 30;

/** Fetched rows by the number of their part. */
export type Parts = ReadonlyMap<number, readonly PageRow[]>;

export function rowAt(parts: Parts, index: number): PageRow | null {
  return parts.get(Math.floor(index / PART))?.[index % PART] ?? null;
}

/** The parts that a span of rows lies in. */
export function partsOf({ from, to }: Span): number[] {
  const first = Math.floor(from / PART);
  const last = Math.max(first, Math.floor((to - 1) / PART));
  return Array.from({ length: last - first + 1 }, (_, step) => first + step);
}

/** The parts with one more; the ones farthest from it are dropped. */
export function fetched(parts: Parts, part: number, rows: readonly PageRow[]): Parts {
  const all = [...parts, [part, rows] as const].sort(([a], [b]) => Math.abs(a - part) - Math.abs(b - part));
  return new Map(all.slice(0, KEPT));
}
