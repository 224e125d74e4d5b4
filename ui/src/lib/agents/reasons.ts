import type { Card, CardReason } from "../bindings";
import { locale, words } from "../strings/words.svelte";

export function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** Why there is a card, as a sentence; null for no reason. */
export function whyWords(reason: CardReason | null, trigger: string | null): string | null {
  const text = words.reasons;
  if (reason === "trigger") return text.whyTrigger(trigger ?? text.trigger);
  if (reason === "question") return text.whyQuestion;
  return reason === "named" ? text.whyNamed : null;
}

/** "Asked: What do we do?", "Named: ", or the trigger's label with what was heard. */
export function reasonWords({ reason, trigger, heard }: Pick<Card, "reason" | "trigger" | "heard">): string {
  const text = words.reasons;
  if (reason === "trigger") return text.fits(trigger ?? text.trigger, heard);
  return reason === "named" ? text.names(heard) : text.asked(heard);
}
