import { describe, expect, it } from "vitest";
import { completeRun } from "../backend/fake/runs";
import { buildOverview, emptyCard, problem, scenarios, type Scenario } from "../backend/fake/scenarios";
import type { ConfluenceCard, ProblemCode, SpaceRow, SyncProgress } from "../bindings";
import { words } from "../strings/words.svelte";
import { stepsOf } from "../shell/first-steps.svelte";
import { statusOf } from "../shell/status";
import { pausedUntil, waitingView } from "./waiting";
import { badgeOf, hostOf, lineOf } from "./card";
import { fraction, progressPace, progressWhat, spokenProgress } from "./progress";
import { problemView } from "./problems";
import { lastCell, pagesCell } from "./rows";
import { lastRunWords, runReport } from "./run";

const now = Date.parse("2026-03-10T12:00:00Z");
const overviewOf = (scenario: Scenario) => buildOverview(scenario, now);
const cardOf = (scenario: Scenario) => buildOverview(scenario, now).confluence;
const sync: SyncProgress = {
  runId: 1,
  phase: "embedding",
  done: 340,
  total: 1200,
  pagesPerMinute: 212.4,
  secondsLeft: 244,
  space: "Platform Runbooks",
  paused: false,
};

describe("each state of the card", () => {
  const looks: [Scenario, string | null, string, string][] = [
    ["never", null, "Not connected", "Read-only. CoAgentor can't create, edit or delete anything in Confluence."],
    [
      "connecting",
      "Connecting",
      "Waiting for your browser",
      "Read-only. CoAgentor can't create, edit or delete anything in Confluence.",
    ],
    [
      "choose_site",
      "Choose a site",
      "Choose a site",
      "Read-only. CoAgentor can't create, edit or delete anything in Confluence.",
    ],
    ["nothing_selected", "Connected", "Not synced yet", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["connected", "Connected", "Synced 12 min ago", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["syncing", "Syncing", "Syncing 340 of 1,200", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["partial", "Needs attention", "Needs attention", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    [
      "reconnect",
      "Reconnect needed",
      "Reconnect needed",
      "Your Atlassian sign-in has expired. Your spaces are still selected. 1,241 pages stay searchable but no longer update.",
    ],
    ["disconnected", null, "Disconnected", "214 pages from acme stay searchable but no longer update."],
    ["offline", "Connected", "Offline", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["rate_limited", "Syncing", "Waiting for Atlassian", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["store_locked", "Connected", "Sign-in locked", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["on_battery", "Connected", "Waiting for power", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
    ["preparing", "Connected", "Preparing 38 pages", "acme.atlassian.net · read-only · signed in as Mira Okafor"],
  ];

  it.each(looks)("%s", (scenario, badge, status, line) => {
    const card = cardOf(scenario);
    expect(badgeOf(card)?.text ?? null).toBe(badge);
    expect(statusOf(overviewOf(scenario), now).text).toBe(status);
    expect(lineOf(card)).toBe(line);
  });

  it("has words for every scenario", () => {
    for (const scenario of scenarios) expect(statusOf(overviewOf(scenario), now).text).not.toBe("");
  });

  it("says that it is paused", () => {
    const card = { ...cardOf("syncing"), sync: { ...sync, paused: true } };
    expect(badgeOf(card)?.text).toBe("Paused");
    expect(statusOf({ ...overviewOf("syncing"), confluence: card }, now).text).toBe("Paused at 340 of 1,200");
  });

  it.each([
    ["https://acme.atlassian.net/wiki", "acme.atlassian.net"],
    ["http://127.0.0.1:8080/x?y#z", "127.0.0.1:8080"],
    ["acme", "acme"],
  ])("host of %s", (url, host) => expect(hostOf(url)).toBe(host));
});

describe("with files alone", () => {
  const rows: [Scenario, string][] = [
    ["files", "266 files read 12 min ago"],
    ["files_reading", "Reading files, 35 so far"],
    ["files_problems", "Reading files, 1,796 so far"],
  ];
  it.each(rows)("%s", (scenario, text) => expect(statusOf(overviewOf(scenario), now).text).toBe(text));

  it("says what could not be read, and what is still prepared", () => {
    const [source] = overviewOf("files").files.sources;
    const of = (change: object) =>
      statusOf({ ...overviewOf("files"), files: { sources: [{ ...source!, ...change }] } }, now).text;
    expect(of({ ready: 0, pending: 0, failed: 2 })).toBe("2 files can't be read");
    expect(of({ ready: 0, pending: 7 })).toBe("Preparing 7 files");
    expect(of({ ready: 0, pending: 0, scannedAt: null })).toBe("Files not read yet");
  });

  it("is past connecting and choosing", () => {
    const done = (scenario: Scenario) => stepsOf(overviewOf(scenario), false).map((step) => step.done);
    expect(done("never")).toEqual([false, false, false]);
    expect(done("files")).toEqual([true, true, false]);
    expect(done("nothing_selected")).toEqual([true, false, false]);
    expect(done("connected")).toEqual([true, true, false]);
  });
});

describe("waiting", () => {
  it("is said with until when, until then", () => {
    const overview = overviewOf("paused_hour");
    const resting = { ...overview, confluence: { ...overview.confluence, sync: null } };
    expect(statusOf(overview, now).text).toMatch(/^Paused until 12:47/);
    expect(waitingView(overview, now)).toBeNull();
    expect(waitingView(resting, now)?.title).toMatch(/^Paused until 12:47/);
    expect(waitingView(resting, now + 3_600_000)).toBeNull();
    expect(pausedUntil(overviewOf("connected"), now)).toBeNull();
  });

  it("is for power only when the person wants it and something would be done", () => {
    const overview = overviewOf("on_battery");
    expect(waitingView(overview, now)?.title).toBe("Waiting for power");
    expect(waitingView({ ...overview, onBattery: false }, now)).toBeNull();
    expect(waitingView({ ...overview, settings: { ...overview.settings, syncEveryHours: null } }, now)).toBeNull();
  });
});

describe("progress", () => {
  it("says what, how far and how long", () => {
    expect(progressWhat(sync)).toBe("Embedding · 340 of 1,200 pages · Platform Runbooks");
    expect(progressPace(sync)).toBe("212 pages a minute · 4 min left");
    expect(fraction(sync)).toBeCloseTo(0.283, 2);
  });

  it("does not pretend to know the end", () => {
    const listing: SyncProgress = {
      ...sync,
      phase: "listing",
      done: 50,
      total: null,
      pagesPerMinute: null,
      secondsLeft: null,
      space: null,
    };
    expect(fraction(listing)).toBeNull();
    expect(progressWhat(listing)).toBe("Listing · 50 pages found");
    expect(progressPace(listing)).toBe("");
    expect(progressWhat({ ...listing, done: 0 })).toBe("Listing · looking for changes");
  });

  it("stays within its bar", () => {
    expect(fraction({ ...sync, done: 1300 })).toBe(1);
    expect(fraction({ ...sync, done: 0, total: 0 })).toBe(1);
  });

  it("is spoken by quarters", () => {
    expect(spokenProgress(sync)).toBe("Embedding, 25%");
    expect(spokenProgress({ ...sync, done: 599 })).toBe("Embedding, 25%");
    expect(spokenProgress({ ...sync, done: 600 })).toBe("Embedding, 50%");
  });
});

describe("problems", () => {
  const card = cardOf("connected");
  const rows: [ProblemCode, ConfluenceCard, string, string | null][] = [
    ["no_confluence_site", emptyCard(), "No Confluence site found", "Try another account"],
    ["no_spaces", card, "No spaces found", "Check again"],
    ["reconnect_needed", card, "Reconnect needed", "Reconnect"],
    ["nothing_selected", card, "Choose at least one space", "Choose spaces"],
    ["still_preparing", cardOf("preparing"), "Still preparing 38 pages", null],
    ["rate_limited", cardOf("rate_limited"), "Atlassian is limiting requests", "Sync later"],
    ["rate_limited", card, "Atlassian is limiting requests", null],
    ["offline", card, "Offline", "Try now"],
  ];

  it.each(rows)("%s", (code, of, title, mend) => {
    const view = problemView(problem(code, "Because."), of, now);
    expect(view.title).toBe(title);
    expect(view.mend?.label ?? null).toBe(mend);
  });

  it("says until when", () => {
    const until = new Date(now + 7 * 60_000).toISOString();
    expect(problemView(problem("rate_limited", "Waiting.", until), card, now).message).toMatch(
      /Nothing is lost\. Continues by itself at 12:07/,
    );
    expect(problemView(problem("offline", "No way.", until), card, now).message).toMatch(
      /can't be reached\. .*Tries again by itself at 12:07/,
    );
  });

  it("shows a problem that only a newer application knows, in that application's words", () => {
    const unknown = { ...problem("other", "The moon is full."), code: "moon" as ProblemCode, title: "Full moon" };
    const view = problemView(unknown, card, now);
    expect(view).toMatchObject({ title: "Full moon", message: "The moon is full.", tone: "bad" });
  });
});

describe("the last run", () => {
  it.each([
    [{}, "Synced 12 min ago: 3 added, 2 updated"],
    [{ added: 0, updated: 0 }, "Synced 12 min ago: nothing had changed"],
    [{ added: 0, updated: 0, moved: 1, removed: 1200 }, "Synced 12 min ago: 1 moved, 1,200 removed"],
    [{ status: "cancelled" as const }, "Sync cancelled 12 min ago"],
    [{ status: "failed" as const }, "Last tried 12 min ago"],
  ])("%j", (change, text) => expect(lastRunWords(completeRun(now, change), now)).toBe(text));

  it("is told plainly when there was none", () => expect(lastRunWords(null, now)).toBe("Not synced yet"));

  it("says what is missing and that nothing was removed", () => {
    const run = cardOf("partial").lastRun;
    expect(run && runReport(run)).toMatchObject({
      title: "3 of 28 pages could not be read",
      message: expect.stringContaining("Nothing was removed because of it."),
    });
    expect(runReport(completeRun(now, { status: "failed", message: "No answer." })).title).toBe("The last sync failed");
  });
});

describe("a row of the list", () => {
  const row: SpaceRow = {
    id: "1",
    key: "OPS",
    name: "Runbooks",
    selected: true,
    pages: 257,
    syncedPages: 257,
    lastSyncedAt: "2026-03-10T11:48:00Z",
  };

  it("says what a save would do", () => {
    expect(lastCell(row, true, null, now).text).toBe("12 min ago");
    expect(lastCell(row, false, null, now).text).toBe(words.spaces.leaves);
    expect(lastCell({ ...row, selected: false, syncedPages: 0, lastSyncedAt: null }, true, null, now).text).toBe(
      words.spaces.joins,
    );
    expect(lastCell({ ...row, selected: false }, false, null, now).text).toBe("Kept, not searched");
    expect(lastCell(row, true, "Runbooks", now).text).toBe("Syncing");
  });

  it("shows how much of a space is here", () => {
    expect(pagesCell(row).text).toBe("257");
    expect(pagesCell({ ...row, syncedPages: 13 })).toEqual({ text: "13 / 257", label: "13 of 257 pages" });
    expect(pagesCell({ ...row, pages: null }).label).toBe("Not counted yet");
  });
});
