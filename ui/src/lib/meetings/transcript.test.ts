import { describe, expect, it, test } from "vitest";
import type { Card, Segment } from "../bindings";
import { clockOf, heardIn, joined, merged, piecesOf } from "./transcript";

const line = (id: number, text = `line ${id}`, isFinal = true): Segment => ({
  id,
  at: id,
  speaker: null,
  text,
  isFinal,
});
const ids = (segments: readonly Segment[]) => segments.map(({ id }) => id);

describe("lines", () => {
  it.each([
    [[], [1, 2], [1, 2]],
    [
      [1, 2],
      [2, 3],
      [1, 2, 3],
    ],
    [[1, 2, 3], [], [1, 2, 3]],
    [
      [1, 2, 3],
      [5, 6],
      [1, 2, 3, 5, 6],
    ],
    // What did not change is not told of again.
    [
      [1, 2, 3],
      [2, 4],
      [1, 2, 3, 4],
    ],
  ])("%j with %j", (before, now, after) =>
    expect(
      ids(
        joined(
          before.map((id) => line(id)),
          now.map((id) => line(id)),
        ),
      ),
    ).toEqual(after),
  );

  it("take the newer words", () =>
    expect(joined([line(1, "hel", false)], [line(1, "hello")])).toEqual([line(1, "hello")]));

  it("do not grow without end", () => {
    const many = Array.from({ length: 2990 }, (_, index) => line(index + 1));
    const all = joined(
      many,
      Array.from({ length: 30 }, (_, index) => line(2991 + index)),
    );
    expect([all.length, all[0]?.id, all.at(-1)?.id]).toEqual([3000, 21, 3020]);
  });
});

test.each([
  ["Who tells support? Nobody.", "Who tells support?", [1, 0]],
  ["So: why?", "why?", [0, 1]],
  // It was looked up together with the line before.
  ["and on Windows?", "How do we install it? and on Windows?", [1]],
])("%s with %s", (text, words, marks) => {
  const parts = piecesOf(line(1, text), words);
  expect(parts.map((piece) => piece.text).join("")).toBe(text);
  expect(parts.map(({ marked }) => Number(marked))).toEqual(marks);
});

test("words are looked for in the line that brought the card alone", () => {
  const cards = [
    { id: 1, segment: 4, heard: "why?" },
    { id: 2, segment: 9, heard: "how?" },
  ] as Card[];
  expect([...heardIn(cards)]).toEqual([
    [4, "why?"],
    [9, "how?"],
  ]);
});

test("nothing new is the same list", () => {
  const before = [line(1), line(2)];
  expect(merged(before, [])).toBe(before);
  expect(merged(before, [line(2, "changed")])[0]).toBe(before[0]);
});

test.each([
  [0, "0:00"],
  [820, "13:40"],
  [3729.9, "1:02:09"],
  [-3, "0:00"],
])("%d seconds", (seconds, words) => expect(clockOf(seconds)).toBe(words));
