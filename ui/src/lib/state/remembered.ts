/** A word kept by the web view between starts. What cannot be read or kept is as if it had never been said. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`coagentor.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`coagentor.${name}`, value);
  } catch {
    // Only looks depend on it.
  }
}

/** Forgets every word, as on the first start. */
export function forgetAll(): void {
  try {
    const names = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "");
    for (const name of names) if (name.startsWith("coagentor.")) localStorage.removeItem(name);
  } catch {
    // Only looks depend on it.
  }
}
