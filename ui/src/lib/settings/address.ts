/** An address that a model may be asked at, or null. */
export function asAddress(text: string): URL | null {
  const url = parse(text.trim());
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether an address is this computer's own: nothing that is sent there leaves it. */
export function isHere({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
