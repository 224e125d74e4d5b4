import type { Card, Segment } from "../bindings";

/** Lines that the window keeps of a running meeting: an hour and more of talk. */
const MOST = 3000;

type Numbered = { readonly id: number };

/** What is known with what has come or changed since, by number. The same list where that is nothing. */
export function merged<T extends Numbered>(before: readonly T[], changed: readonly T[]): readonly T[] {
  if (changed.length === 0) return before;
  const byId = new Map(changed.map((one) => [one.id, one]));
  const known = new Set(before.map(({ id }) => id));
  const all = [...before.map((one) => byId.get(one.id) ?? one), ...changed.filter(({ id }) => !known.has(id))];
  return all.sort((a, b) => a.id - b.id);
}

/** The lines with those that have come or changed since. The oldest leave after an hour and more. */
export function joined(before: readonly Segment[], changed: readonly Segment[]): readonly Segment[] {
  const all = merged(before, changed);
  return all.length > MOST ? all.slice(-MOST) : all;
}

/** The words that brought a card, by the number of the line that they were heard in. */
export function heardIn(cards: readonly Card[]): ReadonlyMap<number, string> {
  return new Map(cards.flatMap(({ segment, heard }) => (segment === null ? [] : [[segment, heard]])));
}

export type Piece = { text: string; marked: boolean };

/** A line in pieces: what brought a card is marked, all of it where the words were of the line before, too. */
export function piecesOf({ text }: Segment, heard: string): Piece[] {
  const at = text.indexOf(heard);
  if (at < 0) return [{ text, marked: true }];
  const pieces = [
    { text: text.slice(0, at), marked: false },
    { text: heard, marked: true },
    { text: text.slice(at + heard.length), marked: false },
  ];
  return pieces.filter((piece) => piece.text !== "");
}

/** `13:40`, or `1:02:09` after an hour. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
