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
export type Place = "plan" | "client" | "store" | "answers" | null;

function fromHash(hash: string): PageName {
  const name = hash.replace(/^#\/?/, "");
  return pageNames.find((page) => page === name) ?? "integrations";
}

/** Which page is shown. Asks before it leaves a page with unsaved changes. */
export class Router {
  page = $state<PageName>("integrations");
  place = $state<Place>(null);
  /** What the person wanted to go to when there were unsaved changes. */
  waiting = $state.raw<(() => void) | null>(null);
  readonly #mustAsk: () => boolean;

  constructor(mustAsk: () => boolean) {
    this.#mustAsk = mustAsk;
    this.page = fromHash(location.hash);
  }

  go(page: PageName, place: Place = null): void {
    if (page === this.page) this.#arrive(page, place);
    else this.ask(() => this.#arrive(page, place));
  }

  /** Does what leaves the changes behind, after the person was asked. */
  ask(then: () => void): void {
    if (this.#mustAsk()) this.waiting = then;
    else then();
  }

  /** Goes where the person wanted to go. */
  leave(): void {
    const then = this.waiting;
    this.waiting = null;
    then?.();
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

  #arrive(page: PageName, place: Place): void {
    if (fromHash(location.hash) !== page) history.pushState(null, "", `#/${page}`);
    [this.page, this.place] = [page, place];
  }
}
