import { expect, it } from "vitest";
import { buildOverview } from "../backend/fake/scenarios";
import { asText, diagnosticsOf } from "./diagnostics";

it("tells the state and nothing about the person", () => {
  const text = asText(diagnosticsOf(buildOverview("partial", 0)));
  expect(text).toContain("Last sync: Partial");
  expect(text).toContain("Pages that failed: 3");
  expect(text).not.toMatch(/Mira|acme|home/);
});
