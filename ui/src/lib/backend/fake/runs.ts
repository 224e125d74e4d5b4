import type { RunSummary } from "../../bindings";

const MINUTE = 60_000;
const iso = (now: number, minutes: number) => new Date(now + minutes * MINUTE).toISOString();

/** A run that ended well. */
export function completeRun(now: number, change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 41,
    status: "complete",
    startedAt: iso(now, -16),
    endedAt: iso(now, -12),
    added: 3,
    updated: 2,
    moved: 0,
    removed: 0,
    unchanged: 1236,
    expected: 1241,
    stored: 1241,
    failed: [],
    leftOut: 0,
    overLimit: [],
    message: null,
    hint: null,
    ...change,
  };
}
