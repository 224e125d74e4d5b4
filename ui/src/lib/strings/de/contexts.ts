import type { contexts as shape } from "../en/contexts";
import { count, number } from "./amounts";

const sources = (n: number) => count(n, { one: "Quelle", other: "Quellen" });

/** Was der Raum der Kontexte sagt. */
export const contexts: typeof shape = {
  contexts: {
    lead: "Was zusammengehört. Ein Agent sucht nur in den Kontexten, die Sie ihm geben.",
    make: "Neuer Kontext",
    back: "Alle Kontexte",
    list: "Ihre Kontexte",
    loading: "Ihre Kontexte werden gelesen …",
    failed: "Die Kontexte lassen sich nicht lesen",
    empty: "Noch keine Kontexte",
    emptyDetail:
      "Ein Kontext ist eine Auswahl aus Bereichen, Seiten und Ordnern, etwa alles zu einem Kunden. Legen Sie einen an und geben Sie ihn einem Agenten.",
    edit: "Bearbeiten",
    editName: (visible, name) => `„${name}“: ${visible}`,
    sources,
    noSources: "Noch keine Quellen",
    forAll: "Für alle Agenten",
    usedBy: (names) => `Genutzt von ${names}`,
    unused: "Kein Agent nutzt ihn",
    counts: {
      ready: (n) => `${number(n)} bereit`,
      pending: (n) => `${number(n)} in Vorbereitung`,
      failed: (n) => `${number(n)} nicht gelesen`,
      unavailable: (n) => `${number(n)} nicht mehr sichtbar`,
      none: "nichts darin",
    },
    newTitle: "Neuer Kontext",
    name: "Bezeichnung",
    namePlaceholder: "Etwa: Nordwind, oder Anleitungen",
    needName: "Geben Sie ihm eine Bezeichnung.",
    colour: "Farbe",
    colours: {
      blue: "Blau",
      teal: "Türkis",
      green: "Grün",
      orange: "Orange",
      red: "Rot",
      purple: "Lila",
      grey: "Grau",
    },
    scope: "Wer darin sucht",
    scopeAll: "Alle Agenten",
    scopeAllDetail: "Auch solche, die Sie später anlegen.",
    scopeChosen: "Ausgewählte Agenten",
    scopeChosenDetail: "Nur die unten angekreuzten.",
    noAgents: "Es gibt noch keine Agenten. Wenn Sie einen anlegen, können Sie diesen Kontext auswählen.",
    save: "Kontext speichern",
    saving: "Wird gespeichert …",
    delete: "Kontext löschen …",
    deleteTitle: (name) => `„${name}“ löschen?`,
    deleteDetail: (agents) =>
      agents === 0
        ? "Kein Agent nutzt ihn. Seine Seiten und Dateien bleiben, und die Suche findet sie weiterhin."
        : `${count(agents, { one: "Agent sucht", other: "Agenten suchen" })} dann nicht mehr darin. Seine Seiten und Dateien bleiben, und die Suche findet sie weiterhin.`,
    deleteConfirm: "Löschen",
  },

  tree: {
    title: "Quellen",
    detail:
      "Kreuzen Sie an, was dazugehört. Ein angekreuzter Bereich oder Ordner bringt alles darunter mit, auch was später dazukommt.",
    label: "Bereiche, Seiten und Ordner",
    loading: "Wird gelesen …",
    failed: "nicht lesbar",
    rootFailed: "Die Quellen lassen sich nicht lesen",
    empty: "Noch ist nichts abgeglichen. Verbinden Sie zuerst Confluence oder fügen Sie einen Ordner hinzu.",
    goToSources: "Zu den Datenquellen",
    first: (n) => `Nur die ersten ${number(n)} werden gezeigt`,
    firstDetail: (name) => `„${name}“ hat zu viele Einträge, um einen davon wegzulassen.`,
    withoutPage: (name) => `Die Seite „${name}“ selbst ist nicht mehr angekreuzt, nur Seiten darunter.`,
    hint: "↑ ↓ zum Bewegen, → ← zum Auf- und Zuklappen, Leertaste zum Ankreuzen, Buchstaben zum Springen",
    states: {
      ok: "",
      disconnected: "Getrennt",
      deselected: "Nicht mehr abgeglichen",
      removed: "Weg",
      missing: "Nicht da",
    },
    stateDetails: {
      ok: "",
      disconnected: "Wird noch durchsucht, aber nicht mehr aktualisiert.",
      deselected: "Sein Bereich wird nicht mehr abgeglichen und daher nicht durchsucht.",
      removed: "Es gibt sie nicht mehr, und sie wird nicht mehr durchsucht.",
      missing: "Beim letzten Mal nicht gefunden. Was daraus gelesen wurde, wird noch durchsucht.",
    },
    chosen: (n) => `Angekreuzt: ${sources(n)}`,
    chosenNone: "Noch ist nichts angekreuzt",
    takeOut: "Herausnehmen",
    takeOutName: (visible, name) => `„${name}“: ${visible}`,
    takenOut: (name) => `„${name}“ wurde herausgenommen`,
    kinds: {
      site: "Confluence-Site",
      space: "Bereich",
      page_tree: "Seite und alles darunter",
      folder: "Ordner",
      file: "Datei",
    },
  },

  unsaved: {
    title: (name) => `„${name}“ speichern?`,
    titleNew: "Erst speichern?",
    detail: "Was Sie hier geändert haben, ist noch nicht gespeichert.",
    save: "Speichern",
    status: "Ungespeicherte Änderungen",
  },
};
