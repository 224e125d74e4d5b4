import { describe, expect, it } from "vitest";
import { hoursOf, scheduleChoices } from "./schedule";
import { sizeWords } from "./size";

describe("the schedule", () => {
  it("offers its hours and none", () => {
    const choices = scheduleChoices(6);
    expect(choices.map(({ value }) => hoursOf(value))).toEqual([1, 2, 3, 4, 6, 8, 12, 24, null]);
    expect([choices[0]?.title, choices[1]?.title, choices[7]?.title]).toEqual([
      "Every hour",
      "Every 2 hours",
      "Once a day",
    ]);
  });

  it("has the one that was chosen elsewhere", () =>
    expect(scheduleChoices(5).map(({ value }) => value)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "8",
      "12",
      "24",
      "null",
    ]));
});

describe("sizes", () => {
  it.each([
    [0, "0 bytes", "0 Byte"],
    [640, "640 bytes", "640 Byte"],
    [12_400, "12 kB", "12 kB"],
    [52_493_300, "52.5 MB", "52,5 MB"],
    [1_250_000_000, "1.3 GB", "1,3 GB"],
    [412_000_000, "412 MB", "412 MB"],
  ])("%i", (bytes, english, german) => {
    expect(sizeWords(bytes, "en")).toBe(english);
    expect(sizeWords(bytes, "de").replace(/\u00a0/g, " ")).toBe(german);
  });
});
