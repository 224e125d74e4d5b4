import type { Segment } from "../bindings";

/** A screen reader hears a line of the talk at most this often: the person hears the meeting itself. */
const QUIET_MS = 10_000;

/** The newest finished line, as often as is bearable. What stood there at the start is not read out. */
export function spokenLine(segments: () => readonly Segment[]): { readonly text: string } {
  let text = $state("");
  let last = newest(segments())?.id ?? 0;
  let spokenAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function speak() {
    const line = newest(segments());
    timer = undefined;
    if (!line || line.id === last) return;
    [last, spokenAt] = [line.id, Date.now()];
    text = line.speaker === null ? line.text : `${line.speaker}: ${line.text}`;
  }

  $effect(() => {
    if (newest(segments())?.id === last || timer !== undefined) return;
    const wait = spokenAt + QUIET_MS - Date.now();
    if (wait > 0) timer = setTimeout(speak, wait);
    else speak();
  });
  $effect(() => () => clearTimeout(timer));

  return {
    get text() {
      return text;
    },
  };
}

function newest(segments: readonly Segment[]): Segment | undefined {
  return segments.findLast(({ isFinal }) => isFinal);
}
