import { both, count, number } from "./amounts";

/** What the search says. */
export const search = {
  search: {
    label: "Search everything synced",
    placeholder: "Search everything synced",
    placeholderShort: "Search",
    clear: "Clear the search",
    title: "Search",
    results: (text: string) => `Results for “${text}”`,
    amount: both,
    searching: (amount: string | null) => (amount === null ? "Searching…" : `Searching ${amount}…`),
    found: (n: number, ms: string) => `${count(n, { one: "section", other: "sections" })} · ${ms}`,
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
    milliseconds: (n: number) => (n < 1 ? "under 1 ms" : `${number(Math.round(n))} ms`),
  },
};
