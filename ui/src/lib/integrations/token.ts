import { words } from "../strings/words.svelte";

export type TokenForm = { site: string; email: string; token: string };
export type TokenErrors = { site: string | null; email: string | null; token: string | null };

/** The address with its scheme: people paste it without, or with a page's path behind it. */
export function siteAddress(typed: string): string {
  const text = typed.trim();
  const full = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  try {
    return new URL(full).origin;
  } catch {
    return "";
  }
}

/** What is missing, in words; all null when the form can be sent. */
export function checkToken(form: TokenForm): TokenErrors {
  const hasSite = form.site.trim() !== "" && siteAddress(form.site).includes(".");
  return {
    site: hasSite || siteAddress(form.site).startsWith("http://127.0.0.1") ? null : words.token.needSite,
    email: /^\S+@\S+$/.test(form.email.trim()) ? null : words.token.needEmail,
    token: form.token.trim() === "" ? words.token.needToken : null,
  };
}
