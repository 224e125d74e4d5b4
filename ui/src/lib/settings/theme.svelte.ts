import { recall, remember } from "../state/remembered";
import { words } from "../strings/words.svelte";

export type ThemeName = keyof typeof words.settings.themes;
export const themeNames = Object.keys(words.settings.themes) as ThemeName[];
/** Percent of the usual size. */
export const textSizes = [90, 100, 110, 125, 150] as const;
export type TextSize = (typeof textSizes)[number];
type Wish = "contrast" | "motion";

/** How the window looks, by the person's choice or the system's wish. Kept by the web view: only looks depend on it. */
export class Theme {
  choice = $state<ThemeName>(themeNames.find((name) => name === recall("theme")) ?? "system");
  textSize = $state<TextSize>(textSizes.find((size) => String(size) === recall("text-size")) ?? 100);
  /** More contrast, less motion: on by choice, whatever the system says. */
  contrast = $state(recall("contrast") === "more");
  motion = $state(recall("motion") === "less");
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #contrast = matchMedia("(prefers-contrast: more)");
  readonly #motion = matchMedia("(prefers-reduced-motion: reduce)");

  /** 1 is the usual size of the text and of everything that is measured by it. */
  get scale(): number {
    return this.textSize / 100;
  }

  choose(name: ThemeName): void {
    this.choice = name;
    remember("theme", name);
    this.apply();
  }

  size(percent: TextSize): void {
    this.textSize = percent;
    remember("text-size", String(percent));
    this.apply();
  }

  wish(name: Wish, on: boolean): void {
    this[name] = on;
    remember(name, on ? { contrast: "more", motion: "less" }[name] : "system");
    this.apply();
  }

  /** As on the first start. */
  reset(): void {
    [this.choice, this.textSize, this.contrast, this.motion] = ["system", 100, false, false];
    this.apply();
  }

  apply(): void {
    const { dataset, style } = document.documentElement;
    const dark = this.choice === "system" ? this.#dark.matches : this.choice === "dark";
    dataset.theme = dark ? "dark" : "light";
    dataset.contrast = this.contrast || this.#contrast.matches ? "more" : "usual";
    dataset.motion = this.motion || this.#motion.matches ? "less" : "usual";
    style.setProperty("--text-scale", String(this.scale));
  }

  /** Applies the looks and follows the system; returns what stops it. */
  watch(): () => void {
    const apply = () => this.apply();
    const wishes = [this.#dark, this.#contrast, this.#motion];
    apply();
    for (const wish of wishes) wish.addEventListener("change", apply);
    return () => wishes.forEach((wish) => wish.removeEventListener("change", apply));
  }
}
