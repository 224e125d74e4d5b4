import { agents } from "./en/agents";
import { files, number, pages } from "./en/amounts";
import { answers } from "./en/answers";
import { contexts } from "./en/contexts";
import { meetings } from "./en/meetings";
import { problems } from "./en/problems";
import { search } from "./en/search";
import { settings } from "./en/settings";
import { shell } from "./en/shell";
import { sources } from "./en/sources";
import { library } from "./en/library";

/** Every word that a person reads in the window, in English. The other languages have this shape. */
export const en = {
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
