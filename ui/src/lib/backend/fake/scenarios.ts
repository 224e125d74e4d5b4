import type {
  ClientRegistration,
  ConfluenceCard,
  Overview,
  Problem,
  ProblemCode,
  RunSummary,
  SecretStoreUse,
  Settings,
  Site,
  SpaceRow,
} from "../../bindings";
import { fileSourcesOf } from "./files";
import { completeRun } from "./runs";
import { firstStep } from "./simulate";
import { manySpaces, someSpaces } from "./spaces";

export const scenarios = [
  "never",
  "connecting",
  "choose_site",
  "nothing_selected",
  "connected",
  "syncing",
  "partial",
  "reconnect",
  "disconnected",
  "no_site",
  "no_spaces",
  "offline",
  "rate_limited",
  "preparing",
  "5000-spaces",
  "errors",
  "files",
  "files_problems",
  "files_reading",
  "100000-pages",
  "pages_slow",
  "store_missing",
  "store_locked",
  "no_client",
  "on_battery",
  "paused_hour",
  "rooms",
  "rooms_troubled",
  "rooms_slow",
  "tree_1000",
  "meeting_0",
  "meeting_1",
  "meeting_3",
  "meeting_9",
  "meeting_ended",
] as const;
export type Scenario = (typeof scenarios)[number];

const MINUTE = 60_000;
export const acme: Site = { id: "site-acme", name: "acme", url: "https://acme.atlassian.net" };
export const sites: Site[] = [
  acme,
  { id: "site-lab", name: "acme-lab", url: "https://acme-lab.atlassian.net" },
  { id: "site-jp", name: "アクメ株式会社", url: "https://acme-jp.atlassian.net" },
];

export function asScenario(name: string | null): Scenario {
  return scenarios.find((scenario) => scenario === name) ?? "never";
}

const iso = (now: number, minutes: number) => new Date(now + minutes * MINUTE).toISOString();

export function emptyCard(): ConfluenceCard {
  return {
    state: "never",
    kind: null,
    site: null,
    account: null,
    signIn: null,
    sites: [],
    spaces: [],
    plan: { name: "free", limit: 25, used: 0 },
    pages: { ready: 0, pending: 0, failed: 0, unavailable: 0 },
    sync: null,
    lastRun: null,
    nextRunAt: null,
    problem: null,
  };
}

function signedIn(spaces: SpaceRow[]): ConfluenceCard {
  return { ...emptyCard(), state: "connected", kind: "oauth", site: acme, account: "Mira Okafor", spaces };
}

function synced(now: number): ConfluenceCard {
  const spaces = someSpaces(now, true);
  const used = spaces.reduce((sum, space) => sum + space.syncedPages, 0);
  return {
    ...signedIn(spaces),
    plan: { name: "pro", limit: null, used },
    pages: { ready: used, pending: 0, failed: 0, unavailable: 0 },
    lastRun: completeRun(now),
    nextRunAt: iso(now, 348),
  };
}

export function problem(
  code: ProblemCode,
  message: string,
  until: string | null = null,
  hint: string | null = null,
): Problem {
  return { code, title: code, message, hint, until };
}

function partial(now: number): ConfluenceCard {
  const left = ["Old runbook: mail relay", "Disaster recovery exercise 2024", "How we name things"];
  const over = Array.from({ length: 13 }, (_, index) => ({
    pageId: String(700 + index),
    title: index === 4 ? "インシデント対応の手引き" : `Meeting notes, week ${index + 20}`,
    spaceKey: index % 2 === 0 ? "OPS" : "CH",
  }));
  const run = completeRun(now, {
    status: "partial",
    expected: 28,
    stored: 25,
    failed: left.map((title, index) => ({
      pageId: String(600 + index),
      title,
      reason:
        index === 2
          ? "Confluence answered with an error three times (503)."
          : "You can't see this page any more (404).",
    })),
    leftOut: over.length,
    overLimit: over,
    message: "The pages stay as they were and are tried again in the next sync.",
  });
  const spaces = someSpaces(now, true).map((space) => ({
    ...space,
    selected: ["OPS", "CH"].includes(space.key),
    syncedPages: { OPS: 13, CH: 12 }[space.key] ?? 0,
    lastSyncedAt: ["OPS", "CH"].includes(space.key) ? iso(now, -12) : null,
  }));
  return {
    ...synced(now),
    spaces,
    plan: { name: "free", limit: 25, used: 25 },
    pages: { ready: 25, pending: 0, failed: 3, unavailable: 0 },
    lastRun: run,
  };
}

const builders: Record<Scenario, (now: number) => ConfluenceCard> = {
  never: emptyCard,
  connecting: (now) => ({
    ...emptyCard(),
    state: "connecting",
    kind: "oauth",
    signIn: {
      authorizeUrl:
        "https://auth.atlassian.com/authorize?audience=api.atlassian.com&client_id=example&scope=read%3Apage%3Aconfluence&state=u7Qk2vX9&response_type=code&prompt=consent",
      expiresAt: iso(now, 9.7),
    },
  }),
  choose_site: () => ({ ...emptyCard(), state: "choose_site", kind: "oauth", account: "Mira Okafor", sites }),
  nothing_selected: (now) => signedIn(someSpaces(now, false)),
  connected: synced,
  syncing: (now) => ({
    ...synced(now),
    pages: { ready: 340, pending: 860, failed: 0, unavailable: 0 },
    sync: {
      runId: 42,
      phase: "embedding",
      done: 340,
      total: 1200,
      pagesPerMinute: 212,
      secondsLeft: 244,
      space: "Platform Runbooks",
      paused: false,
    },
  }),
  partial,
  reconnect: (now) => ({ ...synced(now), state: "reconnect_needed", nextRunAt: null }),
  disconnected: (now) => ({
    ...synced(now),
    state: "disconnected",
    kind: null,
    account: null,
    spaces: [],
    nextRunAt: null,
    plan: { name: "solo", limit: 250, used: 214 },
    pages: { ready: 214, pending: 0, failed: 0, unavailable: 0 },
  }),
  no_site: () => ({
    ...emptyCard(),
    problem: problem(
      "no_confluence_site",
      "You signed in, but this account reaches no site that has Confluence.",
      null,
      "Sign in with the account that you use at work, and allow the site that has Confluence.",
    ),
  }),
  no_spaces: () => ({
    ...signedIn([]),
    problem: problem(
      "no_spaces",
      "acme.atlassian.net answered, and it has no space that you can see.",
      null,
      "Ask the person who runs your Confluence whether you may see a space.",
    ),
  }),
  offline: (now) => ({
    ...synced(now),
    problem: problem(
      "offline",
      "There is no way to Atlassian from this computer. What is synced stays searchable.",
      iso(now, 4),
    ),
  }),
  rate_limited: (now) => ({
    ...synced(now),
    sync: {
      runId: 42,
      phase: "downloading",
      done: 510,
      total: 1241,
      pagesPerMinute: null,
      secondsLeft: null,
      space: "Engineering",
      paused: false,
    },
    problem: problem("rate_limited", "The sync waits until Atlassian lets it go on.", iso(now, 7)),
  }),
  preparing: (now) => ({
    ...synced(now),
    pages: { ready: 1203, pending: 38, failed: 0, unavailable: 0 },
    problem: problem("still_preparing", ""),
  }),
  "5000-spaces": (now) => ({
    ...signedIn(manySpaces(5000)),
    plan: { name: "pro", limit: null, used: 0 },
    lastRun: null,
    nextRunAt: iso(now, 60),
  }),
  errors: synced,
  files: emptyCard,
  files_problems: emptyCard,
  files_reading: emptyCard,
  "100000-pages": (now) => ({
    ...synced(now),
    spaces: someSpaces(now, true).map((space) => ({ ...space, syncedPages: space.syncedPages * 80 })),
    plan: { name: "pro", limit: null, used: 99_280 },
    pages: { ready: 99_280, pending: 650, failed: 12, unavailable: 58 },
  }),
  pages_slow: synced,
  store_missing: emptyCard,
  store_locked: (now) => ({ ...synced(now), nextRunAt: null }),
  no_client: emptyCard,
  on_battery: (now) => ({ ...synced(now), nextRunAt: null }),
  paused_hour: (now) => ({
    ...builders.syncing(now),
    sync: { ...firstStep(42), phase: "downloading", done: 510, total: 1200, space: "Engineering", paused: true },
    nextRunAt: iso(now, 47),
  }),
  rooms: synced,
  rooms_troubled: (now) => ({ ...synced(now), state: "reconnect_needed", nextRunAt: null }),
  rooms_slow: synced,
  tree_1000: synced,
  meeting_0: synced,
  meeting_1: synced,
  meeting_3: synced,
  meeting_9: synced,
  meeting_ended: synced,
};

const usualSettings: Settings = {
  syncEveryHours: 6,
  pauseOnBattery: false,
  startAtLogin: false,
  notifications: { firstSync: true, failure: true, reconnect: true },
  language: null,
  answers: { isOn: false, url: "http://127.0.0.1:11434/v1", model: "" },
};

/** As the application asks for it. */
export const registration: ClientRegistration = {
  scopes: ["read:space:confluence", "read:page:confluence", "read:user:confluence", "offline_access"],
  callbacks: ["http://127.0.0.1:53683/callback", "coagentor://oauth/callback"],
};

function storeOf(scenario: Scenario): SecretStoreUse {
  if (scenario === "store_missing")
    return { kind: "keyring", state: "missing", reason: "No program answers for org.freedesktop.secrets." };
  return {
    kind: scenario === "store_locked" ? "passphrase" : "keyring",
    state: scenario === "store_locked" ? "locked" : "ready",
    reason: null,
  };
}

export function buildOverview(scenario: Scenario, now: number): Overview {
  const isOnBattery = scenario === "on_battery";
  return {
    confluence: builders[scenario](now),
    files: { sources: fileSourcesOf(scenario, now) },
    version: "0.1.0",
    dataDir: "/home/mira/.local/share/coagentor",
    modelReady: scenario !== "errors",
    modelName: scenario !== "errors" ? "all-MiniLM-L6-v2@f16-1" : null,
    answerKeyKept: false,
    settings: { ...usualSettings, pauseOnBattery: isOnBattery },
    client: { kind: scenario === "no_client" ? "none" : "built_in", clientId: null, registration },
    secretStore: storeOf(scenario),
    onBattery: isOnBattery,
    canStartAtLogin: scenario !== "errors",
    trayShown: scenario !== "errors",
    pausedUntil: scenario === "paused_hour" ? iso(now, 47) : null,
  };
}
