/** How often "3 min ago" is looked at: each look redraws whatever shows a time. */
const QUARTER_MS = 15_000;
const SECOND_MS = 1000;

/** The time as the page sees it: it moves each quarter of a minute, and each second while something counts seconds. */
export class Clock {
  now = $state(Date.now());

  /** Starts ticking; returns what stops it. */
  start(): () => void {
    return this.#tick(QUARTER_MS);
  }

  /** Ticks each second until it is stopped. */
  seconds(): () => void {
    return this.#tick(SECOND_MS);
  }

  #tick(every: number): () => void {
    this.now = Date.now();
    const timer = setInterval(() => (this.now = Date.now()), every);
    return () => clearInterval(timer);
  }
}
