import type { PageCounts } from "../bindings";
import { words } from "../strings/words.svelte";

/** "212 ready · 3 in preparation", or that there is nothing. */
export function countsWords({ ready, pending, failed, unavailable }: PageCounts): string {
  const text = words.contexts.counts;
  const parts = [
    ready > 0 && text.ready(ready),
    pending > 0 && text.pending(pending),
    failed > 0 && text.failed(failed),
    unavailable > 0 && text.unavailable(unavailable),
  ];
  return parts.filter(Boolean).join(" · ") || text.none;
}

/** Names as a sentence has them: "Scout, Price watch and Notes". */
export function namesOf(names: readonly string[], tag: string): string {
  return new Intl.ListFormat(tag, { type: "conjunction" }).format(names);
}
