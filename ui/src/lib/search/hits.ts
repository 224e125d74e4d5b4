import type { SearchHit } from "../bindings";
import { words } from "../strings/words.svelte";

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
  if (hit.state !== "unavailable") return null;
  return isFile(hit) ? words.search.unavailableFile : words.search.unavailable;
}

export function isFile(hit: SearchHit): boolean {
  return hit.source === "files";
}

/** What the link says, and what it is called where it stands alone. */
export function openerOf(hit: SearchHit): { visible: string; name: string } {
  const text = words.search;
  if (isFile(hit)) return { visible: text.openFile, name: text.openFileName(text.openFile, nameOf(hit)) };
  const visible = pathOf(hit).length > 1 ? text.open : text.openPage;
  return { visible, name: text.openName(visible, nameOf(hit)) };
}

/** The address as a person reads it: a file's without its escapes. */
export function addressOf(hit: SearchHit): string {
  if (!isFile(hit)) return hit.url;
  try {
    return decodeURIComponent(hit.url.replace(/^file:\/\/(\/(?=[a-z]:))?|#.*$/gi, ""));
  } catch {
    return hit.url;
  }
}

/** A key for lists: one page can answer with several sections. */
export function hitKey(hit: SearchHit, index: number): string {
  return `${hit.pageId}:${hit.headingPath.join("/")}:${index}`;
}
