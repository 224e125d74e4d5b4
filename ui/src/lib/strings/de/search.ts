import type { search as shape } from "../en/search";
import { both, count, number } from "./amounts";

/** Was die Suche sagt. */
export const search: typeof shape = {
  search: {
    label: "Alles Abgeglichene durchsuchen",
    placeholder: "Alles Abgeglichene durchsuchen",
    placeholderShort: "Suchen",
    clear: "Suche leeren",
    title: "Suche",
    results: (text) => `Ergebnisse für „${text}“`,
    amount: both,
    searching: (amount) => (amount === null ? "Sucht …" : `Sucht in ${amount} …`),
    found: (n, ms) => `${count(n, { one: "Abschnitt", other: "Abschnitte" })} · ${ms}`,
    none: (text) => `Nichts passt zu „${text}“`,
    noneDetail: (amount, hasFiles) =>
      `Durchsucht: ${amount}, nach Wörtern und nach Bedeutung. Sagen Sie es mit anderen Worten, oder ${hasFiles ? "fügen Sie weitere Ordner hinzu" : "wählen Sie mehr Bereiche aus"}.`,
    noneByWords: (amount) =>
      `Durchsucht: ${amount}, nur nach Wörtern, denn das Suchmodell fehlt. Versuchen Sie die Wörter, die auf der Seite stehen dürften.`,
    nothingSynced: "Noch ist nichts abgeglichen",
    nothingSyncedDetail:
      "Verbinden Sie Confluence und wählen Sie einen Bereich, oder fügen Sie einen Ordner hinzu. Fragen Sie dann hier in Ihren eigenen Worten; die Antwort ist der Abschnitt, in dem es steht.",
    goToSources: "Zu den Datenquellen",
    failed: "Die Suche hat nicht geklappt",
    open: "Abschnitt öffnen",
    openPage: "Seite öffnen",
    openFile: "Datei öffnen",
    openFileName: (visible, title) => `${visible}: „${title}“`,
    openName: (visible, title) => `${visible}: „${title}“ im Browser`,
    version: (n) => `v${n}`,
    synced: (ago) => `abgeglichen ${ago}`,
    files: "Dateien",
    read: (ago) => `gelesen ${ago}`,
    more: "Alles zeigen",
    less: "Weniger zeigen",
    preparing: "Noch in Vorbereitung",
    unavailable: "Nicht mehr in Confluence",
    unavailableFile: "Nicht mehr da",
    hint: "↑ ↓ zum Bewegen, Enter öffnet im Browser, Esc geht zurück",
    hintFiles: "↑ ↓ zum Bewegen, Enter öffnet, Esc geht zurück",
    milliseconds: (n) => (n < 1 ? "unter 1 ms" : `${number(Math.round(n))} ms`),
  },
};
