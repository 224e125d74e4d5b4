import { afterEach, describe, expect, it } from "vitest";
import { said as german } from "./de/said";
import { placesOf, translate } from "./said";
import { sentence } from "./sentence";
import { said, speak } from "./words.svelte";

describe("sentences of the application in German", () => {
  it.each([
    ["choose at least one space", "wählen Sie mindestens einen Bereich"],
    ["port 53683 is in use by another program", "ein anderes Programm benutzt den Port 53683"],
    ["`/a b/c` has more than 20000 files", "`/a b/c` hat mehr als 20000 Dateien"],
    [
      "not fetched yet: `acme.test` did not answer in time",
      "noch nicht geholt: `acme.test` hat nicht rechtzeitig geantwortet",
    ],
    ["client id: it is empty", "Client-ID: leer"],
    ["the embedding model is missing: no `/x/model.onnx`", "das Suchmodell fehlt: `/x/model.onnx` ist nicht da"],
    ["1 pages are no longer listed", "1 pages are no longer listed"],
    ["one page or space could not be synced", "eine Seite oder ein Bereich ließ sich nicht abgleichen"],
    [
      "Atlassian's limit of requests is reached; the sync goes on after 09:30 UTC",
      "Atlassian nimmt vorerst keine Anfragen mehr an; der Abgleich geht nach 09:30 UTC weiter",
    ],
    ["acme, 12 spaces", "acme, 12 Bereiche"],
    ["a sync is already running (coagentor, process 7)", "ein Abgleich läuft schon (coagentor, Prozess 7)"],
    ["/home/me/.local/share/coagentor", "/home/me/.local/share/coagentor"],
    ["", ""],
    ["line\nbreak", "line\nbreak"],
  ])("%j", (english, expected) => expect(translate(english, german)).toBe(expected));

  it("keep their values", () => {
    const places = Object.entries(german).map(([english, says]) => [placesOf(english), placesOf(says)]);
    const lost = places.filter(([one, other]) => one?.toSorted().join() !== other?.toSorted().join());
    expect(lost).toEqual([]);
  });

  it("differ from English", () => {
    const same = Object.entries(german).filter(([english, says]) => english === says);
    expect(same.map(([english]) => english)).toEqual(["`{path}`: {source}", "{name}: {reason}"]);
  });
});

describe("speaking", () => {
  afterEach(() => speak("en"));

  it("turns what the application says", async () => {
    const message = "`/x` is not empty";
    expect(said(message)).toBe(message);
    expect(sentence(message)).toBe("“/x” is not empty.");
    await speak("de");
    expect(said(message)).toBe("`/x` ist nicht leer");
    expect(sentence("choose at least one space")).toBe("Wählen Sie mindestens einen Bereich.");
  });
});
