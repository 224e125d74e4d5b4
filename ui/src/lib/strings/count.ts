/** A word for one and a word for many, as a language tells them apart. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Numbers and the words behind them, in one language. */
export function counting(locale: string) {
  const format = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const number = (value: number): string => format.format(value);
  /** The word that goes with a number. */
  const choose = (value: number, forms: Forms): string => forms[rules.select(value)] ?? forms.other;
  /** `1 page`, `1,200 pages` */
  const count = (value: number, forms: Forms): string => `${number(value)} ${choose(value, forms)}`;
  return { number, choose, count };
}
