import type { Colour, SourceState } from "../../bindings";
import { count, number } from "./amounts";

const sources = (n: number) => count(n, { one: "source", other: "sources" });

/** What the room of contexts says. */
export const contexts = {
  contexts: {
    lead: "What belongs together. An agent looks only in the contexts that you give it.",
    make: "New context",
    back: "All contexts",
    list: "Your contexts",
    loading: "Reading your contexts…",
    failed: "The contexts can't be read",
    empty: "No contexts yet",
    emptyDetail:
      "A context is a choice of spaces, pages and folders, such as everything about one customer. Make one, then give it to an agent.",
    edit: "Edit",
    editName: (visible: string, name: string) => `${visible} “${name}”`,
    sources,
    noSources: "No sources yet",
    forAll: "For all agents",
    usedBy: (names: string) => `Used by ${names}`,
    unused: "No agent uses it",
    counts: {
      ready: (n: number) => `${number(n)} ready`,
      pending: (n: number) => `${number(n)} in preparation`,
      failed: (n: number) => `${number(n)} not read`,
      unavailable: (n: number) => `${number(n)} no longer visible`,
      none: "nothing in it",
    },
    newTitle: "New context",
    name: "Name",
    namePlaceholder: "Such as: Northwind, or Runbooks",
    needName: "Give it a name.",
    colour: "Colour",
    colours: {
      blue: "Blue",
      teal: "Teal",
      green: "Green",
      orange: "Orange",
      red: "Red",
      purple: "Purple",
      grey: "Grey",
    } satisfies Record<Colour, string>,
    scope: "Who looks in it",
    scopeAll: "All agents",
    scopeAllDetail: "Also those that you make later.",
    scopeChosen: "Chosen agents",
    scopeChosenDetail: "Only those that are ticked below.",
    noAgents: "There are no agents yet. You can choose this context when you make one.",
    save: "Save context",
    saving: "Saving…",
    delete: "Delete context…",
    deleteTitle: (name: string) => `Delete “${name}”?`,
    deleteDetail: (agents: number) =>
      agents === 0
        ? "No agent uses it. Its pages and files stay, and search still finds them."
        : `${count(agents, { one: "agent stops", other: "agents stop" })} looking in it. Its pages and files stay, and search still finds them.`,
    deleteConfirm: "Delete",
  },

  tree: {
    title: "Sources",
    detail: "Tick what belongs in it. A ticked space or folder brings everything below it, also what is added later.",
    label: "Spaces, pages and folders",
    loading: "Reading…",
    failed: "can't be read",
    rootFailed: "The sources can't be read",
    empty: "Nothing is synced yet. Connect Confluence or add a folder first.",
    goToSources: "Go to Data Sources",
    first: (n: number) => `Only the first ${number(n)} are shown`,
    firstDetail: (name: string) => `“${name}” has too many entries to leave out one of them.`,
    withoutPage: (name: string) => `The page “${name}” itself is no longer ticked, only pages below it.`,
    hint: "↑ ↓ to move, → ← to open and close, Space to tick, letters to jump",
    states: {
      ok: "",
      disconnected: "Disconnected",
      deselected: "Not synced any more",
      removed: "Gone",
      missing: "Not there",
    } satisfies Record<SourceState, string>,
    stateDetails: {
      ok: "",
      disconnected: "Still searched, no longer updated.",
      deselected: "Its space is not synced any more, so it is not searched.",
      removed: "It is gone and no longer searched.",
      missing: "It was not found last time. What was read from it is still searched.",
    } satisfies Record<SourceState, string>,
    chosen: (n: number) => `Ticked: ${sources(n)}`,
    chosenNone: "Nothing is ticked yet",
    takeOut: "Take out",
    takeOutName: (visible: string, name: string) => `${visible} “${name}”`,
    takenOut: (name: string) => `“${name}” was taken out`,
    kinds: { site: "Site", space: "Space", page_tree: "Page and all below it", folder: "Folder", file: "File" },
  },

  unsaved: {
    title: (name: string) => `Save “${name}”?`,
    titleNew: "Save it first?",
    detail: "What you changed here is not saved yet.",
    save: "Save",
    status: "Unsaved changes",
  },
};
