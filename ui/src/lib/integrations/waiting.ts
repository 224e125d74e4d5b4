import type { Overview } from "../bindings";
import { words } from "../strings/words.svelte";
import { clockTime, secondsUntil } from "../time/relative";

/** Until when the person has put syncing off; null once that is over. */
export function pausedUntil(overview: Overview, now: number): string | null {
  const until = overview.pausedUntil;
  return until !== null && secondsUntil(until, now) > 0 ? until : null;
}

/** Whether nothing is done by itself because the computer is on battery. */
export function waitsForPower(overview: Overview): boolean {
  return overview.onBattery && overview.settings.pauseOnBattery && overview.settings.syncEveryHours !== null;
}

/** Why nothing is synced by itself at the moment, though nothing is wrong. */
export function waitingView(overview: Overview, now: number): { title: string; message: string } | null {
  const { confluence: card } = overview;
  const text = words.waiting;
  // A run under way shows it itself.
  if (card.state !== "connected" || card.sync) return null;
  const until = pausedUntil(overview, now);
  if (until) return { title: text.paused(clockTime(until, now)), message: text.pausedDetail };
  return waitsForPower(overview) ? { title: text.battery, message: text.batteryDetail } : null;
}
