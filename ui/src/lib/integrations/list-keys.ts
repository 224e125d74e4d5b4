import type { SpaceRow } from "../bindings";
import { folded } from "./selection";

/** The next row whose name begins with what was typed, searched from the row after `at` and around. */
export function typedAhead(rows: readonly SpaceRow[], typed: string, at: number): number | null {
  const wanted = folded(typed);
  for (let step = typed.length > 1 ? 0 : 1; step <= rows.length; step++) {
    const index = (at + step) % rows.length;
    const row = rows[index];
    if (row && folded(row.name).startsWith(wanted)) return index;
  }
  return null;
}
