import { describe, expect, it } from "vitest";
import type { SpaceRow } from "../bindings";
import {
  between,
  choose,
  chosenIds,
  filterSpaces,
  leaving,
  sortByName,
  triState,
  unsaved,
  type Edits,
} from "./selection";

const none: Edits = new Map();
function space(id: string, name: string, selected = false, syncedPages = 0): SpaceRow {
  return { id, key: id.toUpperCase(), name, selected, pages: 10, syncedPages, lastSyncedAt: null };
}
const spaces = [space("a", "Alpha", true, 10), space("b", "Beta"), space("c", "Café Gamma")];

describe("choosing", () => {
  it("starts from what is saved", () => {
    expect(chosenIds(spaces, none)).toEqual(["a"]);
    expect(triState(spaces, none)).toBe("some");
  });

  it("goes to all and to none", () => {
    expect(triState(spaces, choose(none, spaces, true))).toBe("all");
    expect(triState(spaces, choose(none, spaces, false))).toBe("none");
    expect(triState([], none)).toBe("none");
  });

  it("is unsaved until it is what is saved again", () => {
    const added = choose(none, [spaces[1]!], true);
    expect(unsaved(spaces, added).map(({ id }) => id)).toEqual(["b"]);
    expect(unsaved(spaces, choose(added, [spaces[1]!], false))).toEqual([]);
  });

  it("keeps the edits when the application tells of new spaces, and forgets those of a space that is gone", () => {
    const edits = choose(choose(none, [spaces[1]!], true), [spaces[2]!], true);
    const later = [space("d", "Delta", true), spaces[0]!, spaces[1]!];
    expect(chosenIds(later, edits)).toEqual(["d", "a", "b"]);
    expect(unsaved(later, edits)).toHaveLength(1);
  });

  it("has nothing unsaved once the application says the same", () => {
    const edits = choose(none, [spaces[1]!], true);
    expect(unsaved([space("b", "Beta", true)], edits)).toEqual([]);
  });

  it("names the spaces whose pages would leave", () => {
    const edits = choose(none, spaces, false);
    expect(leaving(spaces, edits).map(({ id }) => id)).toEqual(["a"]);
    expect(leaving([space("e", "Empty", true, 0)], choose(none, [space("e", "Empty", true)], false))).toEqual([]);
  });
});

describe("the list", () => {
  it("sorts as a person does", () => {
    const names = [space("1", "Team 10"), space("2", "team 9"), space("3", "Älpha"), space("4", "beta")];
    expect(sortByName(names).map(({ name }) => name)).toEqual(["Älpha", "beta", "team 9", "Team 10"]);
  });

  it.each([
    ["", 3],
    ["  CAFE ", 1],
    ["a", 3],
    ["b", 1],
    ["zzz", 0],
  ])("filtered by %j has %i", (text, count) => expect(filterSpaces(spaces, text)).toHaveLength(count));

  it("filters by the key too", () => {
    expect(filterSpaces([space("hrjp", "採用と人事")], "hrj")).toHaveLength(1);
    expect(filterSpaces([space("hrjp", "採用と人事")], "人事")).toHaveLength(1);
  });

  it("takes ranges in both directions", () => {
    expect(between(["a", "b", "c", "d"], 1, 2)).toEqual(["b", "c"]);
    expect(between(["a", "b", "c", "d"], 3, 1)).toEqual(["b", "c", "d"]);
  });
});
