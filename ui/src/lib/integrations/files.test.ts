import { describe, expect, it } from "vitest";
import { fileSourcesOf } from "../backend/fake/files";
import type { FileSource } from "../bindings";
import { countsOf, filesBadge, isOneFile, pathParts, problemRows, readWords, sourceBadge, sourcesWords } from "./files";

const now = Date.parse("2026-03-10T12:00:00Z");
const first = fileSourcesOf("files", now)[0]!;
const source = (change: Partial<FileSource>): FileSource => ({ ...first, ready: 0, pending: 0, ...change });

describe("the counts of a source", () => {
  it.each([
    [{ ready: 214, pending: 3, failed: 2 }, "214 files ready · 3 being prepared · 2 can't be read"],
    [{ ready: 1 }, "1 file ready"],
    [{ pending: 1200 }, "1,200 files being prepared"],
    [{ failed: 1, unavailable: 4 }, "1 file can't be read · 4 no longer there"],
    [{}, "Nothing in here that can be read"],
    [{ isScanning: true }, "Looking for files"],
    [{ isMissing: true }, ""],
    [{ scannedAt: null }, ""],
  ])("%j", (change, text) => expect(countsOf(source(change))).toBe(text));

  it("come with when it was read", () => {
    expect(readWords(first, now)).toBe("read 12 min ago");
    expect(readWords(source({ scannedAt: null }), now)).toBe("not read yet");
    expect(readWords(source({ scannedAt: null, isScanning: true }), now)).toBe("");
  });
});

describe("badges", () => {
  it.each([
    [{}, null],
    [{ pending: 9 }, null],
    [{ failed: 1 }, "Needs attention"],
    [{ isMissing: true }, "Needs attention"],
    [{ isScanning: true, failed: 1 }, "Reading…"],
  ])("%j", (change, text) => expect(sourceBadge(source(change))?.text ?? null).toBe(text));

  it("of the card say the most pressing", () => {
    expect(filesBadge([])).toBeNull();
    expect(filesBadge([first])).toBeNull();
    expect(filesBadge([first, source({ failed: 1 })])?.text).toBe("Needs attention");
    expect(filesBadge([source({ failed: 1 }), source({ isScanning: true })])?.text).toBe("Reading");
  });
});

describe("a source", () => {
  it.each([
    ["/home/mira/Handbook", false],
    ["/home/mira/notes.v2", false],
    ["/home/mira/Plan.MD", true],
    ["C:\\Users\\mira\\Prices.xlsx", true],
  ])("%s is one file: %s", (path, one) => expect(isOneFile(source({ path }))).toBe(one));

  it.each([
    [["/a"], "1 folder"],
    [["/a.pdf"], "1 file"],
    [["/a", "/b", "/c.md"], "2 folders, 1 file"],
  ])("%j together are %s", (paths, text) => expect(sourcesWords(paths.map((path) => source({ path })))).toBe(text));

  it("has problems named below it", () => {
    const rows = problemRows(
      source({
        path: "/a",
        name: "a",
        problems: [
          { path: "b/c.pdf", reason: "x" },
          { path: "/a/d.pdf", reason: "y" },
          { path: "/a", reason: "z" },
        ],
      }),
    );
    expect(rows.map(({ title }) => title)).toEqual(["b/c.pdf", "d.pdf", "a"]);
  });
});

describe("a path", () => {
  it.each([
    ["/home/mira/دليل/x", ["/", "home/", "mira/", "دليل/", "x"]],
    ["C:\\Users\\mira", ["C:\\", "Users\\", "mira"]],
    ["\\\\?\\C:\\Users", ["C:\\", "Users"]],
    ["\\\\?\\UNC\\server\\share", ["\\\\", "server\\", "share"]],
    ["\\\\server\\share", ["\\\\", "server\\", "share"]],
    ["", []],
  ])("%s", (path, parts) => expect(pathParts(path).map(({ name, separator }) => name + separator)).toEqual(parts));
});
