import type { Overview } from "../bindings";
import { recall, remember } from "../state/remembered";

export type StepName = "connect" | "choose" | "ask";
export type Step = { name: StepName; done: boolean };

/** The three steps of the first start and how far this person is. Who has only added files has no spaces to choose. */
export function stepsOf({ confluence: card, files }: Overview, asked: boolean): Step[] {
  const isConnected = card.state === "connected";
  const hasFiles = files.sources.length > 0;
  const chosen = isConnected ? card.spaces.some((space) => space.selected) : hasFiles;
  return [
    { name: "connect", done: isConnected || hasFiles },
    { name: "choose", done: chosen },
    { name: "ask", done: chosen && asked },
  ];
}

/** Whether the first steps are over: answered once, or skipped. */
export class FirstSteps {
  over = $state(recall("first-steps") === "over");

  end = (): void => {
    this.over = true;
    remember("first-steps", "over");
  };
}
