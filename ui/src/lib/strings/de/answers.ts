import type { answers as shape } from "../en/answers";

/** Was die Einstellungen über geschriebene Antworten sagen. */
export const answers: typeof shape = {
  answers: {
    title: "Antworten",
    detail:
      "Ohne sie sind die Abschnitte selbst die Antwort. Nichts wird irgendwohin gesendet, solange Sie das nicht einschalten.",
    on: "Eine Antwort aus den Abschnitten schreiben",
    onDetail: "Ein Sprachmodell Ihrer Wahl schreibt ein oder zwei Sätze, jeden mit dem Abschnitt, aus dem er kommt.",
    url: "Adresse des Modells",
    urlHint: "Jedes Programm, das das OpenAI-Protokoll spricht, etwa Ollama auf diesem Computer.",
    needUrl: "Geben Sie eine Adresse an, die mit http:// oder https:// beginnt.",
    elsewhere: "Abschnitte des Wikis hinter einer Karte werden an diese Adresse gesendet.",
    elsewhereDetail: (host) => `${host} ist nicht auf diesem Computer. Fragen Sie, ob das bei Ihnen erlaubt ist.`,
    model: "Modell",
    modelPlaceholder: "Etwa: qwen3:8b",
    needModel: "Wählen Sie ein Modell. Bis dahin werden keine Antworten geschrieben.",
    check: "Prüfen",
    checking: "Wird geprüft …",
    noModels: "Es antwortet und hat kein Modell.",
    chooseModel: "Modell auswählen",
    key: "Schlüssel",
    keyHint:
      "Nur, wenn die Adresse einen verlangt. Er kommt in den Schlüsselbund dieses Computers und wird nie wieder gezeigt.",
    keyKept: "Ein Schlüssel ist verwahrt. Geben Sie einen anderen ein, um ihn zu ersetzen.",
    saveKey: "Schlüssel verwahren",
    forgetKey: "Schlüssel vergessen",
  },
};
