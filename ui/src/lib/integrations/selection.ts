import type { SpaceRow } from "../bindings";

/** What the person changed and has not saved: space id to the wanted state. */
export type Edits = ReadonlyMap<string, boolean>;
export type Tri = "none" | "some" | "all";

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export function sortByName(spaces: readonly SpaceRow[]): SpaceRow[] {
  return [...spaces].sort((a, b) => byName.compare(a.name, b.name) || byName.compare(a.key, b.key));
}

/** Lower case without accents, so that "cafe" finds "Café". */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function filterSpaces(spaces: readonly SpaceRow[], text: string): readonly SpaceRow[] {
  const wanted = folded(text.trim());
  if (wanted === "") return spaces;
  return spaces.filter((space) => folded(space.name).includes(wanted) || folded(space.key).includes(wanted));
}

export function isChosen(space: SpaceRow, edits: Edits): boolean {
  return edits.get(space.id) ?? space.selected;
}

/** The edits with these spaces set to `chosen`. Going back to the saved state leaves no edit behind. */
export function choose(edits: Edits, spaces: readonly SpaceRow[], chosen: boolean): Edits {
  const next = new Map(edits);
  for (const space of spaces) {
    if (space.selected === chosen) next.delete(space.id);
    else next.set(space.id, chosen);
  }
  return next;
}

/** The edits that still say something about these spaces: not those of a space that is gone or already so. */
export function unsaved(spaces: readonly SpaceRow[], edits: Edits): SpaceRow[] {
  return edits.size === 0 ? [] : spaces.filter((space) => isChosen(space, edits) !== space.selected);
}

export function chosenIds(spaces: readonly SpaceRow[], edits: Edits): string[] {
  return spaces.filter((space) => isChosen(space, edits)).map((space) => space.id);
}

export function triState(spaces: readonly SpaceRow[], edits: Edits): Tri {
  const chosen = spaces.reduce((sum, space) => sum + (isChosen(space, edits) ? 1 : 0), 0);
  if (chosen === 0) return "none";
  return chosen === spaces.length ? "all" : "some";
}

/** Spaces that hold pages and would stop being updated by a save. */
export function leaving(spaces: readonly SpaceRow[], edits: Edits): SpaceRow[] {
  return unsaved(spaces, edits).filter((space) => space.selected && space.syncedPages > 0);
}

/** The rows from one to the other, whichever comes first. */
export function between<T>(rows: readonly T[], from: number, to: number): T[] {
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1);
}
