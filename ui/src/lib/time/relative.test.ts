import { describe, expect, it } from "vitest";
import { ago, clockTime, countdown, left } from "./relative";

const now = Date.parse("2026-03-10T12:00:00Z");
const before = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe("ago", () => {
  it.each([
    [0, "just now"],
    [44, "just now"],
    [-90, "just now"],
    [50, "1 min ago"],
    [12 * 60, "12 min ago"],
    [3 * 3600 + 1200, "3 h ago"],
    [25 * 3600, "yesterday"],
    [3 * 86_400, "3 days ago"],
  ])("%i seconds before is %s", (seconds, words) => expect(ago(before(seconds), now)).toBe(words));

  it("says the date after a week, with the year when it is another", () => {
    expect(ago("2026-02-03T08:00:00Z", now, "en-GB")).toBe("3 Feb");
    expect(ago("2024-12-24T08:00:00Z", now, "en-GB")).toBe("24 Dec 2024");
  });
});

describe("clockTime", () => {
  it("is the time today and has a date further away", () => {
    expect(clockTime("2026-03-10T18:05:00Z", now, "en-GB")).toBe("18:05");
    expect(clockTime("2026-03-12T18:05:00Z", now, "en-GB")).toBe("12 Mar, 18:05");
  });
});

describe("left", () => {
  it.each([
    [0, "less than a minute left"],
    [61, "1 min left"],
    [244, "4 min left"],
    [3600, "1 h left"],
    [4800, "1 h 20 min left"],
  ])("%i seconds is %s", (seconds, words) => expect(left(seconds)).toBe(words));
});

describe("countdown", () => {
  it.each([
    [-5, "0:00"],
    [5, "0:05"],
    [581, "9:41"],
  ])("%i seconds ahead is %s", (seconds, words) => expect(countdown(before(-seconds), now)).toBe(words));
});
