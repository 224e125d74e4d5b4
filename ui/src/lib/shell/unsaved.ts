import { words } from "../strings/words.svelte";
import type { Session } from "./session";

/** Changes that would be lost by going away, and what can become of them. */
export type Unsaved = {
  title: string;
  detail: string;
  save: { label: string; run: () => Promise<boolean> };
  discard: () => void;
};

export function unsavedOf({ confluence, contexts, agents }: Session): Unsaved | null {
  if (confluence.isDirty) {
    const { title, detail, save: label } = words.unsavedDialog;
    const save = { label, run: confluence.save };
    return { title, detail: detail(confluence.changes.length), save, discard: confluence.discard };
  }
  const room = [contexts, agents].find(({ isDirty }) => isDirty);
  if (!room) return null;
  const { title, titleNew, detail, save: label } = words.unsaved;
  const name = room.draft?.name.trim() ?? "";
  return {
    title: name === "" ? titleNew : title(name),
    detail,
    save: { label, run: room.save },
    discard: room.close,
  };
}
