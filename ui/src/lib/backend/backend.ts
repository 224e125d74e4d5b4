import type {
  AppEvent,
  CheckRow,
  CommandError,
  Overview,
  PageFilter,
  PagePart,
  PlanName,
  SearchResponse,
  Settings,
  SignIn,
  StorageUse,
} from "../bindings";
import type { AgentsBackend, AnswersBackend, ContextsBackend, MeetingsBackend } from "./rooms";

/**
 * Everything the page can ask of the application. Two rooms stand behind it: `tauri.ts` in the window,
 * `fake.ts` in a plain browser and in tests. Every promise rejects with a `CommandError` and nothing else.
 */
export interface Backend extends ContextsBackend, AgentsBackend, MeetingsBackend, AnswersBackend {
  overview(): Promise<Overview>;
  /** Starts a sign-in in the browser; the end of it is told by a `connection` event. */
  connect(): Promise<SignIn>;
  cancelConnect(): Promise<void>;
  chooseSite(id: string): Promise<void>;
  connectWithToken(siteUrl: string, email: string, token: string): Promise<void>;
  trySample(): Promise<void>;
  refreshSpaces(): Promise<void>;
  /** Replaces the selection by these space ids. */
  saveSelection(ids: string[]): Promise<void>;
  startSync(): Promise<void>;
  pauseSync(): Promise<void>;
  resumeSync(): Promise<void>;
  cancelSync(): Promise<void>;
  /** Forgets the sign-in, keeps the pages. */
  disconnect(): Promise<void>;
  removePages(): Promise<void>;
  setPlan(name: PlanName): Promise<void>;
  /** Opens the system's dialog for a folder; false when the person changed their mind. */
  addFolder(): Promise<boolean>;
  /** Opens the system's dialog for files; false when the person changed their mind. */
  addFiles(): Promise<boolean>;
  /** Forgets a folder or file and its texts; what lies on the disk stays. */
  removeFileSource(id: number): Promise<void>;
  /** Reads again what has changed; the end of it is told by a `files` event. */
  scanFiles(): Promise<void>;
  search(text: string, limit: number): Promise<SearchResponse>;
  /** Opens an address in the person's browser, or a file with the program that the system has for it. */
  openUrl(url: string): Promise<void>;
  saveSettings(settings: Settings): Promise<void>;
  /** Signs in as this OAuth client from now on; without a secret the one given before is kept. */
  setOwnClient(clientId: string, clientSecret: string | null): Promise<void>;
  forgetOwnClient(): Promise<void>;
  chooseSecretStore(kind: "session" | "passphrase", passphrase: string | null): Promise<void>;
  unlockSecretStore(passphrase: string): Promise<void>;
  storage(): Promise<StorageUse>;
  openDataFolder(): Promise<void>;
  openLogFolder(): Promise<void>;
  runChecks(): Promise<CheckRow[]>;
  /** Diagnostics as text, without secrets, titles or addresses of pages. */
  report(): Promise<string>;
  /** Asks for a folder and writes everything there; false when the person changed their mind. */
  exportData(): Promise<boolean>;
  deleteAllData(): Promise<void>;
  /** Stored pages by title, at most 500 at once. */
  listPages(filter: PageFilter, offset: number, limit: number): Promise<PagePart>;
  pauseForAnHour(): Promise<void>;
  /** Calls back when something changed; the event carries no data. Returns what stops it. */
  onEvent(callback: (event: AppEvent) => void): () => void;
}

function isCommandError(value: unknown): value is CommandError {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

/** Whatever was thrown, as the one shape that the page shows. */
export function asCommandError(thrown: unknown): CommandError {
  if (isCommandError(thrown)) return { code: thrown.code, message: thrown.message, hint: thrown.hint ?? null };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "unexpected", message, hint: null };
}
