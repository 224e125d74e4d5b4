import type { Attachment } from "svelte/attachments";

/**
 * When the control that has the keyboard goes away, the keyboard goes to `[data-focus-fallback]` inside the node
 * instead of to the top of the page.
 */
export const keepFocus: Attachment<HTMLElement> = (node) => {
  let last: Element | null = null;
  const remember = (event: FocusEvent) => (last = event.target as Element);
  const watcher = new MutationObserver(() => {
    const lost = last !== null && !last.isConnected && (document.activeElement ?? document.body) === document.body;
    if (!lost) return;
    last = null;
    node.querySelector<HTMLElement>("[data-focus-fallback]")?.focus({ preventScroll: true });
  });
  node.addEventListener("focusin", remember);
  watcher.observe(node, { childList: true, subtree: true });
  return () => {
    node.removeEventListener("focusin", remember);
    watcher.disconnect();
  };
};
