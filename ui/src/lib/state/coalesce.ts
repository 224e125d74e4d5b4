/**
 * Runs `task` for a burst of calls as seldom as is honest: at once for the first, once more after it for
 * all that came meanwhile, and never more often than every `gap` milliseconds.
 */
export function coalesce(task: () => Promise<void>, gap: number): () => void {
  let running = false;
  let again = false;

  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await Promise.all([task(), new Promise((resolve) => setTimeout(resolve, gap))]);
    } while (again);
    running = false;
  }

  return () => {
    if (running) again = true;
    else void run();
  };
}
