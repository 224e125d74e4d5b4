import type { Attachment } from "svelte/attachments";

/** Whether scroll bars lie over what is scrolled, and take no room of their own. */
function liesOver(): boolean {
  const probe = document.createElement("div");
  probe.style.cssText = "position: fixed; visibility: hidden; width: 50px; height: 50px; overflow: scroll";
  document.body.append(probe);
  const lies = probe.offsetWidth === probe.clientWidth;
  probe.remove();
  return lies;
}

/**
 * For a region that scrolls by itself. A scroll bar that lies over it would fade in and out each time, which keeps a window
 * without a GPU drawing for seconds: it is there for whoever points at the region or has the keyboard in it. One that takes
 * room of its own stays.
 */
export const quietScroll: Attachment<HTMLElement> = (node) => {
  node.toggleAttribute("data-quiet-scroll", liesOver());
};
