import type { PlanName, ProblemCode, SyncPhase } from "../bindings";
import { count, files, number, pages, spaces } from "./count";

/** Every word that a person reads on the page. A translation is another file of this shape. */
export const words = {
  app: "CoAgentor",
  skipToContent: "Skip to content",
  navigation: "Main",
  pages: {
    integrations: "Integrations",
    contexts: "Contexts",
    agents: "Agents",
    meetings: "Meetings",
    settings: "Settings",
  },

  time: {
    justNow: "just now",
    minutesAgo: (n: number) => `${n} min ago`,
    hoursAgo: (n: number) => `${n} h ago`,
    yesterday: "yesterday",
    daysAgo: (n: number) => `${n} days ago`,
    dateAndTime: (date: string, time: string) => `${date}, ${time}`,
    lessThanAMinuteLeft: "less than a minute left",
    minutesLeft: (n: number) => `${n} min left`,
    hoursLeft: (hours: number, minutes: number) =>
      minutes === 0 ? `${hours} h left` : `${hours} h ${minutes} min left`,
  },

  status: {
    loading: "Reading your data…",
    never: "Not connected",
    connecting: "Waiting for your browser",
    chooseSite: "Choose a site",
    notSynced: "Not synced yet",
    synced: (ago: string) => `Synced ${ago}`,
    cancelled: (ago: string) => `Cancelled ${ago}`,
    syncing: (done: number, total: number) => `Syncing ${number(done)} of ${number(total)}`,
    listing: "Looking for changes",
    paused: (done: number, total: number | null) =>
      total === null ? "Sync paused" : `Paused at ${number(done)} of ${number(total)}`,
    attention: "Needs attention",
    reconnect: "Reconnect needed",
    disconnected: "Disconnected",
    offline: "Offline",
    waiting: "Waiting for Atlassian",
    preparing: (n: number) => `Preparing ${pages(n)}`,
  },

  actions: {
    connect: "Connect Confluence",
    useToken: "Use an API token",
    trySample: "Try the sample workspace",
    cancel: "Cancel",
    copyLink: "Copy link",
    copied: "Copied",
    openAgain: "Open the page again",
    useSite: "Use this site",
    save: "Save selection",
    saving: "Saving…",
    discard: "Discard",
    sync: "Sync",
    pause: "Pause",
    resume: "Resume",
    retry: "Retry",
    reconnect: "Reconnect",
    disconnect: "Disconnect",
    removePages: "Remove pages",
    close: "Close",
    tryAgain: "Try again",
    dismiss: "Dismiss",
    seePlans: "See plans",
    showDetails: (n: number) => `Show ${pages(n)}`,
    hideDetails: "Hide pages",
  },

  busy: {
    connect: "Opening your browser…",
    cancel_connect: "Cancelling…",
    choose_site: "Reading the site…",
    token: "Signing in…",
    sample: "Preparing the sample workspace…",
    refresh_spaces: "Asking Confluence for your spaces…",
    save: "Saving your selection…",
    start_sync: "Starting the sync…",
    pause_sync: "Pausing…",
    resume_sync: "Resuming…",
    cancel_sync: "Cancelling the sync…",
    disconnect: "Disconnecting…",
    remove_pages: "Removing the pages…",
    open_url: "Opening your browser…",
    add_folder: "Adding a folder…",
    add_files: "Adding files…",
    scan_files: "Starting to read…",
    remove_source: "Removing…",
  },

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
    reconnectKept: (n: number) => (n === 0 ? "" : `${pages(n)} stay searchable but no longer update.`),
    disconnectedLine: (n: number, site: string) =>
      n === 1
        ? `1 page from ${site} stays searchable but no longer updates.`
        : `${pages(n)} from ${site} stay searchable but no longer update.`,
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
    folders: (n: number) => count(n, "folder", "folders"),
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
    showProblems: (n: number) => `Show ${count(n, "unreadable file", "unreadable files")}`,
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
    unsaved: (n: number) => count(n, "unsaved change", "unsaved changes"),
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
  },

  run: {
    last: (ago: string) => `Synced ${ago}`,
    none: "Not synced yet",
    readySoFar: (n: number) => `${pages(n)} ready to search`,
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
    detail: (n: number) => `You have ${count(n, "unsaved change", "unsaved changes")} to the selected spaces.`,
    save: "Save selection",
    discard: "Discard",
    stay: "Keep editing",
  },

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

  search: {
    label: "Search everything synced",
    placeholder: "Search everything synced",
    placeholderShort: "Search",
    clear: "Clear the search",
    title: "Search",
    results: (text: string) => `Results for “${text}”`,
    /** "1,241 pages and 214 files" */
    amount: (page: number, file: number) =>
      [(page > 0 || file === 0) && pages(page), file > 0 && files(file)].filter((part) => part !== false).join(" and "),
    searching: (amount: string | null) => (amount === null ? "Searching…" : `Searching ${amount}…`),
    found: (n: number, ms: string) => `${count(n, "section", "sections")} · ${ms}`,
    none: (text: string) => `Nothing matches “${text}”`,
    noneDetail: (amount: string, hasFiles: boolean) =>
      `${amount} were searched by their words and by their meaning. Say it in other words, or ${hasFiles ? "add more folders" : "select more spaces"}.`,
    noneByWords: (amount: string) =>
      `${amount} were searched by their words alone, since the search model is missing. Try the words that the page would use.`,
    nothingSynced: "Nothing is synced yet",
    nothingSyncedDetail:
      "Connect Confluence and choose a space, or add a folder. Then ask here in your own words; the answer is the section of the page that says it.",
    goToSources: "Go to Data Sources",
    failed: "The search did not work",
    open: "Open section",
    openPage: "Open page",
    openFile: "Open file",
    openFileName: (visible: string, title: string) => `${visible} “${title}”`,
    openName: (visible: string, title: string) => `${visible} “${title}” in the browser`,
    version: (n: number) => `v${n}`,
    synced: (ago: string) => `synced ${ago}`,
    files: "Files",
    read: (ago: string) => `read ${ago}`,
    more: "Show all",
    less: "Show less",
    preparing: "Still being prepared",
    unavailable: "No longer in Confluence",
    unavailableFile: "No longer there",
    hint: "↑ ↓ to move, Enter to open in the browser, Esc to go back",
    hintFiles: "↑ ↓ to move, Enter to open, Esc to go back",
    milliseconds: (n: number) => (n < 1 ? "under 1 ms" : `${Math.round(n)} ms`),
  },

  steps: {
    label: "First steps",
    connect: "Connect",
    choose: "Choose spaces",
    ask: "Ask a question",
    skip: "Skip",
    done: "done",
    current: "now",
  },

  later: {
    contexts: {
      line: "A context is a set of spaces, pages and folders that belong together.",
      detail: "This version searches all that you have synced at once, so there is nothing to set up.",
    },
    agents: {
      line: "An agent listens for what you care about and brings the right section.",
      detail: "This version has no agents. Search finds the same sections when you ask for them.",
    },
    meetings: {
      line: "In a meeting, sections of your wiki appear beside the talk as it needs them.",
      detail: "This version does not listen to meetings. Search is one shortcut away while you talk.",
    },
    search: "Search instead",
  },

  settings: {
    title: "Settings",
    plan: "Plan",
    planDetail: "How many pages are kept ready, over all selected spaces together.",
    planLimits: { free: "25 pages", solo: "250 pages", pro: "No limit" } satisfies Record<PlanName, string>,
    planWhom: {
      free: "To try it on one space",
      solo: "For one team's wiki",
      pro: "For everything you can read",
    } satisfies Record<PlanName, string>,
    planInUse: (used: number) => `${pages(used)} in use`,
    planLower:
      "With a smaller plan, the pages above its limit leave search but are kept; they come back with a larger one.",
    appearance: "Appearance",
    appearanceDetail: "Light or dark, or as your system has it.",
    themes: { system: "System", light: "Light", dark: "Dark" },
    data: "Data",
    dataDetail:
      "Everything that CoAgentor has read lies in this folder. Your sign-in does not: it is in the system's secret store.",
    dataFolder: "Data folder",
    copyPath: "Copy path",
    diagnostics: "Diagnostics",
    diagnosticsDetail: "What this copy says about itself. It holds no page text and no sign-in.",
    copyDiagnostics: "Copy as text",
    rows: {
      version: "Version",
      model: "Search by meaning",
      connection: "Connection",
      plan: "Plan",
      ready: "Pages ready",
      pending: "Pages in preparation",
      failed: "Pages that failed",
      unavailable: "Pages no longer visible",
      lastRun: "Last sync",
    },
    modelReady: "Ready",
    modelMissing: "The model is missing; search works by words alone",
    states: {
      never: "Never connected",
      connecting: "Signing in",
      choose_site: "Choosing a site",
      connected: "Connected",
      reconnect_needed: "Reconnect needed",
      disconnected: "Disconnected",
    },
    runStates: {
      running: "Running",
      complete: "Complete",
      partial: "Partial",
      failed: "Failed",
      cancelled: "Cancelled",
    },
    none: "None",
  },

  failure: {
    title: "CoAgentor can't read its data",
    retry: "Try again",
  },
};
