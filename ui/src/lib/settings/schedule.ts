import { words } from "../strings/words.svelte";

const HOURS = [1, 2, 3, 4, 6, 8, 12, 24];
const MANUAL = "null";

function titleOf(hours: number): string {
  return hours === 24 ? words.settings.daily : words.settings.every(hours);
}

/** How often to look for changes, with the choice at hand among them though it was made elsewhere. */
export function scheduleChoices(chosen: number | null): { value: string; title: string }[] {
  const all = chosen === null || HOURS.includes(chosen) ? HOURS : [...HOURS, chosen].sort((a, b) => a - b);
  return [
    ...all.map((hours) => ({ value: String(hours), title: titleOf(hours) })),
    { value: MANUAL, title: words.settings.manual },
  ];
}

/** The hours of a choice; null for none by themselves. */
export function hoursOf(value: string): number | null {
  return value === MANUAL ? null : Number(value);
}
