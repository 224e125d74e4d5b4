import type { problems as shape } from "../en/problems";
import { files, number, pages } from "./amounts";

/** Was nicht stimmt, und was hilft. */
export const problems: typeof shape = {
  problems: {
    no_confluence_site: {
      title: "Keine Confluence-Site gefunden",
      message: "Dieses Atlassian-Konto erreicht keine Site mit Confluence.",
      mend: "Anderes Konto versuchen",
    },
    no_spaces: {
      title: "Keine Bereiche gefunden",
      message: "Die Site zeigt keinen Bereich, den Sie lesen dürfen.",
      mend: "Erneut prüfen",
    },
    reconnect_needed: { title: "Neu anmelden", message: "", mend: "Neu anmelden" },
    nothing_selected: { title: "Wählen Sie mindestens einen Bereich", message: "", mend: "Bereiche auswählen" },
    still_preparing: {
      title: "",
      message: "Treffer nach Wörtern erscheinen schon. Die Suche nach Bedeutung folgt Seite für Seite.",
      mend: "",
    },
    rate_limited: {
      title: "Atlassian begrenzt die Anfragen",
      message: "Es beantwortet nur so viele Anfragen in einer gewissen Zeit. Nichts geht verloren.",
      mend: "Später abgleichen",
    },
    offline: {
      title: "Offline",
      message: "Atlassian ist nicht zu erreichen. Prüfen Sie Internetverbindung, VPN und Proxy.",
      mend: "Jetzt versuchen",
    },
    sign_in_failed: { title: "Die Anmeldung wurde nicht fertig", message: "", mend: "Erneut versuchen" },
    secret_store: { title: "Der Schlüsselbund ist nicht verfügbar", message: "", mend: "Erneut versuchen" },
    model_missing: { title: "Das Suchmodell fehlt", message: "", mend: "" },
    other: { title: "Etwas ist schiefgegangen", message: "", mend: "Erneut versuchen" },
  },
  problem: {
    stillPreparing: (n) => `${pages(n)} noch in Vorbereitung`,
    stillPreparingFiles: (n) => `${files(n)} noch in Vorbereitung`,
    stillPreparingBoth: (n) => `${number(n)} Seiten und Dateien noch in Vorbereitung`,
    stillPreparingOneByOne: "Treffer nach Wörtern erscheinen schon. Die Suche nach Bedeutung folgt nach und nach.",
    continuesAt: (time) => `Geht um ${time} von selbst weiter.`,
    triesAt: (time) => `Versucht es um ${time} von selbst wieder.`,
    nothingSelected: "Ein Abgleich liest die Bereiche, die ausgewählt und gespeichert sind.",
    commandFailed: "Das hat nicht geklappt",
  },
};
