import type { SourceRef } from "../bindings";

export type Tick = "all" | "some" | "none";
/** Who stands directly above whom, by key, as far as the tree was opened. Null stands for the top. */
export type Parents = ReadonlyMap<string, string | null>;
/** What is below whom, by key, as far as the tree was opened. */
export type Children = ReadonlyMap<string, readonly SourceRef[]>;
export type Known = { parents: Parents; children: Children };

/** One key for each source. A folder and a file of the same path are the same. */
export function keyOf({ kind, siteId, spaceId, pageId, path }: SourceRef): string {
  if (kind === "folder" || kind === "file") return `path:${path}`;
  return JSON.stringify([siteId, spaceId, pageId].filter((id) => id !== null));
}

/** Keys that stand above a source by what it is called: its space and site, or the folders around it. */
function namedAbove({ kind, siteId, spaceId, path }: SourceRef): string[] {
  if (kind === "space") return [JSON.stringify([siteId])];
  if (kind === "page_tree") return [JSON.stringify([siteId, spaceId]), JSON.stringify([siteId])];
  if (path === null) return [];
  const ends = [...path.matchAll(/[\\/]/g)].map(({ index }) => index).reverse();
  return ends.map((end) => `path:${path.slice(0, end)}`);
}

/** All that stands above a source, nearest first, as far as it is known. */
export function keysAbove(source: SourceRef, { parents }: Known): string[] {
  const above: string[] = [];
  let at = parents.get(keyOf(source)) ?? null;
  while (at !== null && !above.includes(at)) {
    above.push(at);
    at = parents.get(at) ?? null;
  }
  return [...new Set([...above, ...namedAbove(source)])];
}

/** The sources without those that another one of them brings already. */
export function sent(chosen: readonly SourceRef[], known: Known): SourceRef[] {
  const keys = new Set(chosen.map(keyOf));
  const seen = new Set<string>();
  return chosen.filter((source) => {
    const key = keyOf(source);
    if (seen.has(key) || keysAbove(source, known).some((above) => keys.has(above))) return false;
    seen.add(key);
    return true;
  });
}

/** Looks up how a source is ticked: itself or by one above it, in part by one below it, or not at all. */
export function ticksOf(chosen: readonly SourceRef[], known: Known): (source: SourceRef) => Tick {
  const keys = new Set(chosen.map(keyOf));
  const inPart = new Set(chosen.flatMap((source) => keysAbove(source, known)));
  return (source) => {
    const key = keyOf(source);
    if (keys.has(key) || keysAbove(source, known).some((above) => keys.has(above))) return "all";
    return inPart.has(key) ? "some" : "none";
  };
}

/** What ticks a source that is not ticked itself, or null. */
export function tickedBy(source: SourceRef, chosen: readonly SourceRef[], known: Known): SourceRef | null {
  const above = new Set(keysAbove(source, known));
  return chosen.find((other) => above.has(keyOf(other))) ?? null;
}

function without(chosen: readonly SourceRef[], source: SourceRef, known: Known): SourceRef[] {
  const key = keyOf(source);
  return chosen.filter((other) => keyOf(other) !== key && !keysAbove(other, known).includes(key));
}

/** Ticks a source; what was ticked below it is in it now. */
export function tick(chosen: readonly SourceRef[], source: SourceRef, known: Known): SourceRef[] {
  if (tickedBy(source, chosen, known) !== null) return [...chosen];
  return [...without(chosen, source, known), source];
}

/** Unticks a source and all below it. One above it that was ticked becomes its other children, level by level. */
export function untick(chosen: readonly SourceRef[], source: SourceRef, known: Known): SourceRef[] {
  const by = tickedBy(source, chosen, known);
  const rest = without(chosen, source, known);
  if (by === null) return rest;
  const leftOut = keyOf(source);
  const path = new Set([leftOut, ...keysAbove(source, known)]);
  const opened = (parent: SourceRef): SourceRef[] =>
    (known.children.get(keyOf(parent)) ?? []).flatMap((child) => {
      const key = keyOf(child);
      if (key === leftOut) return [];
      return path.has(key) ? opened(child) : [child];
    });
  return [...rest.filter((other) => keyOf(other) !== keyOf(by)), ...opened(by)];
}
