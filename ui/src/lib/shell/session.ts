import { createContext } from "svelte";
import type { Backend } from "../backend/backend";
import { ConfluenceModel } from "../integrations/confluence.svelte";
import { FilesModel } from "../integrations/files.svelte";
import { SearchModel } from "../search/search.svelte";
import { Theme } from "../settings/theme.svelte";
import { OverviewStore } from "../state/overview.svelte";
import { Clock } from "../time/clock.svelte";
import { FirstSteps } from "./first-steps.svelte";
import { Router } from "./router.svelte";

/** What every part of the page can reach. One per window. */
export class Session {
  readonly clock = new Clock();
  readonly theme = new Theme();
  readonly steps = new FirstSteps();
  readonly overview: OverviewStore;
  readonly confluence: ConfluenceModel;
  readonly files: FilesModel;
  readonly search: SearchModel;
  readonly router: Router;

  constructor(readonly backend: Backend) {
    this.overview = new OverviewStore(backend);
    this.confluence = new ConfluenceModel(backend, this.overview);
    this.files = new FilesModel(backend, this.overview);
    this.search = new SearchModel(backend);
    this.router = new Router(() => this.confluence.isDirty);
  }

  /** Starts what follows the application; returns what stops it. */
  start(): () => void {
    const stops = [this.overview.watch(), this.clock.start(), this.theme.watch(), this.router.watch()];
    return () => stops.forEach((stop) => stop());
  }
}

export const [useSession, provideSession] = createContext<Session>();
