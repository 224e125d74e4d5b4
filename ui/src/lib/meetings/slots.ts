/** As many cards as a person can keep in view while they talk. */
export const PLACES = 3;

/** Which card stands where. A card that has a place keeps it until it is replaced or dismissed. */
export type Slots = {
  /** The number of the card in each place; null for a free one. */
  readonly places: readonly (number | null)[];
  /** Cards that have or had a place or were too many, oldest first. */
  readonly seen: readonly number[];
};

export type Placeable = { id: number; pinned: boolean; dismissed: boolean };

export const nothingPlaced: Slots = { places: Array.from({ length: PLACES }, () => null), seen: [] };

/** The place that a new card takes: a free one, else that of the oldest card that is neither pinned nor being read. */
function placeFor({ places, seen }: Slots, keeps: (id: number) => boolean): number | null {
  const free = places.indexOf(null);
  if (free >= 0) return free;
  const oldest = seen.find((id) => places.includes(id) && !keeps(id));
  return oldest === undefined ? null : places.indexOf(oldest);
}

/**
 * Gives places to the cards that have come since, oldest first, and to those that were pinned after they had left theirs;
 * frees those of dismissed ones. Nothing else moves.
 */
export function place(slots: Slots, cards: readonly Placeable[], held: ReadonlySet<number>): Slots {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const stays = (id: number | null) => id !== null && byId.get(id)?.dismissed === false;
  const keeps = (id: number) => held.has(id) || byId.get(id)?.pinned === true;
  let now: Slots = { ...slots, places: slots.places.map((id) => (stays(id) ? id : null)) };
  for (const { id, pinned, dismissed } of cards) {
    const isNew = !now.seen.includes(id);
    const comesBack = pinned && !now.places.includes(id);
    const at = !dismissed && (isNew || comesBack) ? placeFor(now, keeps) : null;
    const places = now.places.map((other, index) => (index === at ? id : other));
    now = { places, seen: isNew ? [...now.seen, id] : now.seen };
  }
  return now;
}

/** Cards that have no place any more or never got one, newest first. Dismissed ones are left out. */
export function earlier<C extends Placeable>({ places, seen }: Slots, cards: readonly C[]): C[] {
  return cards.filter(({ id, dismissed }) => seen.includes(id) && !dismissed && !places.includes(id)).reverse();
}

/** Whether a new card would get no place now. */
export function isFull({ places }: Slots, cards: readonly Placeable[]): boolean {
  const pinned = new Set(cards.filter((card) => card.pinned).map(({ id }) => id));
  return places.every((id) => id !== null && pinned.has(id));
}
