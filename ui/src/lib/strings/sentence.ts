import { said } from "./words.svelte";

const ENDS = /[.!?…:。！？]$/u;

/**
 * A message of the application as a sentence: it writes them small and without a full stop, as parts of a log's lines,
 * and puts values between backticks. In the language that is spoken now.
 */
export function sentence(text: string): string {
  const plain = said(text.trim()).replace(/`([^`]*)`/g, "“$1”");
  if (plain === "") return "";
  // A command or an address keeps its first letter.
  const [first = ""] = plain;
  const begun = /^\p{Ll}[\p{L}']*(\s|$|[,;])/u.test(plain)
    ? first.toLocaleUpperCase() + plain.slice(first.length)
    : plain;
  return ENDS.test(begun) ? begun : `${begun}.`;
}
