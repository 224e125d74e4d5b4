import type { ProblemCode } from "../../bindings";
import { files, number, pages } from "./amounts";

/** What is wrong, and what mends it. */
export const problems = {
  problems: {
    no_confluence_site: { title: "No Confluence site found", mend: "Try another account" },
    no_spaces: { title: "No spaces found", mend: "Check again" },
    reconnect_needed: { title: "Reconnect needed", mend: "Reconnect" },
    nothing_selected: { title: "Choose at least one space", mend: "Choose spaces" },
    still_preparing: { title: "", mend: "" },
    rate_limited: { title: "Atlassian is limiting requests", mend: "Sync later" },
    offline: { title: "Offline", mend: "Try now" },
    sign_in_failed: { title: "Sign-in did not finish", mend: "Try again" },
    secret_store: { title: "The secret store is not available", mend: "Try again" },
    model_missing: { title: "The search model is missing", mend: "" },
    other: { title: "Something went wrong", mend: "Try again" },
  } satisfies Record<ProblemCode, { title: string; mend: string }>,
  problem: {
    stillPreparing: (n: number) => `Still preparing ${pages(n)}`,
    stillPreparingMessage: "Keyword results already appear. Finding by meaning follows page by page.",
    stillPreparingFiles: (n: number) => `Still preparing ${files(n)}`,
    stillPreparingBoth: (n: number) => `Still preparing ${number(n)} pages and files`,
    stillPreparingOneByOne: "Keyword results already appear. Finding by meaning follows one by one.",
    continuesAt: (time: string) => `Continues by itself at ${time}.`,
    triesAt: (time: string) => `Tries again by itself at ${time}.`,
    nothingSelected: "A sync reads the spaces that are selected and saved.",
    commandFailed: "That did not work",
  },
};
