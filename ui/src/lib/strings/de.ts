import { files, number, pages } from "./de/amounts";
import { library } from "./de/library";
import { problems } from "./de/problems";
import { search } from "./de/search";
import { settings } from "./de/settings";
import { shell } from "./de/shell";
import { sources } from "./de/sources";
import type { en } from "./en";

/** Jedes Wort des Fensters auf Deutsch. */
export const de: typeof en = {
  ...shell,
  ...sources,
  ...library,
  ...problems,
  ...search,
  ...settings,
  amounts: { number, pages, files },
};

export { said } from "./de/said";
