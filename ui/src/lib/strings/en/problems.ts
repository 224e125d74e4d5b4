import type { ProblemCode } from "../../bindings";
import { files, number, pages } from "./amounts";

/** What is wrong, and what mends it. Where `message` is empty, the application words it. */
export const problems = {
  problems: {
    no_confluence_site: {
      title: "No Confluence site found",
      message: "This Atlassian account reaches no site with Confluence.",
      mend: "Try another account",
    },
    no_spaces: { title: "No spaces found", message: "The site shows no space that you can read.", mend: "Check again" },
    reconnect_needed: { title: "Reconnect needed", message: "", mend: "Reconnect" },
    nothing_selected: { title: "Choose at least one space", message: "", mend: "Choose spaces" },
    still_preparing: {
      title: "",
      message: "Keyword results already appear. Finding by meaning follows page by page.",
      mend: "",
    },
    rate_limited: {
      title: "Atlassian is limiting requests",
      message: "It answers only so many requests in a while. Nothing is lost.",
      mend: "Sync later",
    },
    offline: {
      title: "Offline",
      message: "Atlassian can't be reached. Check the internet connection, VPN and proxy.",
      mend: "Try now",
    },
    sign_in_failed: { title: "Sign-in did not finish", message: "", mend: "Try again" },
    secret_store: { title: "The secret store is not available", message: "", mend: "Try again" },
    model_missing: { title: "The search model is missing", message: "", mend: "" },
    other: { title: "Something went wrong", message: "", mend: "Try again" },
  } satisfies Record<ProblemCode, { title: string; message: string; mend: string }>,
  problem: {
    stillPreparing: (n: number) => `Still preparing ${pages(n)}`,
    stillPreparingFiles: (n: number) => `Still preparing ${files(n)}`,
    stillPreparingBoth: (n: number) => `Still preparing ${number(n)} pages and files`,
    stillPreparingOneByOne: "Keyword results already appear. Finding by meaning follows one by one.",
    continuesAt: (time: string) => `Continues by itself at ${time}.`,
    triesAt: (time: string) => `Tries again by itself at ${time}.`,
    nothingSelected: "A sync reads the spaces that are selected and saved.",
    commandFailed: "That did not work",
  },
};
