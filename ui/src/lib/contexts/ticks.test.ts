import { describe, expect, it } from "vitest";
import type { SourceRef } from "../bindings";
import { keyOf, type Known, sent, tick, ticksOf, untick } from "./ticks";

const none = { siteId: null, spaceId: null, pageId: null, path: null };
const site: SourceRef = { ...none, kind: "site", siteId: "s" };
const space = (id: string): SourceRef => ({ ...none, kind: "space", siteId: "s", spaceId: id });
const page = (space: string, id: string): SourceRef => ({
  ...none,
  kind: "page_tree",
  siteId: "s",
  spaceId: space,
  pageId: id,
});
const folder = (path: string): SourceRef => ({ ...none, kind: "folder", path });
const file = (path: string): SourceRef => ({ ...none, kind: "file", path });

type Branch = [SourceRef, Branch[]];
const leaf = (source: SourceRef): Branch => [source, []];
const tree: Branch[] = [
  [
    site,
    [
      [
        space("a"),
        [
          [page("a", "1"), [leaf(page("a", "1.1")), [page("a", "1.2"), [leaf(page("a", "1.2.1"))]]]],
          leaf(page("a", "2")),
          leaf(page("a", "3")),
        ],
      ],
      [space("b"), [leaf(page("b", "1")), leaf(page("b", "2"))]],
      [space("c"), [leaf(page("c", "1"))]],
    ],
  ],
  [
    folder("/home/x"),
    [[folder("/home/x/y"), [leaf(file("/home/x/y/1.md")), leaf(file("/home/x/y/2.md"))]], leaf(file("/home/x/z.md"))],
  ],
  leaf(file("/home/x.md")),
];

const children = new Map<string, SourceRef[]>();
const parents = new Map<string, string | null>();
const everything: SourceRef[] = [];
const leavesBelow = new Map<string, SourceRef[]>();

function open([source, below]: Branch, parent: string | null): SourceRef[] {
  everything.push(source);
  parents.set(keyOf(source), parent);
  if (below.length > 0)
    children.set(
      keyOf(source),
      below.map(([child]) => child),
    );
  const leaves = below.flatMap((branch) => open(branch, keyOf(source)));
  leavesBelow.set(keyOf(source), below.length === 0 ? [source] : leaves);
  return below.length === 0 ? [source] : leaves;
}
tree.forEach((branch) => open(branch, null));
const known: Known = { parents, children };
const unopened: Known = { parents: new Map(), children: new Map() };

/** The tick of every source, in the order of the tree. */
const picture = (chosen: readonly SourceRef[]) => everything.map(ticksOf(chosen, known));
const keys = (chosen: readonly SourceRef[]) => chosen.map(keyOf).sort();

describe("ticking", () => {
  const cases: [string, SourceRef[], (chosen: SourceRef[]) => SourceRef[], SourceRef[]][] = [
    ["a space", [], (chosen) => tick(chosen, space("a"), known), [space("a")]],
    ["a space with a page ticked", [page("a", "1.1")], (chosen) => tick(chosen, space("a"), known), [space("a")]],
    ["a page of a ticked site", [site], (chosen) => tick(chosen, page("a", "2"), known), [site]],
    ["a space off", [site], (chosen) => untick(chosen, space("b"), known), [space("a"), space("c")]],
    [
      "a page off, two levels below",
      [site],
      (chosen) => untick(chosen, page("b", "1"), known),
      [space("a"), space("c"), page("b", "2")],
    ],
    [
      "a page off below a ticked page",
      [page("a", "1")],
      (chosen) => untick(chosen, page("a", "1.1"), known),
      [page("a", "1.2")],
    ],
    ["the last one off", [page("a", "1.2")], (chosen) => untick(chosen, page("a", "1.2.1"), known), []],
    ["what is in part off", [page("b", "1"), space("c")], (chosen) => untick(chosen, site, known), []],
    [
      "a file off in a ticked folder",
      [folder("/home/x"), file("/home/x.md")],
      (chosen) => untick(chosen, file("/home/x/y/1.md"), known),
      [file("/home/x.md"), file("/home/x/y/2.md"), file("/home/x/z.md")],
    ],
  ];
  it.each(cases)("%s", (_, before, act, after) => expect(keys(act(before))).toEqual(keys(after)));

  it("knows what is above by its name alone, before the tree was opened", () => {
    const at = ticksOf([page("a", "1.1"), file("/home/x/y/1.md"), file("C:\\data\\a.md")], unopened);
    expect(
      [site, space("a"), space("b"), folder("/home/x"), folder("/home/x/y"), folder("/home"), folder("C:\\data")].map(
        at,
      ),
    ).toEqual(["some", "some", "none", "some", "some", "some", "some"]);
    expect(ticksOf([folder("/home/x")], unopened)(file("/home/x.md"))).toBe("none");
  });

  it("does not send twice what a page above brings, once the tree tells so", () => {
    expect(sent([page("a", "1.2.1"), page("a", "1")], known)).toEqual([page("a", "1")]);
    expect(sent([page("a", "1.2.1"), page("a", "1")], unopened)).toHaveLength(2);
    expect(sent([space("a"), space("a"), page("a", "9")], unopened)).toEqual([space("a")]);
  });
});

/** Numbers that are the same in each run. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(Array.from({ length: 60 }, (_, seed) => seed))("after any clicks (%i)", (seed) => {
  const next = numbers(seed + 1);
  let chosen: SourceRef[] = [];
  const wanted = new Set<string>();

  it("the same is ticked as if each leaf had its own box, and what is sent brings back the same ticks", () => {
    for (let step = 0; step < 40; step++) {
      const source = everything[next(everything.length)] as SourceRef;
      const before = ticksOf(chosen, known)(source);
      chosen = before === "all" ? untick(chosen, source, known) : tick(chosen, source, known);
      for (const { kind, ...rest } of leavesBelow.get(keyOf(source)) ?? []) {
        const key = keyOf({ kind, ...rest });
        if (before === "all") wanted.delete(key);
        else wanted.add(key);
      }
      const at = ticksOf(chosen, known);
      const ticked = everything.filter((one) => !children.has(keyOf(one)) && at(one) === "all").map(keyOf);
      expect(new Set(ticked)).toEqual(wanted);
      const out = sent(chosen, known);
      expect(picture(out)).toEqual(picture(chosen));
      const covers = out.filter(
        (one) => sent([...out.filter((other) => other !== one), one], known).length < out.length,
      );
      expect(covers).toEqual([]);
      expect(at(source)).toBe(before === "all" ? "none" : "all");
    }
  });
});
