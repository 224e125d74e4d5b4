/** The time as the page sees it. It ticks once a second, and only while something shows it. */
export class Clock {
  now = $state(Date.now());

  /** Starts ticking; returns what stops it. */
  start(): () => void {
    const timer = setInterval(() => (this.now = Date.now()), 1000);
    return () => clearInterval(timer);
  }
}
