import { afterEach, describe, expect, it } from "vitest";
import { de } from "./de";
import { en } from "./en";
import { firstLanguage, isLanguage, number, speak, systemLanguage, words } from "./words.svelte";

type Leaf = { path: string; said: unknown };

function leaves(node: object, path = ""): Leaf[] {
  return Object.entries(node).flatMap(([key, said]) =>
    typeof said === "object" && said !== null ? leaves(said, `${path}.${key}`) : [{ path: `${path}.${key}`, said }],
  );
}

const english = leaves(en);
const german = new Map(leaves(de).map(({ path, said }) => [path, said]));

/** What a sentence says of its values: each of them, wherever it stands. */
function placeholders(say: (...values: unknown[]) => string): string[] {
  const marks = ["«a»", "«b»", "«c»"];
  const amounts = [1237, 41, 53];
  // A value is either a number or a text; the sentence shows which.
  const written = say(...marks) + say(...amounts);
  const numbers = amounts.flatMap((amount) => [String(amount), new Intl.NumberFormat("en").format(amount)]);
  const plain = written.replace(/(\d)\.(\d{3})/g, "$1,$2");
  return [...marks, ...numbers].filter((value) => plain.includes(value)).sort();
}

describe("German", () => {
  it("has the same keys", () => expect([...german.keys()].sort()).toEqual(english.map(({ path }) => path).sort()));

  it("says something wherever English does", () => {
    const differs = ({ path, said }: Leaf) => typeof said === "string" && (german.get(path) === "") !== (said === "");
    expect(english.filter(differs)).toEqual([]);
  });

  it("has the same placeholders", () => {
    const of = (said: unknown) => (typeof said === "function" ? placeholders(said as () => string) : []);
    const found = english.map(({ path }) => ({ path, values: of(german.get(path)) }));
    expect(found).toEqual(english.map(({ path, said }) => ({ path, values: of(said) })));
  });

  it("is German", () => {
    const same = english.filter(
      ({ path, said }) => typeof said === "string" && said !== "" && german.get(path) === said,
    );
    // Names, and words that both languages have.
    expect(same.length).toBeLessThan(30);
  });
});

describe("numbers and their words", () => {
  it.each([
    [0, "0 pages", "0 Seiten"],
    [1, "1 page", "1 Seite"],
    [1200, "1,200 pages", "1.200 Seiten"],
  ])("%i", (n, inEnglish, inGerman) => {
    expect(en.amounts.pages(n)).toBe(inEnglish);
    expect(de.amounts.pages(n)).toBe(inGerman);
  });
});

describe("speaking", () => {
  afterEach(() => speak("en"));

  it("changes every word, also of those who took a part before", async () => {
    const { settings } = words;
    expect(settings.title).toBe("Settings");
    await speak("de");
    expect(settings.title).toBe("Einstellungen");
    expect(settings.themes.dark).toBe("Dunkel");
    expect(number(1200)).toBe("1.200");
    expect(Object.keys(words.pages)).toEqual(Object.keys(en.pages));
    expect(document.documentElement.lang).toBe("de");
    expect(firstLanguage()).toBe("de");
  });

  it("speaks the language that was asked for last", async () => {
    await Promise.all([speak("de"), speak("en")]);
    expect(words.settings.title).toBe("Settings");
  });

  it.each([
    [["de-AT", "en"], "de"],
    [["fr-CA", "de"], "de"],
    [["ja"], "en"],
    [[], "en"],
  ])("of %j takes %s", (wanted, language) => expect(systemLanguage(wanted)).toBe(language));

  it("knows its languages", () =>
    expect([isLanguage("de"), isLanguage("xx"), isLanguage(null)]).toEqual([true, false, false]));
});
