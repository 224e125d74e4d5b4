import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../backend/fake";
import type { PageFilter, PageRow } from "../bindings";
import { keptCell, keptWords, stateCell } from "./cells";
import { everything, LibraryModel } from "./library.svelte";
import { fetched, PART, partsOf, rowAt, type Parts } from "./parts";

const page: PageRow = {
  pageId: "1",
  title: "Runbook",
  spaceKey: "OPS",
  state: "ready",
  version: 3,
  syncedAt: null,
  url: null,
  reason: null,
  keptShare: 1,
  losses: [],
};

describe("parts", () => {
  it.each([
    [0, 1, [0]],
    [0, 100, [0]],
    [99, 101, [0, 1]],
    [99_950, 100_000, [999]],
    [5, 5, [0]],
  ])("rows %i to %i lie in %j", (from, to, parts) => expect(partsOf({ from, to })).toEqual(parts));

  it("keeps the nearest", () => {
    let parts: Parts = new Map();
    for (let part = 0; part < 50; part++) parts = fetched(parts, part, [page]);
    expect(parts.size).toBe(30);
    expect(Math.min(...parts.keys())).toBe(20);
    expect(rowAt(parts, 49 * PART)).toBe(page);
    expect(rowAt(parts, 49 * PART + 1)).toBeNull();
    expect(rowAt(parts, 0)).toBeNull();
  });
});

describe("cells", () => {
  it.each([
    [1, [], "All", "Every word of the page was kept."],
    [1, ["1 picture"], "100%", "Every word of the page was kept."],
    [0.999, ["Embedded video"], "99%", "99% of the words on the page were kept"],
    [0, ["A diagram"], "0%", "0% of the words on the page were kept"],
  ])("%d of the words and %j left out is %s", (keptShare, losses, cell, said) => {
    expect(keptCell({ ...page, keptShare, losses })).toBe(cell);
    expect(keptWords({ ...page, keptShare, losses })).toBe(said);
  });

  it("shows a state of a newer application as it is", () =>
    expect(stateCell({ ...page, state: "frozen" as PageRow["state"] })).toEqual({ text: "frozen", tone: "plain" }));
});

describe("the list", () => {
  const backend = new FakeBackend("100000-pages");
  const asks: [PageFilter, number][] = [];
  const list = backend.listPages.bind(backend);
  beforeEach(() => {
    vi.useFakeTimers();
    asks.length = 0;
    backend.listPages = async (filter, offset, limit) => {
      asks.push([filter, offset]);
      return list(filter, offset, limit);
    };
  });
  afterEach(() => void vi.useRealTimers());

  it("fetches only where it comes to rest", async () => {
    const model = new LibraryModel(backend);
    await model.refresh();
    expect(model.total).toBe(100_000);
    for (let from = 0; from < 90_000; from += 1000) model.need({ from, to: from + 30 });
    await vi.advanceTimersByTimeAsync(500);
    expect(asks.map(([, offset]) => offset)).toEqual([0, 89_000]);
    expect(model.row(89_010)?.title).toEqual(expect.any(String));
    expect(model.row(50_000)).toBeNull();
  });

  it("keeps what it shows until the new answer is there, and drops an old one", async () => {
    const model = new LibraryModel(backend);
    await model.refresh();
    const before = model.row(0);
    model.show({ state: "failed" });
    model.show({ state: "unavailable" });
    expect(model.row(0)).toEqual(before);
    await vi.advanceTimersByTimeAsync(500);
    expect(asks.slice(1).map(([filter]) => filter.state)).toEqual(["unavailable"]);
    expect([model.total, model.row(0)?.state, model.isFiltered]).toEqual([58, "unavailable", true]);
  });

  it("waits for a pause in the typing", async () => {
    const model = new LibraryModel(backend);
    model.show(everything);
    for (const text of ["r", "ru", "run"]) model.show({ text });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asks.map(([filter]) => filter.text)).toEqual(["run"]);
  });

  it("says what went wrong, and recovers", async () => {
    const model = new LibraryModel(backend);
    const works = backend.listPages;
    backend.listPages = async () => Promise.reject({ code: "locked", message: "Locked.", hint: null });
    await model.refresh();
    expect(model.error?.message).toBe("Locked.");
    backend.listPages = works;
    await model.refresh();
    expect([model.error, model.total]).toEqual([null, 100_000]);
  });

  it("fetches anew what is in view when pages have changed", async () => {
    const model = new LibraryModel(backend);
    await model.refresh();
    model.need({ from: 40_000, to: 40_030 });
    await vi.advanceTimersByTimeAsync(200);
    await model.refresh();
    expect(asks.map(([, offset]) => offset)).toEqual([0, 40_000, 40_000]);
    expect(model.row(40_010)).not.toBeNull();
  });
});
