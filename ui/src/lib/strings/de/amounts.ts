import { counting } from "../count";

export const { number, count, choose } = counting("de");

/** `1 Seite`, `1.200 Seiten` */
export const pages = (n: number): string => count(n, { one: "Seite", other: "Seiten" });
/** `1 Datei`, `214 Dateien` */
export const files = (n: number): string => count(n, { one: "Datei", other: "Dateien" });
/** `1 Bereich`, `38 Bereiche` */
export const spaces = (n: number): string => count(n, { one: "Bereich", other: "Bereiche" });
/** What there is of both, or of pages where there is nothing. */
export const both = (page: number, file: number): string =>
  [(page > 0 || file === 0) && pages(page), file > 0 && files(file)].filter((part) => part !== false).join(" und ");
