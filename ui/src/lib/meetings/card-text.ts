import type { Card } from "../bindings";
import { pathOf } from "../search/hits";

/** A card as text to paste: what the section is called, its words, and its address. */
export function cardText({ hits, heard }: Card): string {
  const [hit] = hits;
  if (!hit) return heard;
  const quote = hit.quote.map(({ text }) => text).join("");
  return [pathOf(hit).join(" > "), quote, hit.url].join("\n\n");
}
