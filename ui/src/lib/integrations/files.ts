import type { FileProblem, FileSource } from "../bindings";
import { number, said, words } from "../strings/words.svelte";
import { ago } from "../time/relative";
import type { Badge } from "./card";

const text = words.files;
const amounts = words.amounts;
/** Endings of what can be added on its own; a folder seldom has one. */
const readable = /\.(md|markdown|mdown|mkd|mdx|txt|text|x?html?|pdf|doc[xm]|csv|tsv|tab|xls[xm])$/i;

/** Whether a source is one file rather than a folder. */
export function isOneFile(source: FileSource): boolean {
  return readable.test(source.path);
}

export function needsAttention(source: FileSource): boolean {
  return source.isMissing || source.failed > 0;
}

/** The badge beside a source's name, or none. */
export function sourceBadge(source: FileSource): Badge | null {
  if (source.isScanning) return { text: text.badge.readingSource, tone: "busy" };
  return needsAttention(source) ? { text: text.badge.attention, tone: "warn" } : null;
}

/** The badge beside the card's name, or none. */
export function filesBadge(sources: readonly FileSource[]): Badge | null {
  if (sources.some((source) => source.isScanning)) return { text: text.badge.reading, tone: "busy" };
  return sources.some(needsAttention) ? { text: text.badge.attention, tone: "warn" } : null;
}

/** "214 files ready · 3 being prepared · 2 can't be read" */
export function countsOf(source: FileSource): string {
  const counts = [
    [source.ready, text.ready],
    [source.pending, text.pending],
    [source.failed, text.failed],
    [source.unavailable, text.unavailable],
  ] as const;
  const some = counts.filter(([count]) => count > 0);
  if (some.length === 0) return withoutFiles(source);
  return some.map(([count, say], index) => say(index === 0 ? amounts.files(count) : number(count))).join(" · ");
}

function withoutFiles(source: FileSource): string {
  if (source.isScanning) return text.looking;
  return source.scannedAt === null || source.isMissing ? "" : text.nothingReadable;
}

/** "read 12 min ago"; nothing while it is read for the first time. */
export function readWords(source: FileSource, now: number): string {
  if (source.scannedAt === null && source.isScanning) return "";
  return source.scannedAt === null ? text.notRead : text.read(ago(source.scannedAt, now));
}

/** "2 folders, 1 file" */
export function sourcesWords(sources: readonly FileSource[]): string {
  const single = sources.filter(isOneFile).length;
  return [sources.length > single && text.folders(sources.length - single), single > 0 && amounts.files(single)]
    .filter((part) => part !== false)
    .join(", ");
}

/** How many files of all sources are found, by words at least. */
export function searchableFiles(sources: readonly FileSource[]): number {
  return sources.reduce((sum, source) => sum + source.ready + source.pending, 0);
}

export function pendingFiles(sources: readonly FileSource[]): number {
  return sources.reduce((sum, source) => sum + source.pending, 0);
}

/** A path without the sign that Windows puts before long ones. */
function plainPath(path: string): string {
  return path.replace(/^\\\\\?\\(?:UNC(?=\\))?/, (sign) => (sign.endsWith("UNC") ? "\\" : ""));
}

/** The names of a path, each with the separator behind it: names of either script keep their order from the root on. */
export function pathParts(path: string): { name: string; separator: string }[] {
  return [...plainPath(path).matchAll(/([^\\/]*)([\\/]+|$)/g)]
    .map(([, name = "", separator = ""]) => ({ name, separator }))
    .filter(({ name, separator }) => name !== "" || separator !== "");
}

export type ProblemRow = { id: string; title: string; detail: string };

/** The files that can't be read, by their path below the source. */
export function problemRows(source: FileSource): ProblemRow[] {
  const row = ({ path, reason }: FileProblem) => {
    const below = path.startsWith(source.path) ? path.slice(source.path.length).replace(/^[\\/]+/, "") : path;
    return { id: path, title: below || source.name, detail: said(reason) };
  };
  return source.problems.map(row);
}

export function problemsLabel(source: FileSource): string {
  const named = source.problems.length;
  return source.failed > named ? text.showFirst(named, source.failed) : text.showProblems(named);
}
