import { recall, remember } from "../state/remembered";
import { en } from "./en";
import { type Said, translate } from "./said";

/** What every language has to say. A word that one of them lacks is a type error. */
export type Words = typeof en;
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

type Spoken = { words: Words; said: Said };

/** The application itself speaks English. */
const english: Spoken = { words: en, said: {} };

/** A language is fetched when it is first spoken. */
const rooms: Record<Language, () => Promise<Spoken>> = {
  en: async () => english,
  de: async () => {
    const { de, said } = await import("./de");
    return { words: de, said };
  },
};

let spoken = $state.raw<Spoken & { language: Language }>({ language: "en", ...english });
let newest = 0;

/** The same words, read anew each time, so that whoever shows them follows the language. */
function live<T extends object>(shape: T, read: () => T): T {
  const inner = new Map<PropertyKey, object>();
  return new Proxy(shape, {
    get(_, key) {
      const value: unknown = Reflect.get(read(), key);
      if (typeof value !== "object" || value === null) return value;
      const known = inner.get(key) ?? live(value, () => Reflect.get(read(), key) as object);
      inner.set(key, known);
      return known;
    },
  });
}

/** Every word that a person reads, in the language that is spoken now. */
export const words: Words = live(en, () => spoken.words);

/** A sentence of the application in the language that is spoken now, where that has it. */
export function said(text: string): string {
  return translate(text, spoken.said);
}

export function isLanguage(name: string | null): name is Language {
  return languages.some((known) => known === name);
}

/** The first of the system's languages that is spoken here. */
export function systemLanguage(wanted: readonly string[] = navigator.languages): Language {
  return wanted.map((tag) => tag.split("-")[0] ?? "").find(isLanguage) ?? "en";
}

/** The language of the last start, or the system's: what is spoken before the application has answered. */
export function firstLanguage(): Language {
  const last = recall("language");
  return isLanguage(last) ? last : systemLanguage();
}

/** Speaks a language from now on. */
export async function speak(language: Language): Promise<void> {
  const turn = ++newest;
  const found = await rooms[language]();
  if (turn !== newest) return;
  spoken = { language, ...found };
  document.documentElement.lang = language;
  remember("language", language);
}

/** How dates are written: as the system does where it speaks this language, else as the language does. */
export function locale(): string {
  const { language } = spoken;
  return navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
}

/** `1,200` */
export function number(value: number): string {
  return words.amounts.number(value);
}
