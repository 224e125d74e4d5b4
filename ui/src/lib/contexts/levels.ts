import type { SourceNode } from "../bindings";
import { keyOf } from "./ticks";

/** A level of the tree as it is now, in the order in which it is seen: what is new comes last, so that no row moves down. */
export function renewed(before: readonly SourceNode[], now: readonly SourceNode[]): SourceNode[] {
  const byKey = new Map(now.map((node) => [keyOf(node.source), node]));
  const known = new Set(before.map(({ source }) => keyOf(source)));
  const stay = before.flatMap(({ source }) => byKey.get(keyOf(source)) ?? []);
  return [...stay, ...now.filter(({ source }) => !known.has(keyOf(source)))];
}
