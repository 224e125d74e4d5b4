import { locale, words } from "../strings/words.svelte";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds from `now` until `iso`; negative for the past, zero for what is no date. */
export function secondsUntil(iso: string, now: number): number {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? 0 : (at - now) / 1000;
}

/** "just now", "12 min ago", "3 h ago", "yesterday", "4 days ago", then a date. */
export function ago(iso: string, now: number, tag = locale()): string {
  const past = -secondsUntil(iso, now);
  if (past < 45) return words.time.justNow;
  if (past < HOUR) return words.time.minutesAgo(Math.max(1, Math.round(past / MINUTE)));
  if (past < DAY) return words.time.hoursAgo(Math.floor(past / HOUR));
  if (past < 7 * DAY)
    return new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(-Math.floor(past / DAY), "day");
  return dateOf(iso, now, tag);
}

/** The day of a moment, with its year when that is another one. */
export function dateOf(iso: string, now: number, tag = locale()): string {
  const at = new Date(iso);
  const sameYear = at.getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? undefined : "numeric";
  return new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year }).format(at);
}

/** The hour and minute of a moment within a day from now, with its date when it is further away. */
export function clockTime(iso: string, now: number, tag = locale()): string {
  const at = new Date(iso);
  const time = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" }).format(at);
  const far = Math.abs(secondsUntil(iso, now)) >= DAY;
  return far ? words.time.dateAndTime(dateOf(iso, now, tag), time) : time;
}

/** The full moment, for a tooltip. */
export function fullTime(iso: string, tag = locale()): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? iso
    : new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "short" }).format(at);
}

/** How long something still takes, rounded as a person would say it. */
export function left(seconds: number): string {
  if (seconds < 50) return words.time.lessThanAMinuteLeft;
  const minutes = Math.max(1, Math.round(seconds / MINUTE));
  if (minutes < 60) return words.time.minutesLeft(minutes);
  return words.time.hoursLeft(Math.floor(minutes / 60), minutes % 60);
}

/** A countdown: `9:05`, never below `0:00`. */
export function countdown(iso: string, now: number): string {
  const seconds = Math.max(0, Math.floor(secondsUntil(iso, now)));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
