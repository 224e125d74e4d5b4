import type { sources as shape } from "../en/sources";
import { choose, count, files, number, pages, spaces } from "./amounts";

const stay = (n: number) =>
  choose(n, {
    one: "bleibt durchsuchbar, wird aber nicht mehr aktualisiert",
    other: "bleiben durchsuchbar, werden aber nicht mehr aktualisiert",
  });

/** Was die Karten der Datenquellen sagen. */
export const sources: typeof shape = {
  integrations: {
    title: "Datenquellen",
    lead: "Woher Ihre Antworten kommen. Alles wird auf diesen Computer gelesen und bleibt hier.",
    confluence: "Confluence",
    readOnly: "Nur lesend. CoAgentor kann in Confluence nichts anlegen, ändern oder löschen.",
    connectedLine: (host, account) =>
      [host, "nur lesend", account === null ? null : `angemeldet als ${account}`]
        .filter((part) => part !== null)
        .join(" · "),
    sampleLine: "Das Beispiel · nur lesend · erfundene Seiten zum Ausprobieren",
    reconnectLine: "Ihre Anmeldung bei Atlassian ist abgelaufen. Ihre Bereiche sind noch ausgewählt.",
    reconnectKept: (n) => (n === 0 ? "" : `${pages(n)} ${stay(n)}.`),
    disconnectedLine: (n, site) => `${pages(n)} von ${site} ${stay(n)}.`,
    disconnectedEmpty: "Es sind keine Seiten gespeichert. Verbinden Sie neu, um Ihre Bereiche abzugleichen.",
    badge: {
      connecting: "Verbindet",
      chooseSite: "Site auswählen",
      connected: "Verbunden",
      syncing: "Gleicht ab",
      paused: "Angehalten",
      attention: "Braucht Aufmerksamkeit",
      reconnect: "Neu anmelden",
    },
  },

  files: {
    name: "Dateien",
    line: "Ordner und Dokumente auf diesem Computer. Nichts wird verschoben oder hochgeladen.",
    lineEmpty:
      "Liest Markdown, Text, HTML, PDF, DOCX, CSV und XLSX. Ihre Dateien bleiben, wo sie sind, und nichts wird hochgeladen.",
    badge: { reading: "Liest", readingSource: "Liest …", attention: "Braucht Aufmerksamkeit" },
    addFolder: "Ordner hinzufügen",
    addFiles: "Dateien hinzufügen",
    readAgain: "Erneut lesen",
    remove: "Entfernen",
    removeName: (visible, name) => `${visible}: „${name}“`,
    removed: (name) => `„${name}“ wurde entfernt`,
    list: "Hinzugefügte Ordner und Dateien",
    folders: (n) => count(n, { one: "Ordner", other: "Ordner" }),
    searchable: (n) => `${files(n)} durchsuchbar`,
    ready: (amount) => `${amount} bereit`,
    pending: (amount) => `${amount} in Vorbereitung`,
    failed: (amount) => `${amount} nicht lesbar`,
    unavailable: (amount) => `${amount} nicht mehr da`,
    looking: "Sucht nach Dateien",
    nothingReadable: "Hier ist nichts, das gelesen werden kann",
    read: (ago) => `gelesen ${ago}`,
    notRead: "noch nicht gelesen",
    missingFolder: "Dieser Ordner ist gerade nicht da. Was daraus gelesen wurde, bleibt durchsuchbar.",
    missingFile: "Diese Datei ist gerade nicht da. Was daraus gelesen wurde, bleibt durchsuchbar.",
    showProblems: (n) => `${count(n, { one: "unlesbare Datei", other: "unlesbare Dateien" })} anzeigen`,
    showFirst: (n, all) => `Die ersten ${number(n)} von ${number(all)} unlesbaren Dateien anzeigen`,
    hideProblems: "Dateien ausblenden",
    problems: (name) => `Dateien in „${name}“, die nicht gelesen werden können`,
  },

  connecting: {
    title: "Schließen Sie die Anmeldung im Browser ab",
    detail: "Atlassian fragt dort, was CoAgentor lesen darf. Kommen Sie zurück, wenn dort steht, dass Sie fertig sind.",
    preparing: "Die Anmeldung wird vorbereitet …",
    link: "Link zur Anmeldung",
    linkHint: "Hat sich keine Seite geöffnet? Kopieren Sie diesen Link in Ihren Browser.",
    timeLeft: (left) => `noch ${left}`,
    timeOver: "Die Zeit für diese Anmeldung ist um. Brechen Sie ab und verbinden Sie neu.",
  },

  sites: {
    title: "Welche Site möchten Sie lesen?",
    detail: "Ihre Anmeldung erreicht mehrere. Sie können das ändern, indem Sie sich neu verbinden.",
    legend: "Confluence-Sites",
  },

  token: {
    title: "API-Token verwenden",
    detail:
      "Für den Fall, dass die Anmeldung im Browser abgeschaltet ist. Das Token kommt in den Schlüsselbund dieses Computers und wird nur zum Lesen verwendet.",
    site: "Adresse der Site",
    sitePlaceholder: "https://acme.atlassian.net",
    email: "Ihre E-Mail-Adresse bei Atlassian",
    token: "API-Token",
    create: "Token bei Atlassian anlegen",
    submit: "Verbinden",
    needSite: "Geben Sie die Adresse ein, unter der Ihr Confluence aufgeht, etwa https://acme.atlassian.net.",
    needEmail: "Geben Sie die E-Mail-Adresse Ihres Atlassian-Kontos ein.",
    needToken: "Fügen Sie das Token ein, das Atlassian Ihnen gezeigt hat.",
  },

  spaces: {
    title: "Bereiche",
    filter: (n) => `${spaces(n)} filtern`,
    clear: "Filter leeren",
    selected: (n, all) =>
      `${number(n)} von ${choose(all, { one: "1 Bereich", other: `${number(all)} Bereichen` })} ausgewählt`,
    selectAll: "Alle Bereiche auswählen",
    selectShown: "Alle angezeigten Bereiche auswählen",
    columns: { select: "Ausgewählt", space: "Bereich", key: "Kürzel", pages: "Seiten", last: "Abgeglichen" },
    never: "Noch nicht",
    leaves: "Verlässt die Suche",
    joins: "Beim nächsten Mal",
    syncing: "Wird abgeglichen",
    kept: "Nicht durchsucht",
    unknownPages: "Noch nicht gezählt",
    partOf: (n, all) => `${number(n)} von ${pages(all)}`,
    noMatch: (text) => `Kein Bereich heißt „${text}“.`,
    unsaved: (n) => count(n, { one: "ungespeicherte Änderung", other: "ungespeicherte Änderungen" }),
    saved: "Auswahl gespeichert",
    chooseFirst: "Wählen Sie die Bereiche, aus denen Ihre Antworten kommen sollen.",
    leaving: (name, n) =>
      `${name}: ${pages(n)} ${choose(n, { one: "wird", other: "werden" })} nicht mehr aktualisiert und nicht mehr durchsucht. Sie bleiben hier und kommen zurück, wenn Sie den Bereich wieder auswählen.`,
    leavingMany: (n, total) =>
      `${spaces(n)}: ${pages(total)} werden nicht mehr aktualisiert und nicht mehr durchsucht. Sie bleiben hier und kommen zurück, wenn Sie die Bereiche wieder auswählen.`,
    refresh: "Confluence nach neuen Bereichen fragen",
  },

  plan: {
    names: { free: "Free", solo: "Solo", pro: "Pro" },
    used: (used, limit, plan) => `${number(used)} von ${pages(limit)} · Tarif ${plan}`,
    unlimited: (used, plan) => `${pages(used)} · Tarif ${plan}, ohne Grenze`,
    label: "Vom Tarif genutzte Seiten",
    over: (fit, all, plan) => `${number(fit)} von ${pages(all)} passen in den Tarif ${plan}`,
    overDetail: "Die anderen wurden weggelassen. Deswegen wurde nichts entfernt.",
    overList: "Seiten, die nicht gepasst haben",
  },

  progress: {
    phases: { listing: "Auflisten", downloading: "Herunterladen", embedding: "Vorbereiten" },
    label: "Fortschritt des Abgleichs",
    of: (done, total) => `${number(done)} von ${pages(total)}`,
    found: (done) => (done === 0 ? "sucht nach Änderungen" : `${pages(done)} gefunden`),
    rate: (n) => `${pages(n)} pro Minute`,
    paused: "Angehalten",
    pausedUntil: (time) => `Angehalten bis ${time}`,
  },
  waiting: {
    paused: (time) => `Angehalten bis ${time}`,
    pausedDetail: "Bis dahin wird nichts von selbst abgeglichen.",
    battery: "Wartet auf Strom",
    batteryDetail: "Dieser Computer läuft mit Akku. Der Abgleich geht von selbst weiter, wenn er am Netz ist.",
    setUpSignIn: "Anmeldung im Browser einrichten",
  },

  run: {
    last: (ago) => `Abgeglichen ${ago}`,
    none: "Noch nicht abgeglichen",
    cancelled: (ago) => `Abgleich abgebrochen ${ago}`,
    tried: (ago) => `Zuletzt versucht ${ago}`,
    unchanged: "nichts hatte sich geändert",
    added: (n) => `${number(n)} neu`,
    updated: (n) => `${number(n)} aktualisiert`,
    moved: (n) => `${number(n)} verschoben`,
    removed: (n) => `${number(n)} entfernt`,
    next: (time) => `Nächster Abgleich um ${time}`,
    partial: (missing, all) => `${number(missing)} von ${pages(all)} nicht lesbar`,
    partialPlain: "Der letzte Abgleich wurde nicht fertig",
    failed: "Der letzte Abgleich hat nicht geklappt",
    nothingRemoved: "Deswegen wurde nichts entfernt.",
    failures: "Seiten, die nicht gelesen werden konnten",
  },

  disconnectDialog: {
    title: "Confluence trennen?",
    stays: (n) =>
      n === 0
        ? "Auf diesem Computer ist noch nichts gespeichert."
        : `Bleibt: ${pages(n)} auf diesem Computer, durchsuchbar wie jetzt, und Ihre Auswahl.`,
    stops: "Endet: der Abgleich. CoAgentor vergisst Ihre Anmeldung; in Confluence ändert sich nichts.",
    confirm: "Trennen",
  },
  removeDialog: {
    title: "Seiten von diesem Computer entfernen?",
    detail: (n) =>
      `${pages(n)} und was für die Suche vorbereitet wurde, werden hier gelöscht. In Confluence ändert sich nichts. Nach dem Verbinden können Sie neu abgleichen.`,
    confirm: "Seiten entfernen",
  },
  removeSourceDialog: {
    title: (name) => `„${name}“ aus CoAgentor entfernen?`,
    detail: (n) =>
      n === 0
        ? "Es wird nicht mehr gelesen und nicht mehr durchsucht."
        : `Der Text aus ${choose(n, { one: "1 Datei", other: `${number(n)} Dateien` })} und was für die Suche vorbereitet wurde, werden aus der App entfernt.`,
    stays: "Die Dateien selbst bleiben, wie sie sind. Sie können sie jederzeit wieder hinzufügen.",
    confirm: "Entfernen",
  },
  unsavedDialog: {
    title: "Auswahl speichern?",
    detail: (n) =>
      `Sie haben ${count(n, { one: "ungespeicherte Änderung", other: "ungespeicherte Änderungen" })} an den ausgewählten Bereichen.`,
    save: "Auswahl speichern",
    discard: "Verwerfen",
    stay: "Weiter bearbeiten",
  },
};
