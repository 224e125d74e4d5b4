import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts|css)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, "src", name), "utf8") }));

const breaking = (pattern: RegExp, but: RegExp = /^$/) =>
  files.filter(({ name, text }) => !but.test(name) && pattern.test(text)).map(({ name }) => name);

describe("every file of the page", () => {
  it("is found", () => expect(files.length).toBeGreaterThan(60));
  it("inserts no HTML", () =>
    expect(breaking(/\{@html|innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write/)).toEqual([]));
  it("loads nothing from elsewhere", () =>
    expect(breaking(/(src|href)="https?:|url\(\s*["']?https?:|@import|fetch\(|XMLHttpRequest|new WebSocket/)).toEqual(
      [],
    ));
  it("has no inline style, which the policy would block", () => expect(breaking(/\sstyle="/)).toEqual([]));
  it("stays small", () => {
    const long = files.filter(({ name, text }) => name.endsWith(".svelte") && text.split("\n").length > 200);
    expect(long.map(({ name }) => name)).toEqual([]);
  });
  it("speaks to the application through the backend alone", () => {
    expect(breaking(/@tauri-apps|__TAURI/, /bindings\.ts$|backend\/(tauri|choose)\.ts$/)).toEqual([]);
  });
  it("keeps its words in one place", () => {
    const spoken = /(?:title|placeholder|aria-label)="[A-Z][a-z]+|>\s*[A-Z][a-z]+ [a-z]+[^<{]*</;
    expect(breaking(spoken, /\.ts$|\.css$/)).toEqual([]);
  });
});

it("the lock file names no registry", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved"|registry\./);
});
