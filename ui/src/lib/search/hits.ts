import type { SearchHit } from "../bindings";
import { words } from "../strings/en";

/** The page's title and the headings below it; a heading that only repeats the title is left out. */
export function pathOf(hit: SearchHit): string[] {
  const [first, ...rest] = hit.headingPath;
  const headings = first === hit.title ? rest : hit.headingPath;
  return [hit.title, ...headings].filter((part) => part.trim() !== "");
}

/** The innermost heading: what the section is called. */
export function nameOf(hit: SearchHit): string {
  return pathOf(hit).at(-1) ?? hit.title;
}

/** What is to be said about a hit that is not simply ready. */
export function caveatOf(hit: SearchHit): string | null {
  if (hit.state === "pending") return words.search.preparing;
  return hit.state === "unavailable" ? words.search.unavailable : null;
}

/** A key for lists: one page can answer with several sections. */
export function hitKey(hit: SearchHit, index: number): string {
  return `${hit.pageId}:${hit.headingPath.join("/")}:${index}`;
}
