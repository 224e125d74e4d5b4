/** Brings the keyboard to the title of the page, as after a new page was shown. */
export function focusTitle(): void {
  document.querySelector("main")?.scrollTo(0, 0);
  document.querySelector<HTMLElement>("[data-page-title]")?.focus({ preventScroll: true });
}
