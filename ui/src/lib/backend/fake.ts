import type {
  ConfluenceCard,
  FileSource,
  Overview,
  PageFilter,
  PagePart,
  PageRow,
  PlanName,
  SearchResponse,
  SignIn,
} from "../bindings";
import type { Backend } from "./backend";
import { beginReading, pickedFile, pickedFolder, readOn } from "./fake/files";
import { refusal } from "./fake/host";
import { libraryOf, partOf } from "./fake/library";
import { FakeMeetings } from "./fake/meetings";
import { acme, emptyCard, sites, type Scenario } from "./fake/scenarios";
import { finished, firstStep, nextStep, pagesToSync } from "./fake/simulate";
import { someSpaces } from "./fake/spaces";

const BEAT_MS = 250;
const BROWSER_MS = 4000;
const limits: Record<PlanName, number | null> = { free: 25, solo: 250, pro: null };

/** The application, pretended: it holds one overview and changes it as the real one would. */
export class FakeBackend extends FakeMeetings implements Backend {
  /** Addresses that were asked to be opened, newest last. */
  readonly opened: string[] = [];
  #pages: { of: ConfluenceCard; rows: PageRow[] } | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;

  constructor(scenario: Scenario) {
    super(scenario);
    if (scenario === "syncing") this.#startBeat(4000);
  }

  async connect(): Promise<SignIn> {
    this.mayFail();
    const signIn = {
      authorizeUrl: "https://auth.atlassian.com/authorize?client_id=example&state=u7Qk2vX9",
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    };
    const kept = this.card.pages;
    this.change("connection", {
      ...emptyCard(),
      plan: this.card.plan,
      pages: kept,
      state: "connecting",
      kind: "oauth",
      signIn,
    });
    setTimeout(() => this.allow(true), BROWSER_MS);
    return signIn;
  }

  async cancelConnect(): Promise<void> {
    this.change("connection", {
      state: this.card.pages.ready > 0 ? "disconnected" : "never",
      kind: null,
      signIn: null,
      site: this.card.pages.ready > 0 ? acme : null,
      sites: [],
    });
  }

  /** What the browser does in the end: the person has allowed the access. */
  allow(severalSites: boolean): void {
    if (this.card.state !== "connecting") return;
    if (severalSites) this.change("connection", { state: "choose_site", signIn: null, sites });
    else this.#arrive(acme.id);
  }

  async chooseSite(id: string): Promise<void> {
    this.mayFail();
    this.#arrive(id);
  }

  async connectWithToken(siteUrl: string, email: string, token: string): Promise<void> {
    this.mayFail();
    if (token === "wrong")
      throw refusal(
        "Atlassian did not accept this e-mail address and token.",
        "Create a new token and paste it whole.",
      );
    this.#arrive(acme.id, { kind: "api_token", account: email, site: { ...acme, url: siteUrl } });
  }

  async trySample(): Promise<void> {
    this.mayFail();
    const site = { id: "sample", name: "Sample workspace", url: "http://127.0.0.1/wiki" };
    this.#arrive(site.id, { kind: "sample", account: null, site, spaces: someSpaces(Date.now(), false).slice(0, 3) });
  }

  async refreshSpaces(): Promise<void> {
    this.mayFail();
    this.change("spaces", { spaces: someSpaces(Date.now(), false), problem: null });
  }

  async saveSelection(ids: string[]): Promise<void> {
    this.mayFail();
    this.change("spaces", {
      spaces: this.card.spaces.map((space) => ({ ...space, selected: ids.includes(space.id) })),
    });
  }

  async startSync(): Promise<void> {
    this.mayFail();
    this.change("sync", { sync: firstStep((this.card.lastRun?.id ?? 0) + 1), problem: null });
    this.#startBeat(BEAT_MS);
  }

  async pauseSync(): Promise<void> {
    if (this.card.sync) this.change("sync", { sync: { ...this.card.sync, paused: true } });
  }

  async resumeSync(): Promise<void> {
    const sync = this.card.sync && { ...this.card.sync, paused: false };
    const change: Partial<Overview> = { pausedUntil: null, confluence: { ...this.card, sync } };
    this.changeAll("sync", change);
  }

  async cancelSync(): Promise<void> {
    clearInterval(this.#beat);
    const lastRun = this.card.lastRun;
    const at = new Date().toISOString();
    this.change("sync", {
      sync: null,
      problem: null,
      lastRun: lastRun && { ...lastRun, status: "cancelled", endedAt: at },
    });
  }

  async disconnect(): Promise<void> {
    this.mayFail();
    clearInterval(this.#beat);
    this.change("connection", {
      state: "disconnected",
      kind: null,
      account: null,
      spaces: [],
      sync: null,
      problem: null,
      nextRunAt: null,
    });
  }

  async removePages(): Promise<void> {
    this.mayFail();
    this.change("pages", emptyCard());
  }

  async setPlan(name: PlanName): Promise<void> {
    this.mayFail();
    const limit = limits[name];
    this.change("settings", { plan: { name, limit, used: Math.min(this.card.plan.used, limit ?? Infinity) } });
  }

  async addFolder(): Promise<boolean> {
    return this.#add(pickedFolder);
  }

  async addFiles(): Promise<boolean> {
    return this.#add(pickedFile);
  }

  async removeFileSource(id: number): Promise<void> {
    this.mayFail();
    this.#changeFiles(this.#sources.filter((source) => source.id !== id));
  }

  async scanFiles(): Promise<void> {
    this.mayFail();
    this.#changeFiles(this.#sources.map(beginReading));
    this.#readOn();
  }

  async search(text: string, limit: number): Promise<SearchResponse> {
    this.mayFail();
    const hits = this.find(text, limit);
    const pending = this.#sources.reduce((sum, source) => sum + source.pending, this.card.pages.pending);
    return { hits, took: { embed: 8.1, search: 2.3, total: 10.9 }, pendingPages: pending };
  }

  async openUrl(url: string): Promise<void> {
    this.opened.push(url);
    if (url.startsWith("file:")) return;
    if (typeof window !== "undefined" && !("__vitest_worker__" in globalThis)) window.open(url, "_blank", "noopener");
  }

  async listPages(filter: PageFilter, offset: number, limit: number): Promise<PagePart> {
    if (this.scenario === "pages_slow") return new Promise(() => {});
    this.mayFail();
    if (this.#pages?.of !== this.card) this.#pages = { of: this.card, rows: libraryOf(this.card, Date.now()) };
    return partOf(this.#pages.rows, filter, offset, limit);
  }

  async pauseForAnHour(): Promise<void> {
    this.mayFail();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const sync = this.card.sync && { ...this.card.sync, paused: true };
    const change: Partial<Overview> = { pausedUntil: until, confluence: { ...this.card, sync, nextRunAt: until } };
    this.changeAll("sync", change);
  }

  get #sources(): FileSource[] {
    return this.state.files.sources;
  }

  #changeFiles(sources: FileSource[]): void {
    this.state = { ...this.state, files: { sources } };
    this.tell("files");
  }

  #add(pick: (id: number) => FileSource): boolean {
    this.mayFail();
    if (this.dialogAnswer === "cancel") return false;
    const id = Math.max(0, ...this.#sources.map((source) => source.id)) + 1;
    this.#changeFiles([...this.#sources, beginReading(pick(id))]);
    this.#readOn();
    return true;
  }

  #readOn(): void {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => {
      this.#changeFiles(this.#sources.map((source) => readOn(source, Date.now())));
      if (this.#sources.some((source) => source.isScanning)) this.#readOn();
    }, BEAT_MS);
  }

  #arrive(id: string, change: Partial<ConfluenceCard> = {}): void {
    const site = sites.find((known) => known.id === id) ?? acme;
    const spaces = someSpaces(Date.now(), false);
    this.change("connection", {
      state: "connected",
      kind: "oauth",
      account: "Mira Okafor",
      signIn: null,
      sites: [],
      site,
      spaces,
      problem: null,
      ...change,
    });
  }

  #startBeat(every: number): void {
    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.#step(), every);
  }

  #step(): void {
    const sync = this.card.sync;
    if (sync === null || sync.paused) return;
    const space = this.card.spaces.find((row) => row.selected)?.name ?? null;
    const next = nextStep(sync, sync.total ?? pagesToSync(this.card), space);
    if (next) this.change("sync", { sync: next });
    else {
      clearInterval(this.#beat);
      this.change("sync", finished(this.card, Date.now()));
    }
  }
}

export function createFake(scenario: Scenario): FakeBackend {
  return new FakeBackend(scenario);
}
