import { describe, expect, it, test } from "vitest";
import type { Card, Segment } from "../bindings";
import { clockOf, joined, piecesOf } from "./transcript";

const line = (id: number, text = `line ${id}`, isFinal = true): Segment => ({
  id,
  at: id,
  speaker: null,
  text,
  isFinal,
});
const ids = (segments: readonly Segment[]) => segments.map(({ id }) => id);
const heard = (...words: string[]) => words.map((text) => ({ heard: text }) as Card);

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
    // A line that was not final is gone.
    [
      [1, 2, 3],
      [2, 4],
      [1, 2, 4],
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
  ["Who tells support? Nobody.", ["Who tells support?"], ["", "Who tells support?", " Nobody."]],
  ["So: why?", ["why?"], ["So: ", "why?", ""]],
  ["Nothing here", ["why?"], ["Nothing here"]],
  ["why?", [""], ["why?"]],
])("%s", (text, words, pieces) => {
  const parts = piecesOf(line(1, text), heard(...words));
  expect(parts.map((piece) => piece.text)).toEqual(pieces.filter((piece) => piece !== ""));
  expect(parts.filter(({ marked }) => marked).map((piece) => piece.text)).toEqual(
    words.filter((word) => word !== "" && text.includes(word)),
  );
});

test.each([
  [0, "0:00"],
  [820, "13:40"],
  [3729.9, "1:02:09"],
  [-3, "0:00"],
])("%d seconds", (seconds, words) => expect(clockOf(seconds)).toBe(words));
