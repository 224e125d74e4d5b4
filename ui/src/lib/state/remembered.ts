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
