import { describe, expect, it } from "vitest";
import { drawn, moved, visibleSpan } from "./rows";

describe("moved", () => {
  it.each([
    ["ArrowDown", 0, 1],
    ["ArrowUp", 0, 0],
    ["ArrowDown", 9, 9],
    ["PageDown", 2, 7],
    ["PageDown", 8, 9],
    ["PageUp", 2, 0],
    ["Home", 7, 0],
    ["End", 1, 9],
    ["Enter", 1, null],
    [" ", 1, null],
  ])("%s at %i goes to %s", (key, at, target) => expect(moved(key, at, 10, 5)).toBe(target));

  it("goes nowhere in an empty list", () => expect(moved("ArrowDown", 0, 0, 5)).toBeNull());
});

describe("what is drawn of 5,000 rows", () => {
  const count = 5000;

  it("is what is in view and a little around it", () => {
    expect(visibleSpan(0, 500, 36, count)).toEqual({ from: 0, to: 22 });
    expect(visibleSpan(36 * 2500, 500, 36, count)).toEqual({ from: 2492, to: 2522 });
    expect(visibleSpan(36 * 5000, 500, 36, count).to).toBe(5000);
    expect(visibleSpan(90_000, 500, 36, 3)).toEqual({ from: 3, to: 3 });
  });

  it("always has the row with the keyboard", () => {
    const span = { from: 100, to: 103 };
    expect(drawn(span, 101, count)).toEqual([100, 101, 102]);
    expect(drawn(span, 4, count)).toEqual([4, 100, 101, 102]);
    expect(drawn(span, 4999, count)).toEqual([100, 101, 102, 4999]);
    expect(drawn({ from: 0, to: 0 }, -1, 0)).toEqual([]);
  });
});
