import { createContext } from "svelte";
import { AgentsModel } from "../agents/agents.svelte";
import type { Backend } from "../backend/backend";
import { ContextsModel } from "../contexts/contexts.svelte";
import { ConfluenceModel } from "../integrations/confluence.svelte";
import { FilesModel } from "../integrations/files.svelte";
import { everything, LibraryModel } from "../library/library.svelte";
import type { PageState } from "../library/page-state";
import { MeetingsModel } from "../meetings/meetings.svelte";
import { SearchModel } from "../search/search.svelte";
import { SettingsModel } from "../settings/settings.svelte";
import { Theme } from "../settings/theme.svelte";
import { forgetAll } from "../state/remembered";
import { OverviewStore } from "../state/overview.svelte";
import { Clock } from "../time/clock.svelte";
import { FirstSteps } from "./first-steps.svelte";
import { type PageName, Router } from "./router.svelte";
import { unsavedOf, type Unsaved } from "./unsaved";

/** What every part of the page can reach. One per window. */
export class Session {
  readonly clock = new Clock();
  readonly theme = new Theme();
  readonly steps = new FirstSteps();
  readonly overview: OverviewStore;
  readonly confluence: ConfluenceModel;
  readonly files: FilesModel;
  readonly library: LibraryModel;
  readonly settings: SettingsModel;
  readonly search: SearchModel;
  readonly contexts: ContextsModel;
  readonly agents: AgentsModel;
  readonly meetings: MeetingsModel;
  readonly router: Router;

  constructor(readonly backend: Backend) {
    this.overview = new OverviewStore(backend);
    this.confluence = new ConfluenceModel(backend, this.overview);
    this.files = new FilesModel(backend, this.overview);
    this.library = new LibraryModel(backend);
    this.settings = new SettingsModel(backend, this.overview);
    this.search = new SearchModel(backend);
    this.contexts = new ContextsModel(backend);
    this.agents = new AgentsModel(backend);
    this.meetings = new MeetingsModel(backend);
    this.router = new Router(() => this.unsaved !== null);
  }

  /** What was changed and would be lost, or null. */
  get unsaved(): Unsaved | null {
    return unsavedOf(this);
  }

  /** Goes to the list of stored pages, filtered by a state. */
  showPages = (state: PageState | null = null): void => {
    this.library.show({ ...everything, state });
    this.router.go("pages");
  };

  /** Goes to what a room opens with, from something that was opened in it. */
  toTop = (page: PageName): void => {
    if (page === "contexts") this.router.ask(this.contexts.close);
    else if (page === "agents") this.router.ask(this.agents.close);
    else if (page === "meetings" && this.meetings.shown !== null) this.meetings.open(null);
  };

  /** Closes what was only looked at in the rooms that were left. */
  tidy = (page: PageName): void => {
    if (page !== "contexts" && !this.contexts.isDirty) this.contexts.close();
    if (page !== "agents" && !this.agents.isDirty) this.agents.close();
  };

  /** After everything was deleted: nothing is remembered, and the first page is shown. */
  startAnew = (): void => {
    forgetAll();
    this.theme.reset();
    this.confluence.discard();
    this.contexts.close();
    this.agents.close();
    this.meetings.open(null);
    this.search.clear();
    this.search.leave();
    this.steps.over = false;
    this.router.go("integrations");
  };

  /** Starts what follows the application; returns what stops it. */
  start(): () => void {
    const follows = [this.overview.watch(), this.theme.watch(), this.router.watch(), this.meetings.watch()];
    const stops = [this.clock.start(), ...follows];
    return () => stops.forEach((stop) => stop());
  }
}

export const [useSession, provideSession] = createContext<Session>();
