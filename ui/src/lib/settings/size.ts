import { locale } from "../strings/words.svelte";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "640 byte", "12.4 MB", in the numbers and units of the language. */
export function sizeWords(bytes: number, tag = locale()): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const maximumFractionDigits = step < 2 || value >= 100 ? 0 : 1;
  return new Intl.NumberFormat(tag, {
    style: "unit",
    unit: units[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits,
  }).format(value);
}
