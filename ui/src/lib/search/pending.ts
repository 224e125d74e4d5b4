import { words } from "../strings/words.svelte";

export type PendingView = { title: string; message: string };

/** What is said of texts that are found by words only, so far; `ofFiles` of the `count` lie in files. */
export function pendingView(count: number, ofFiles: number): PendingView | null {
  const text = words.problem;
  if (count === 0) return null;
  if (ofFiles === 0) return { title: text.stillPreparing(count), message: words.problems.still_preparing.message };
  const title = ofFiles >= count ? text.stillPreparingFiles(count) : text.stillPreparingBoth(count);
  return { title, message: text.stillPreparingOneByOne };
}
