import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { coalesce } from "./coalesce";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("coalesce", () => {
  it("runs at once, then once more for a whole burst", async () => {
    const task = vi.fn(async () => {});
    const call = coalesce(task, 100);
    for (let n = 0; n < 50; n++) call();
    expect(task).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(task).toHaveBeenCalledTimes(2);
  });

  it("never runs two at the same time", async () => {
    let running = 0;
    let most = 0;
    const call = coalesce(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 300));
      running--;
    }, 10);
    for (let n = 0; n < 10; n++) {
      call();
      await vi.advanceTimersByTimeAsync(70);
    }
    await vi.advanceTimersByTimeAsync(2000);
    expect(most).toBe(1);
    expect(running).toBe(0);
  });

  it("sees the last change", async () => {
    let truth = 0;
    let seen = -1;
    const call = coalesce(async () => void (seen = truth), 50);
    call();
    truth = 7;
    call();
    await vi.advanceTimersByTimeAsync(500);
    expect(seen).toBe(7);
  });
});
