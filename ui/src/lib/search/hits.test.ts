import { describe, expect, it } from "vitest";
import { fileSections } from "../backend/fake/files";
import { findSections, marked } from "../backend/fake/pages";
import { addressOf, caveatOf, nameOf, openerOf, pathOf } from "./hits";
import { words } from "../strings/words.svelte";
import { pendingView } from "./pending";

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

describe("a hit of a file", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  const file = findSections("revenue of the region", 1, now, fileSections)[0]!;

  it("is opened as a file, whether it has headings or not", () => {
    expect(openerOf(file)).toEqual({ visible: "Open file", name: "Open file “Quarterly figures”" });
    expect(openerOf(hit).visible).toBe("Open section");
  });

  it("shows its path without escapes, whatever the address is", () => {
    expect(addressOf(file)).toBe("/home/mira/Documents/Quarterly figures.xlsx");
    expect(addressOf({ ...file, url: "file:///C:/My%20files/a.md#b" })).toBe("C:/My files/a.md");
    expect(addressOf({ ...file, url: "file:///100%.md" })).toBe("file:///100%.md");
    expect(addressOf(hit)).toBe(hit.url);
  });

  it("that is gone is not looked for in Confluence", () =>
    expect(caveatOf({ ...file, state: "unavailable" })).toBe("No longer there"));
});

describe("texts in preparation", () => {
  it.each([
    [0, 0, undefined],
    [38, 0, "Still preparing 38 pages"],
    [1, 1, "Still preparing 1 file"],
    [1200, 40, "Still preparing 1,200 pages and files"],
  ])("%i, of which %i in files", (count, files, title) => expect(pendingView(count, files)?.title).toBe(title));
});

describe("what is searched", () => {
  it.each([
    [1241, 0, "1,241 pages"],
    [0, 1, "1 file"],
    [1, 214, "1 page and 214 files"],
  ])("%i pages and %i files", (pages, files, text) => expect(words.search.amount(pages, files)).toBe(text));
});

describe("marked", () => {
  it("keeps the text whole", () => {
    const parts = marked("Renew the certificate, by hand.", ["certificate", "hand"]);
    expect(parts.map((part) => part.text).join("")).toBe("Renew the certificate, by hand.");
    expect(parts.filter((part) => part.marked).map((part) => part.text)).toEqual(["certificate", "hand"]);
  });
});
