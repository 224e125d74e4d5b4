import { agents } from "./de/agents";
import { files, number, pages } from "./de/amounts";
import { answers } from "./de/answers";
import { contexts } from "./de/contexts";
import { library } from "./de/library";
import { meetings } from "./de/meetings";
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
  ...contexts,
  ...agents,
  ...meetings,
  ...answers,
  amounts: { number, pages, files },
};

export { said } from "./de/said";
