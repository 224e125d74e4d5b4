import { describe, expect, it } from "vitest";
import { findSections, marked } from "../backend/fake/pages";
import { caveatOf, nameOf, pathOf } from "./hits";

const hit = findSections("renew certificate by hand", 1, 0)[0]!;

describe("a hit", () => {
  it("is title > headings", () => {
    expect(pathOf(hit)).toEqual(["Certificate renewal", "When the automation fails", "Renewing by hand"]);
    expect(nameOf(hit)).toBe("Renewing by hand");
  });

  it("does not say the title twice, and has a name without headings", () => {
    expect(pathOf({ ...hit, headingPath: ["Certificate renewal", "Steps"] })).toEqual(["Certificate renewal", "Steps"]);
    expect(nameOf({ ...hit, headingPath: [] })).toBe("Certificate renewal");
    expect(pathOf({ ...hit, headingPath: [" "] })).toEqual(["Certificate renewal"]);
  });

  it.each([
    ["ready", null],
    ["pending", "Still being prepared"],
    ["unavailable", "No longer in Confluence"],
    ["something new", null],
  ])("in state %s says %s", (state, text) => expect(caveatOf({ ...hit, state })).toBe(text));
});

describe("marked", () => {
  it("keeps the text whole", () => {
    const parts = marked("Renew the certificate, by hand.", ["certificate", "hand"]);
    expect(parts.map((part) => part.text).join("")).toBe("Renew the certificate, by hand.");
    expect(parts.filter((part) => part.marked).map((part) => part.text)).toEqual(["certificate", "hand"]);
  });
});
