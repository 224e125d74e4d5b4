import { counting } from "../count";

export const { number, count, choose } = counting("en");

/** `1 page`, `1,200 pages` */
export const pages = (n: number): string => count(n, { one: "page", other: "pages" });
/** `1 file`, `214 files` */
export const files = (n: number): string => count(n, { one: "file", other: "files" });
/** `1 space`, `38 spaces` */
export const spaces = (n: number): string => count(n, { one: "space", other: "spaces" });
/** What there is of both, or of pages where there is nothing. */
export const both = (page: number, file: number): string =>
  [(page > 0 || file === 0) && pages(page), file > 0 && files(file)].filter((part) => part !== false).join(" and ");
