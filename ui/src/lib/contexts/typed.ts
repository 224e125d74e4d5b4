import { folded } from "../integrations/selection";

const TYPING_MS = 700;

/** Finds the next name that begins with the letters that were typed in one go, from the one after `at` and around. */
export function typedTo(): (event: KeyboardEvent, names: readonly string[], at: number) => number | null {
  let typed = "";
  let typedAt = 0;
  return (event, names, at) => {
    if (event.key.length !== 1 || event.key === " ") return null;
    typed = event.timeStamp - typedAt > TYPING_MS ? event.key : typed + event.key;
    typedAt = event.timeStamp;
    const wanted = folded(typed);
    for (let step = typed.length > 1 ? 0 : 1; step <= names.length; step++) {
      const index = (at + step) % names.length;
      if (folded(names[index] ?? "").startsWith(wanted)) return index;
    }
    return null;
  };
}
