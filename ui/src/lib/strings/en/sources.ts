import type { PlanName, SyncPhase } from "../../bindings";
import { choose, count, files, number, pages, spaces } from "./amounts";

/** What the cards of Data Sources say. */
export const sources = {
  integrations: {
    title: "Data Sources",
    lead: "Where your answers come from. Everything is read to this computer and stays on it.",
    confluence: "Confluence",
    readOnly: "Read-only. CoAgentor can't create, edit or delete anything in Confluence.",
    connectedLine: (host: string, account: string | null) =>
      [host, "read-only", account === null ? null : `signed in as ${account}`]
        .filter((part) => part !== null)
        .join(" · "),
    sampleLine: "The sample workspace · read-only · made-up pages to try things with",
    reconnectLine: "Your Atlassian sign-in has expired. Your spaces are still selected.",
    reconnectKept: (n: number) =>
      n === 0
        ? ""
        : `${pages(n)} ${choose(n, { one: "stays searchable but no longer updates", other: "stay searchable but no longer update" })}.`,
    disconnectedLine: (n: number, site: string) =>
      `${pages(n)} from ${site} ${choose(n, { one: "stays searchable but no longer updates", other: "stay searchable but no longer update" })}.`,
    disconnectedEmpty: "No pages are kept. Connect again to sync your spaces.",
    badge: {
      connecting: "Connecting",
      chooseSite: "Choose a site",
      connected: "Connected",
      syncing: "Syncing",
      paused: "Paused",
      attention: "Needs attention",
      reconnect: "Reconnect needed",
    },
  },

  files: {
    name: "Files",
    line: "Folders and documents on this computer. Nothing is moved or uploaded.",
    lineEmpty:
      "Reads Markdown, text, HTML, PDF, DOCX, CSV and XLSX. Your files stay where they are, and nothing is uploaded.",
    badge: { reading: "Reading", readingSource: "Reading…", attention: "Needs attention" },
    addFolder: "Add folder",
    addFiles: "Add files",
    readAgain: "Read again",
    remove: "Remove",
    removeName: (visible: string, name: string) => `${visible} “${name}”`,
    removed: (name: string) => `“${name}” was removed`,
    list: "Added folders and files",
    folders: (n: number) => count(n, { one: "folder", other: "folders" }),
    searchable: (n: number) => `${files(n)} searchable`,
    ready: (amount: string) => `${amount} ready`,
    pending: (amount: string) => `${amount} being prepared`,
    failed: (amount: string) => `${amount} can't be read`,
    unavailable: (amount: string) => `${amount} no longer there`,
    looking: "Looking for files",
    nothingReadable: "Nothing in here that can be read",
    read: (ago: string) => `read ${ago}`,
    notRead: "not read yet",
    missingFolder: "This folder isn't there at the moment. What was read from it stays searchable.",
    missingFile: "This file isn't there at the moment. What was read from it stays searchable.",
    showProblems: (n: number) => `Show ${count(n, { one: "unreadable file", other: "unreadable files" })}`,
    showFirst: (n: number, all: number) => `Show the first ${number(n)} of ${number(all)} unreadable files`,
    hideProblems: "Hide the files",
    problems: (name: string) => `Files in “${name}” that can't be read`,
  },

  connecting: {
    title: "Finish signing in in your browser",
    detail: "Atlassian asks there what CoAgentor may read. Come back when it says you are done.",
    preparing: "Preparing the sign-in…",
    link: "Sign-in link",
    linkHint: "Did no page open? Copy this link into your browser.",
    timeLeft: (left: string) => `${left} left`,
    timeOver: "The time for this sign-in is over. Cancel and connect again.",
  },

  sites: {
    title: "Which site do you want to read?",
    detail: "Your sign-in reaches several. You can change it later by connecting again.",
    legend: "Confluence sites",
  },

  token: {
    title: "Use an API token",
    detail:
      "For where signing in with the browser is switched off. The token goes into this computer's secret store and is used to read only.",
    site: "Site address",
    sitePlaceholder: "https://acme.atlassian.net",
    email: "Your Atlassian e-mail address",
    token: "API token",
    create: "Create a token at Atlassian",
    submit: "Connect",
    needSite: "Enter the address that your Confluence opens with, such as https://acme.atlassian.net.",
    needEmail: "Enter the e-mail address of your Atlassian account.",
    needToken: "Paste the token that Atlassian showed you.",
  },

  spaces: {
    title: "Spaces",
    filter: (n: number) => `Filter ${spaces(n)}`,
    clear: "Clear the filter",
    selected: (n: number, all: number) => `${number(n)} of ${spaces(all)} selected`,
    selectAll: "Select all spaces",
    selectShown: "Select all shown spaces",
    columns: { select: "Selected", space: "Space", key: "Key", pages: "Pages", last: "Last sync" },
    never: "Not synced",
    leaves: "Leaves search",
    joins: "At the next sync",
    syncing: "Syncing",
    kept: "Kept, not searched",
    unknownPages: "Not counted yet",
    partOf: (n: number, all: number) => `${number(n)} of ${pages(all)}`,
    noMatch: (text: string) => `No space is called “${text}”.`,
    unsaved: (n: number) => count(n, { one: "unsaved change", other: "unsaved changes" }),
    saved: "Selection saved",
    chooseFirst: "Choose the spaces that your answers should come from.",
    leaving: (name: string, n: number) =>
      `${name}: its ${pages(n)} stop updating and leave search. They are kept and come back when you select it again.`,
    leavingMany: (n: number, total: number) =>
      `${spaces(n)}: their ${pages(total)} stop updating and leave search. They are kept and come back when you select them again.`,
    refresh: "Ask Confluence for new spaces",
  },

  plan: {
    names: { free: "Free", solo: "Solo", pro: "Pro" } satisfies Record<PlanName, string>,
    used: (used: number, limit: number, plan: string) => `${number(used)} of ${pages(limit)} · ${plan} plan`,
    unlimited: (used: number, plan: string) => `${pages(used)} · ${plan} plan, no limit`,
    label: "Pages used of the plan",
    over: (fit: number, all: number, plan: string) => `${number(fit)} of ${pages(all)} fit the ${plan} plan`,
    overDetail: "The others were left out. Nothing was removed because of it.",
    overList: "Pages that did not fit",
  },

  progress: {
    phases: { listing: "Listing", downloading: "Downloading", embedding: "Embedding" } satisfies Record<
      SyncPhase,
      string
    >,
    label: "Sync progress",
    of: (done: number, total: number) => `${number(done)} of ${pages(total)}`,
    found: (done: number) => (done === 0 ? "looking for changes" : `${pages(done)} found`),
    rate: (n: number) => `${pages(n)} a minute`,
    paused: "Paused",
    pausedUntil: (time: string) => `Paused until ${time}`,
  },
  waiting: {
    paused: (time: string) => `Paused until ${time}`,
    pausedDetail: "Nothing is synced by itself until then.",
    battery: "Waiting for power",
    batteryDetail: "This computer is on battery. Syncing goes on by itself when it is plugged in.",
    setUpSignIn: "Set up sign-in with the browser",
  },

  run: {
    last: (ago: string) => `Synced ${ago}`,
    none: "Not synced yet",
    cancelled: (ago: string) => `Sync cancelled ${ago}`,
    tried: (ago: string) => `Last tried ${ago}`,
    unchanged: "nothing had changed",
    added: (n: number) => `${number(n)} added`,
    updated: (n: number) => `${number(n)} updated`,
    moved: (n: number) => `${number(n)} moved`,
    removed: (n: number) => `${number(n)} removed`,
    next: (time: string) => `Next sync at ${time}`,
    partial: (missing: number, all: number) => `${number(missing)} of ${pages(all)} could not be read`,
    partialPlain: "The last sync did not finish",
    failed: "The last sync failed",
    nothingRemoved: "Nothing was removed because of it.",
    failures: "Pages that could not be read",
  },

  disconnectDialog: {
    title: "Disconnect Confluence?",
    stays: (n: number) =>
      n === 0
        ? "Nothing is stored on this computer yet."
        : `Stays: ${pages(n)} on this computer, searchable as they are now, and your selection.`,
    stops: "Stops: syncing. CoAgentor forgets your sign-in; nothing changes in Confluence.",
    confirm: "Disconnect",
  },
  removeDialog: {
    title: "Remove the pages from this computer?",
    detail: (n: number) =>
      `${pages(n)} and what was prepared for searching them are deleted here. Nothing changes in Confluence. You can sync them again after connecting.`,
    confirm: "Remove pages",
  },
  removeSourceDialog: {
    title: (name: string) => `Remove “${name}” from CoAgentor?`,
    detail: (n: number) =>
      n === 0
        ? "It is no longer read and no longer searched."
        : `The texts of ${files(n)} and what was prepared for searching them are removed from the app.`,
    stays: "The files themselves stay as they are. You can add them again at any time.",
    confirm: "Remove",
  },
  unsavedDialog: {
    title: "Save your selection?",
    detail: (n: number) =>
      `You have ${count(n, { one: "unsaved change", other: "unsaved changes" })} to the selected spaces.`,
    save: "Save selection",
    discard: "Discard",
    stay: "Keep editing",
  },
};
