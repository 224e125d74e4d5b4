import { describe, expect, it } from "vitest";
import { someSpaces } from "../backend/fake/spaces";
import { typedAhead } from "./list-keys";
import { sortByName } from "./selection";

describe("typedAhead", () => {
  const rows = sortByName(someSpaces(0, false));
  const at = (name: string) => rows.findIndex((row) => row.name.startsWith(name));

  it("finds the next name that begins so, and goes around", () => {
    expect(typedAhead(rows, "d", at("Customer"))).toBe(at("Data Platform"));
    expect(typedAhead(rows, "d", at("Data Platform"))).toBe(at("Design System"));
    expect(typedAhead(rows, "d", at("Design System"))).toBe(at("Data Platform"));
  });

  it("stays when the row at hand still fits a longer word", () => {
    expect(typedAhead(rows, "de", at("Design System"))).toBe(at("Design System"));
    expect(typedAhead(rows, "採", 0)).toBe(at("採用"));
    expect(typedAhead(rows, "zzz", 0)).toBeNull();
  });
});
