import type { SecretStoreUse } from "../bindings";
import { words } from "../strings/words.svelte";

export type StoreMend = "choose" | "unlock";
export type StoreView = {
  title: string;
  message: string;
  hint: string | null;
  mend: { label: string; action: StoreMend };
};

/** What stands in the way of keeping the sign-in, and what mends it; null when nothing does. */
export function storeView(store: SecretStoreUse): StoreView | null {
  const text = words.settings;
  const choose = { label: text.storeChoose, action: "choose" } as const;
  if (store.state === "ready") return null;
  if (store.state === "missing")
    return { title: text.storeMissing, message: text.storeMissingDetail, hint: store.reason, mend: choose };
  const isPassphrase = store.kind === "passphrase";
  return {
    title: text.storeLocked,
    message: isPassphrase ? text.storeLockedDetail : text.storeLockedKeyring,
    hint: store.reason,
    mend: isPassphrase ? { label: text.storeUnlock, action: "unlock" } : choose,
  };
}

export type PassphraseErrors = { first: string | null; again: string | null };
const SHORTEST = 8;

/** What is wrong with a new passphrase that was typed twice. */
export function checkPassphrase(first: string, again: string): PassphraseErrors {
  const isShort = [...first].length < SHORTEST;
  return {
    first: isShort ? words.settings.needPassphrase : null,
    again: !isShort && first !== again ? words.settings.needSamePassphrase : null,
  };
}
