import type { Card, Segment } from "../bindings";

/** Lines that the window keeps of a running meeting: an hour and more of talk. */
const MOST = 3000;

/** The lines with those that have come or changed since. None leaves while a person may be reading it. */
export function joined(before: readonly Segment[], now: readonly Segment[]): Segment[] {
  const [first] = now;
  if (!first) return [...before];
  const byId = new Map(now.map((segment) => [segment.id, segment]));
  // Of the part that the answer spans, only what is still in it: a line that was not final may be gone.
  const older = before.filter(({ id }) => id < first.id);
  return [...older, ...byId.values()].sort((a, b) => a.id - b.id).slice(-MOST);
}

export type Piece = { text: string; marked: boolean };

/** A line in pieces: what brought a card is marked. */
export function piecesOf({ text }: Segment, cards: readonly Card[]): Piece[] {
  const heard = cards.map((card) => card.heard).find((words) => words !== "" && text.includes(words));
  if (heard === undefined) return [{ text, marked: false }];
  const at = text.indexOf(heard);
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
