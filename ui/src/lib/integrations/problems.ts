import type { ConfluenceCard, Problem, ProblemCode } from "../bindings";
import { sentence } from "../strings/sentence";
import { words } from "../strings/words.svelte";
import { clockTime } from "../time/relative";

export type Mend = "connect" | "refresh_spaces" | "go_to_spaces" | "start_sync" | "cancel_sync";
export type ProblemView = {
  tone: "info" | "warn" | "bad";
  title: string;
  message: string;
  hint: string | null;
  mend: { label: string; action: Mend } | null;
};

type Row = { tone: ProblemView["tone"]; mend: (card: ConfluenceCard) => Mend | null };

const isConnected = (card: ConfluenceCard) => card.state === "connected";

/** How loud a problem is, and which button mends it. The words are in `strings`. */
const rows: Record<ProblemCode, Row> = {
  no_confluence_site: { tone: "warn", mend: () => "connect" },
  no_spaces: { tone: "warn", mend: () => "refresh_spaces" },
  reconnect_needed: { tone: "bad", mend: () => "connect" },
  nothing_selected: { tone: "info", mend: () => "go_to_spaces" },
  still_preparing: { tone: "info", mend: () => null },
  // A run that waits can be given up for the next one; without a run there is nothing to put off.
  rate_limited: { tone: "warn", mend: (card) => (card.sync === null ? null : "cancel_sync") },
  offline: { tone: "warn", mend: (card) => (isConnected(card) ? "start_sync" : "connect") },
  sign_in_failed: { tone: "bad", mend: () => "connect" },
  secret_store: { tone: "bad", mend: () => "connect" },
  model_missing: { tone: "warn", mend: () => null },
  other: { tone: "bad", mend: (card) => (isConnected(card) ? "start_sync" : "connect") },
};

function titleOf(problem: Problem, card: ConfluenceCard): string {
  if (problem.code === "still_preparing") return words.problem.stillPreparing(card.pages.pending);
  return words.problems[problem.code].title;
}

function messageOf(problem: Problem, now: number): string {
  const own = words.problems[problem.code].message || sentence(problem.message);
  if (problem.until === null) return own;
  const time = clockTime(problem.until, now);
  const when = problem.code === "offline" ? words.problem.triesAt(time) : words.problem.continuesAt(time);
  return [own, when].filter(Boolean).join(" ");
}

export function problemView(problem: Problem, card: ConfluenceCard, now: number): ProblemView {
  // A code of a newer application is shown as the application words it.
  const row = rows[problem.code] ?? rows.other;
  const known = problem.code in rows ? problem : { ...problem, code: "other" as const };
  const action = row.mend(card);
  return {
    tone: row.tone,
    title: known === problem ? titleOf(problem, card) : problem.title || titleOf(known, card),
    message: messageOf(known, now),
    hint: words.problems[known.code].message ? null : problem.hint,
    mend: action === null ? null : { label: words.problems[known.code].mend, action },
  };
}
