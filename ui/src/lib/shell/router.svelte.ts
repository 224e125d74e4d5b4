import { words } from "../strings/words.svelte";

/** What the rail leads to. */
export type RailName = keyof typeof words.pages;
export const railNames = Object.keys(words.pages) as RailName[];
/** The list of pages is reached from the cards. */
export type PageName = RailName | "pages";
const pageNames: readonly PageName[] = [...railNames, "pages"];

/** Where the rail says that a person is. */
export function railOf(page: PageName): RailName {
  return page === "pages" ? "integrations" : page;
}

/** A place on a page that a link may point at. */
export type Place = "plan" | "client" | "store" | null;
type Goal = { page: PageName; place: Place };

function fromHash(hash: string): PageName {
  const name = hash.replace(/^#\/?/, "");
  return pageNames.find((page) => page === name) ?? "integrations";
}

/** Which page is shown. Asks before it leaves a page with unsaved changes. */
export class Router {
  page = $state<PageName>("integrations");
  place = $state<Place>(null);
  /** Where the person wanted to go when there were unsaved changes. */
  waiting = $state.raw<Goal | null>(null);
  readonly #mustAsk: () => boolean;

  constructor(mustAsk: () => boolean) {
    this.#mustAsk = mustAsk;
    this.page = fromHash(location.hash);
  }

  go(page: PageName, place: Place = null): void {
    if (page !== this.page && this.#mustAsk()) this.waiting = { page, place };
    else this.#arrive({ page, place });
  }

  /** Goes where the person wanted to go. */
  leave(): void {
    const goal = this.waiting;
    this.waiting = null;
    if (goal) this.#arrive(goal);
  }

  stay(): void {
    this.waiting = null;
  }

  /** Follows the history of the web view; returns what stops it. */
  watch(): () => void {
    const follow = () => {
      const page = fromHash(location.hash);
      if (page === this.page) return;
      if (this.#mustAsk()) history.pushState(null, "", `#/${this.page}`);
      this.go(page);
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }

  #arrive(goal: Goal): void {
    if (fromHash(location.hash) !== goal.page) history.pushState(null, "", `#/${goal.page}`);
    [this.page, this.place] = [goal.page, goal.place];
  }
}
