/** Sentences of the application, and what a language says for them. */
export type Said = Readonly<Record<string, string>>;
type Rule = { pattern: RegExp; places: string[]; says: string };

const PLACE = /\{([^}]*)\}/g;
const known = new WeakMap<Said, readonly Rule[]>();

/** Names of the values in a sentence, in their order; one without a name, such as `{}` or `{:02}`, is called by its number. */
export function placesOf(template: string): string[] {
  return [...template.matchAll(PLACE)].map(([, name = ""], at) => (/^\w/.test(name) ? name : `#${at}`));
}

function ruleOf([template, says]: [string, string]): Rule {
  const literals = template.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { pattern: new RegExp(`^${literals.join("(.*?)")}$`, "su"), places: placesOf(template), says };
}

function rulesOf(table: Said): readonly Rule[] {
  const literal = (template: string) => template.replace(PLACE, "").length;
  const ordered = () => Object.entries(table).sort(([one], [other]) => literal(other) - literal(one));
  // What says most of a sentence comes first: `{name}: {reason}` fits many.
  const rules = known.get(table) ?? ordered().map(ruleOf);
  known.set(table, rules);
  return rules;
}

/**
 * What a language says for a sentence of the application; the sentence itself where the table does not have it. The
 * application writes its sentences once, in English, some of them into its database: they are known by their words.
 * Values keep their places and may be such sentences themselves.
 */
export function translate(text: string, table: Said): string {
  for (const { pattern, places, says } of rulesOf(table)) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const values = new Map(places.map((place, at) => [place, translate(found[at + 1] ?? "", table)]));
    const names = placesOf(says);
    let at = 0;
    return says.replace(PLACE, () => values.get(names[at++] ?? "") ?? "");
  }
  return text;
}
