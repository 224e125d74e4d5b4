import { describe, expect, it } from "vitest";
import { earlier, isFull, nothingPlaced, place, type Placeable, PLACES, type Slots } from "./slots";

const card = (id: number, change: Partial<Placeable> = {}): Placeable => ({
  id,
  pinned: false,
  dismissed: false,
  ...change,
});
const nobody = new Set<number>();
const cards = (count: number) => Array.from({ length: count }, (_, index) => card(index + 1));

describe("places", () => {
  it.each([
    [0, [null, null, null], []],
    [1, [1, null, null], []],
    [3, [1, 2, 3], []],
    [4, [4, 2, 3], [1]],
    [9, [7, 8, 9], [6, 5, 4, 3, 2, 1]],
  ])("of %i cards", (count, places, before) => {
    const slots = place(nothingPlaced, cards(count), nobody);
    expect(slots.places).toEqual(places);
    expect(earlier(slots, cards(count)).map(({ id }) => id)).toEqual(before);
  });

  it("are freed by dismissing, and the next card takes the first free one", () => {
    const three = place(nothingPlaced, cards(3), nobody);
    const two = [card(1), card(2, { dismissed: true }), card(3)];
    expect(place(three, two, nobody).places).toEqual([1, null, 3]);
    expect(place(place(three, two, nobody), [...two, card(4)], nobody).places).toEqual([1, 4, 3]);
    expect(earlier(place(three, two, nobody), two)).toEqual([]);
  });

  it("pass over what is pinned or being read", () => {
    const all = [card(1, { pinned: true }), card(2), card(3)];
    const three = place(nothingPlaced, all, nobody);
    expect(place(three, [...all, card(4)], new Set([2])).places).toEqual([1, 2, 4]);
  });

  it("leave out a card when all are kept, and say so", () => {
    const all = cards(3).map(({ id }) => card(id, { pinned: true }));
    const three = place(nothingPlaced, all, nobody);
    const four = place(three, [...all, card(4)], nobody);
    expect(four.places).toEqual([1, 2, 3]);
    expect(earlier(four, [...all, card(4)]).map(({ id }) => id)).toEqual([4]);
    expect([isFull(three, all), isFull(three, cards(3))]).toEqual([true, false]);
    expect(place(four, [...cards(3), card(4)], nobody).places).toEqual([1, 2, 3]);
  });

  it("are given again to a card that is pinned later, as soon as one is free", () => {
    const four = place(nothingPlaced, cards(4), nobody);
    const back = place(four, [card(1, { pinned: true }), ...cards(4).slice(1)], nobody);
    expect([four.places, back.places]).toEqual([
      [4, 2, 3],
      [4, 1, 3],
    ]);
    const full = [2, 3, 4].map((id) => card(id, { pinned: true }));
    const waits = place(four, [card(1, { pinned: true }), ...full], nobody);
    expect(waits.places).toEqual([4, 2, 3]);
    const freed = [card(1, { pinned: true }), card(2, { pinned: true, dismissed: true }), ...full.slice(1)];
    expect(place(waits, freed, nobody).places).toEqual([4, 1, 3]);
  });

  it("are given in the order of a meeting that was opened again", () => {
    const all = cards(6).map((one) => (one.id === 2 ? card(2, { pinned: true }) : one));
    expect(place(nothingPlaced, all, nobody).places).toEqual([6, 2, 5]);
  });
});

function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it.each(Array.from({ length: 200 }, (_, seed) => seed))("no card moves, whatever happens (%i)", (seed) => {
  const next = numbers(seed + 7);
  let all: Placeable[] = [];
  let held = new Set<number>();
  let slots: Slots = nothingPlaced;
  for (let step = 0; step < 60; step++) {
    const pick = all[next(all.length)];
    const what = next(6);
    if (what < 2 || !pick)
      all = [...all, ...Array.from({ length: 1 + next(2) }, (_, more) => card(all.length + 1 + more))];
    else if (what === 2) all = all.map((one) => (one === pick ? { ...one, pinned: !one.pinned } : one));
    else if (what === 3) all = all.map((one) => (one === pick ? { ...one, dismissed: true } : one));
    else held = new Set(what === 4 ? [pick.id] : []);
    const before = slots;
    slots = place(before, all, held);

    const shown = slots.places.filter((id) => id !== null);
    expect(slots.places).toHaveLength(PLACES);
    expect(new Set(shown).size).toBe(shown.length);
    before.places.forEach((id, at) => {
      if (id === null) return;
      const one = all.find((other) => other.id === id);
      // It stays where it was, or it is nowhere.
      expect([at, -1]).toContain(slots.places.indexOf(id));
      if ((one?.pinned || held.has(id)) && !one?.dismissed) expect(slots.places[at]).toBe(id);
    });
    const isKept = (id: number | null) => held.has(id ?? 0) || all.some((one) => one.id === id && one.pinned);
    const waits = all.some(({ id, pinned, dismissed }) => pinned && !dismissed && !slots.places.includes(id));
    if (waits) expect(slots.places.every(isKept)).toBe(true);
    const listed = earlier(slots, all).map(({ id }) => id);
    const open = all.filter(({ dismissed }) => !dismissed).map(({ id }) => id);
    expect([...shown, ...listed].sort((a, b) => a - b)).toEqual(open);
    expect(listed).toEqual([...listed].sort((a, b) => b - a));
  }
});
