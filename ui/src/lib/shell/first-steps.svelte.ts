import type { ConfluenceCard } from "../bindings";
import { recall, remember } from "../state/remembered";

export type StepName = "connect" | "choose" | "ask";
export type Step = { name: StepName; done: boolean };

/** The three steps of the first start and how far this person is. */
export function stepsOf(card: ConfluenceCard, asked: boolean): Step[] {
  const connected = card.state === "connected";
  const chosen = connected && card.spaces.some((space) => space.selected);
  return [
    { name: "connect", done: connected },
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
