import type { Overview } from "../bindings";
import { number } from "../strings/count";
import { words } from "../strings/en";

export type Row = { name: string; value: string };

/** What this copy says about itself: no page text, no account, no address. */
export function diagnosticsOf(overview: Overview): Row[] {
  const { confluence: card } = overview;
  const { rows, states, runStates, none, modelReady, modelMissing } = words.settings;
  return [
    { name: rows.version, value: overview.version },
    { name: rows.model, value: overview.modelReady ? modelReady : modelMissing },
    { name: rows.connection, value: states[card.state] },
    { name: rows.plan, value: words.plan.names[card.plan.name] },
    { name: rows.ready, value: number(card.pages.ready) },
    { name: rows.pending, value: number(card.pages.pending) },
    { name: rows.failed, value: number(card.pages.failed) },
    { name: rows.unavailable, value: number(card.pages.unavailable) },
    { name: rows.lastRun, value: card.lastRun === null ? none : runStates[card.lastRun.status] },
  ];
}

export function asText(rows: readonly Row[]): string {
  return rows.map((row) => `${row.name}: ${row.value}`).join("\n");
}
