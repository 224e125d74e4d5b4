import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";
import * as __TAURI_EVENT from "@tauri-apps/api/event";

/** Commands */
export const commands = {
  getOverview: () => typedError<Overview, CommandError>(__TAURI_INVOKE("get_overview")),
  connect: () => typedError<SignIn, CommandError>(__TAURI_INVOKE("connect")),
  cancelConnect: () => typedError<null, CommandError>(__TAURI_INVOKE("cancel_connect")),
  chooseSite: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("choose_site", { id })),
  connectWithToken: (siteUrl: string, email: string, token: string) =>
    typedError<null, CommandError>(__TAURI_INVOKE("connect_with_token", { siteUrl, email, token })),
  trySample: () => typedError<null, CommandError>(__TAURI_INVOKE("try_sample")),
  refreshSpaces: () => typedError<null, CommandError>(__TAURI_INVOKE("refresh_spaces")),
  saveSelection: (ids: string[]) => typedError<null, CommandError>(__TAURI_INVOKE("save_selection", { ids })),
  startSync: () => typedError<null, CommandError>(__TAURI_INVOKE("start_sync")),
  pauseSync: () => typedError<null, CommandError>(__TAURI_INVOKE("pause_sync")),
  resumeSync: () => typedError<null, CommandError>(__TAURI_INVOKE("resume_sync")),
  cancelSync: () => typedError<null, CommandError>(__TAURI_INVOKE("cancel_sync")),
  disconnect: () => typedError<null, CommandError>(__TAURI_INVOKE("disconnect")),
  removePages: () => typedError<null, CommandError>(__TAURI_INVOKE("remove_pages")),
  setPlan: (name: PlanName) => typedError<null, CommandError>(__TAURI_INVOKE("set_plan", { name })),
  search: (text: string, limit: number) =>
    typedError<SearchResponse, CommandError>(__TAURI_INVOKE("search", { text, limit })),
  openUrl: (url: string) => typedError<null, CommandError>(__TAURI_INVOKE("open_url", { url })),
};

/** Events */
export const events = {
  appEvent: makeEvent<AppEvent>("app-event"),
};

/* Types */
export type ErrorCode = string;
export type CommandError = { code: string; message: string; hint: string | null };
export type Site = { id: string; name: string; url: string };
export type ConnectionState = "never" | "connecting" | "choose_site" | "connected" | "reconnect_needed" | "disconnected";
export type ConnectionKind = "oauth" | "api_token" | "sample";
export type SignIn = { authorizeUrl: string; expiresAt: string };
export type SpaceRow = {
  id: string;
  key: string;
  name: string;
  selected: boolean;
  pages: number | null;
  syncedPages: number;
  lastSyncedAt: string | null;
};
export type PlanName = "free" | "solo" | "pro";
export type PlanUse = { name: PlanName; limit: number | null; used: number };
export type PageCounts = { ready: number; pending: number; failed: number; unavailable: number };
export type SyncPhase = "listing" | "downloading" | "embedding";
export type SyncProgress = {
  runId: number;
  phase: SyncPhase;
  done: number;
  total: number | null;
  pagesPerMinute: number | null;
  secondsLeft: number | null;
  space: string | null;
  paused: boolean;
};
export type SyncFailure = { pageId: string; title: string; reason: string };
export type OverLimitPage = { pageId: string; title: string; spaceKey: string };
export type RunStatus = "running" | "complete" | "partial" | "failed" | "cancelled";
export type RunSummary = {
  id: number;
  status: RunStatus;
  startedAt: string;
  endedAt: string | null;
  added: number;
  updated: number;
  moved: number;
  removed: number;
  unchanged: number;
  expected: number;
  stored: number;
  failed: SyncFailure[];
  overLimit: OverLimitPage[];
  message: string | null;
  hint: string | null;
};
export type ProblemCode =
  | "no_confluence_site"
  | "no_spaces"
  | "reconnect_needed"
  | "nothing_selected"
  | "still_preparing"
  | "rate_limited"
  | "offline"
  | "sign_in_failed"
  | "secret_store"
  | "model_missing"
  | "other";
export type Problem = {
  code: ProblemCode;
  title: string;
  message: string;
  hint: string | null;
  until: string | null;
};
export type ConfluenceCard = {
  state: ConnectionState;
  kind: ConnectionKind | null;
  site: Site | null;
  account: string | null;
  signIn: SignIn | null;
  sites: Site[];
  spaces: SpaceRow[];
  plan: PlanUse;
  pages: PageCounts;
  sync: SyncProgress | null;
  lastRun: RunSummary | null;
  nextRunAt: string | null;
  problem: Problem | null;
};
export type Overview = { confluence: ConfluenceCard; version: string; dataDir: string; modelReady: boolean };
export type QuotePart = { text: string; marked: boolean };
export type SearchHit = {
  title: string;
  spaceKey: string;
  spaceName: string;
  pageId: string;
  version: number;
  headingPath: string[];
  url: string;
  quote: QuotePart[];
  score: number;
  keyword: number;
  semantic: number;
  state: string;
  syncedAt: string;
};
/** Milliseconds. */
export type Took = { embed: number; search: number; total: number };
export type SearchResponse = { hits: SearchHit[]; took: Took; pendingPages: number };
export type AppEvent =
  | { kind: "connection" }
  | { kind: "spaces" }
  | { kind: "sync" }
  | { kind: "pages" }
  | { kind: "settings" };

/* Runtime */
async function typedError<T, E>(
  result: Promise<T>,
): Promise<{ status: "ok"; data: T } | { status: "error"; error: E }> {
  try {
    return { status: "ok", data: await result };
  } catch (e) {
    if (e instanceof Error) throw e;
    return { status: "error", error: e as E };
  }
}

function makeEvent<T>(name: string) {
  return {
    listen: (cb: __TAURI_EVENT.EventCallback<T>) => __TAURI_EVENT.listen<T>(name, cb),
    once: (cb: __TAURI_EVENT.EventCallback<T>) => __TAURI_EVENT.once<T>(name, cb),
  };
}
