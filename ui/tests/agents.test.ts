import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import type { Scenario } from "../src/lib/backend/fake/scenarios";
import { box, button, openPage } from "./page";

async function openAgents(scenario: Scenario, backend = new FakeBackend(scenario)) {
  const page = await openPage(scenario, backend);
  await page.user.click(screen.getByRole("link", { name: "Agents" }));
  await screen.findByRole("heading", { level: 1, name: "Agents" });
  return page;
}

describe("agents", () => {
  it("are made with a context, a trigger and a sensitivity", async () => {
    const { backend, user } = await openAgents("rooms");
    await user.click(await screen.findByTestId("new-agent"));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Prices");
    await user.click(box(/^Runbooks$/));
    await user.click(button("Add a trigger"));
    expect(screen.getByRole("textbox", { name: "Label" })).toHaveFocus();
    await user.keyboard("Money");
    await user.click(button("Save agent"));
    expect(await screen.findByText("Say when, or remove this trigger.")).toBeVisible();
    await user.type(screen.getByRole("textbox", { name: "When" }), "somebody asks about prices");
    expect(screen.getByRole("slider", { name: "How readily it shows a card" })).toHaveAccessibleDescription(
      "Fewer cards, only when it is sure More cards, also when it is less sure",
    );
    await user.click(button("Save agent"));
    await screen.findByRole("heading", { level: 1, name: "Prices" });
    const made = (await backend.listAgents()).find(({ name }) => name === "Prices");
    expect(made).toMatchObject({
      sensitivity: 50,
      triggers: [{ label: "Money", condition: "somebody asks about prices", isOn: true }],
    });
    expect(made?.contexts.map(({ name }) => name)).toEqual(["Runbooks", "Customers"]);
    // The one for all is not made its own.
    expect((await backend.listContexts()).find(({ name }) => name === "Customers")?.forAllAgents).toBe(true);
  });

  it("say what they lack, and lead to it", async () => {
    const { user } = await openAgents("rooms_troubled");
    expect(await screen.findByText("Still preparing 12 pages")).toBeVisible();
    expect(screen.getByText("This context has no sources")).toBeVisible();
    await user.click(button("Assign a context to “営業会議の補佐”"));
    await screen.findByRole("heading", { level: 1, name: "営業会議の補佐" });
    await waitFor(() => expect(screen.getAllByRole("checkbox")[0]).toHaveFocus());
    await user.keyboard(" ");
    await user.click(button("Save agent"));
    await waitFor(() => expect(screen.queryByText("This agent has no context")).toBeNull());
    await user.click(button("All agents"));
    await user.click(await screen.findByRole("button", { name: "Open the context" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Nothing in it yet" })).toBeVisible();
  });

  it("show what they would bring, and why", async () => {
    const { user } = await openAgents("rooms");
    await user.click(await screen.findByRole("button", { name: "Edit “Scout”" }));
    await user.type(screen.getByRole("textbox", { name: "A sentence" }), "What are the symptoms when a pod restarts?");
    await user.keyboard("{Enter}");
    const trial = within(await screen.findByTestId("trial"));
    expect(trial.getByRole("heading", { level: 3, name: "It would show a card" })).toBeVisible();
    expect(trial.getByRole("status")).toHaveTextContent(
      /\d+% sure; it shows cards from 48%\. Because it is a question\./,
    );
    expect(trial.getAllByTestId("hit").length).toBeGreaterThan(0);
    expect(trial.getAllByText(/^Score \d+%$/).length).toBeGreaterThan(0);
    await user.clear(screen.getByRole("textbox", { name: "A sentence" }));
    await user.keyboard("The weather was fine.{Enter}");
    expect(await screen.findByRole("heading", { level: 3, name: "It would show nothing" })).toBeVisible();
    expect(screen.getByText(/Nothing was asked or named/)).toBeVisible();
  });

  it("say that a trial could not be", async () => {
    const { user } = await openAgents("rooms_troubled");
    await user.click(await screen.findByRole("button", { name: "Edit “営業会議の補佐”" }));
    await user.type(screen.getByRole("textbox", { name: "A sentence" }), "Why?{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent(/Agent “営業会議の補佐” has no context\./);
  });

  it("are deleted after a question", async () => {
    const { backend, user } = await openAgents("rooms");
    await user.click(await screen.findByRole("button", { name: "Edit “Scout”" }));
    await user.click(button("Delete agent…"));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));
    expect(await screen.findByTestId("no-agents")).toBeVisible();
    expect(await backend.listAgents()).toEqual([]);
  });

  it("close what was only looked at", async () => {
    const { user } = await openAgents("rooms");
    await user.click(await screen.findByRole("button", { name: "Edit “Scout”" }));
    await user.click(screen.getByRole("link", { name: "Agents" }));
    expect(await screen.findByRole("button", { name: "Edit “Scout”" })).toBeVisible();
    await user.click(button("Edit “Scout”"));
    await user.click(screen.getByRole("link", { name: "Contexts" }));
    await user.click(screen.getByRole("link", { name: "Agents" }));
    expect(await screen.findByRole("button", { name: "Edit “Scout”" })).toBeVisible();
  });
});
