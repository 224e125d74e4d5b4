import { asCommandError, type Backend } from "../backend/backend";
import type { Card, CommandError, MeetingDraft, MeetingRow, MeetingView, Segment } from "../bindings";
import { coalesce } from "../state/coalesce";
import { Listing } from "../state/listing.svelte";
import { nothingPlaced, place, type Slots } from "./slots";
import { joined, merged } from "./transcript";

const GAP_MS = 200;

/** The room of meetings: all of them, and the one that is shown. */
export class MeetingsModel {
  readonly list: Listing<MeetingRow[]>;
  /** The number of the meeting that is shown; null for the list. */
  shown = $state<number | null>(null);
  view = $state.raw<MeetingView | null>(null);
  segments = $state.raw<readonly Segment[]>([]);
  slots = $state.raw<Slots>(nothingPlaced);
  error = $state.raw<CommandError | null>(null);
  busy = $state<string | null>(null);
  failure = $state.raw<CommandError | null>(null);
  /** Where the talk was read when its room was left: pixels from the top, and the line that was the first; null at its end. */
  read: { top: number; from: number } | null = null;
  readonly running: MeetingRow | null = $derived.by(
    () => this.list.data?.find(({ endedAt }) => endedAt === null) ?? null,
  );
  /** Cards that are pointed at or have the keyboard: none of them is replaced. */
  readonly #held = new Map<string, number>();
  readonly #backend: Backend;
  #newest = 0;
  /** How far the shown meeting is known. */
  #revision = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.list = new Listing(() => backend.listMeetings());
  }

  /** Follows the meetings; returns what stops it. */
  watch(): () => void {
    const again = coalesce(async () => void (await Promise.all([this.list.refresh(), this.refresh()])), GAP_MS);
    again();
    return this.#backend.onEvent(({ kind }) => kind === "meeting" && again());
  }

  /** Shows a meeting, or the list. */
  open(id: number | null): void {
    [this.shown, this.view, this.error, this.failure] = [id, null, null, null];
    [this.segments, this.slots] = [[], nothingPlaced];
    this.#held.clear();
    [this.read, this.#revision] = [null, 0];
    void this.refresh();
  }

  refresh = async (): Promise<void> => {
    const turn = ++this.#newest;
    if (this.shown === null) return;
    try {
      const view = await this.#backend.getMeeting(this.shown, this.#revision);
      if (turn === this.#newest) this.#take(view);
    } catch (thrown) {
      if (turn === this.#newest) this.error = asCommandError(thrown);
    }
  };

  hold(how: "pointer" | "keyboard", card: number | null): void {
    if (card === null) this.#held.delete(how);
    else this.#held.set(how, card);
  }

  async start(draft: MeetingDraft): Promise<boolean> {
    let id: number | null = null;
    await this.run("start", async () => (id = await this.#backend.startMeeting(draft)));
    await this.list.refresh();
    if (id !== null) this.open(id);
    return id !== null;
  }

  setCard(card: Card, change: Partial<Pick<Card, "pinned" | "dismissed">>): Promise<boolean> {
    const wanted = { ...card, ...change };
    // Shown at once: the next card must already respect it, and an older answer must not undo it.
    this.#newest++;
    if (this.view) this.#show({ ...this.view, cards: merged(this.view.cards, [wanted]) as Card[] });
    return this.run("card", () => this.#backend.setCard(this.shown ?? 0, card.id, wanted.pinned, wanted.dismissed));
  }

  async delete(): Promise<boolean> {
    const isGone = await this.run("delete", () => this.#backend.deleteMeeting(this.shown ?? 0));
    if (isGone) this.open(null);
    await this.list.refresh();
    return isGone;
  }

  /** Asks the application for something. Answers whether it worked; what did not is in `failure`. */
  async run(name: string, ask: () => Promise<unknown>): Promise<boolean> {
    [this.busy, this.failure] = [name, null];
    try {
      await ask();
    } catch (thrown) {
      this.failure = asCommandError(thrown);
    }
    await this.refresh();
    this.busy = null;
    return this.failure === null;
  }

  /** Takes an answer, which tells of a running meeting only what changed. */
  #take(answer: MeetingView): void {
    const isWhole = answer.revision === 0;
    this.#revision = answer.revision;
    this.segments = answer.endedAt === null ? joined(this.segments, answer.segments) : answer.segments;
    this.#show(isWhole ? answer : { ...answer, cards: merged(this.view?.cards ?? [], answer.cards) as Card[] });
  }

  #show(view: MeetingView): void {
    this.slots = place(this.slots, view.cards, new Set(this.#held.values()));
    [this.view, this.error] = [view, null];
  }
}
