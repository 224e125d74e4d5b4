import { expect, it } from "vitest";
import { buildOverview } from "../backend/fake/scenarios";
import { diagnosticsOf } from "./diagnostics";

it("tells the state and nothing about the person", () => {
  const text = JSON.stringify(diagnosticsOf(buildOverview("partial", 0)));
  expect(text).toContain('"Last sync","value":"Partial"');
  expect(text).not.toMatch(/Mira|acme|home/);
});
