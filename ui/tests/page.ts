import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { FakeBackend } from "../src/lib/backend/fake";
import type { Scenario } from "../src/lib/backend/fake/scenarios";
import { Session } from "../src/lib/shell/session";
import Shell from "../src/lib/shell/Shell.svelte";

/** The whole page on a pretended application, as a person meets it. */
export async function openPage(scenario: Scenario, backend = new FakeBackend(scenario), shows = "confluence-card") {
  const session = new Session(backend);
  render(Shell, { props: { session } });
  await screen.findByRole("heading", { level: 1 });
  await screen.findByTestId(shows);
  return { backend, session, user: userEvent.setup() };
}

export const button = (name: string | RegExp) => screen.getByRole("button", { name });
export const box = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });
export const card = () => within(screen.getByTestId("confluence-card"));
