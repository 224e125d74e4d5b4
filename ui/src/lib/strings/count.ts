const format = new Intl.NumberFormat("en");

/** `1,200` */
export function number(value: number): string {
  return format.format(value);
}

/** `1 page`, `1,200 pages` */
export function count(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `1 page`, `214 pages` */
export const pages = (value: number): string => count(value, "page", "pages");

/** `1 file`, `214 files` */
export const files = (value: number): string => count(value, "file", "files");

/** `1 space`, `38 spaces` */
export const spaces = (value: number): string => count(value, "space", "spaces");
