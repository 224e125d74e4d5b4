import { recall, remember } from "../state/remembered";
import { words } from "../strings/en";

export type ThemeName = keyof typeof words.settings.themes;
export const themeNames = Object.keys(words.settings.themes) as ThemeName[];

/** Light or dark, by the person's choice or the system's. */
export class Theme {
  choice = $state<ThemeName>(themeNames.find((name) => name === recall("theme")) ?? "system");
  readonly #system = matchMedia("(prefers-color-scheme: dark)");

  choose(name: ThemeName): void {
    this.choice = name;
    remember("theme", name);
    this.apply();
  }

  apply(): void {
    const dark = this.choice === "system" ? this.#system.matches : this.choice === "dark";
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }

  /** Applies the theme and follows the system; returns what stops it. */
  watch(): () => void {
    const apply = () => this.apply();
    apply();
    this.#system.addEventListener("change", apply);
    return () => this.#system.removeEventListener("change", apply);
  }
}
