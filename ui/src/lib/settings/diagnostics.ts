import type { Overview } from "../bindings";
import { words } from "../strings/words.svelte";

export type Row = { name: string; value: string };

/** What this copy says about itself: no page text, no account, no address. */
export function diagnosticsOf(overview: Overview): Row[] {
  const { confluence: card } = overview;
  const { rows, states, runStates, none } = words.settings;
  return [
    { name: rows.version, value: overview.version },
    { name: rows.connection, value: states[card.state] },
    { name: rows.plan, value: words.plan.names[card.plan.name] },
    { name: rows.lastRun, value: card.lastRun === null ? none : runStates[card.lastRun.status] },
  ];
}
