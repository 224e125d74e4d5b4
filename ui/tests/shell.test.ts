import { screen, waitFor } from "@testing-library/svelte";
import { render } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import { Session } from "../src/lib/shell/session";
import Shell from "../src/lib/shell/Shell.svelte";
import { button, openPage } from "./page";

describe("the shell", () => {
  it("moves the keyboard to the title of a new page", async () => {
    const { user } = await openPage("connected");
    await user.click(screen.getByRole("link", { name: "Meetings" }));
    await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "Meetings" })).toHaveFocus());
    expect(screen.getByRole("link", { name: "Meetings" })).toHaveAttribute("aria-current", "page");
    expect(await screen.findByText(/^While people talk/)).toBeVisible();
  });

  it("changes the colours and remembers it", async () => {
    const { user } = await openPage("connected");
    await user.click(screen.getByRole("link", { name: "Settings" }));
    await user.click(await screen.findByRole("radio", { name: "Dark" }));
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(new Session(new FakeBackend("never")).theme.choice).toBe("dark");
  });

  it("shows the data folder and what this copy says about itself", async () => {
    const { user } = await openPage("errors");
    await user.click(screen.getByRole("link", { name: "Settings" }));
    expect(await screen.findByRole("textbox", { name: "Data folder" })).toHaveValue(
      "/home/mira/.local/share/coagentor",
    );
    expect(screen.getByText(/^Search works by words alone\./)).toBeVisible();
  });

  it("shows a change of plan that was refused", async () => {
    const { user } = await openPage("errors");
    await user.click(screen.getByRole("link", { name: "Settings" }));
    await user.click(await screen.findByRole("radio", { name: /Solo/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent("locked by another program");
    expect(screen.getByRole("radio", { name: /Pro/ })).toBeChecked();
  });

  it("says why it cannot start, and starts when it can", async () => {
    const backend = new FakeBackend("connected");
    const overview = backend.overview.bind(backend);
    backend.overview = async () =>
      Promise.reject({ code: "corrupt", message: "The database is damaged.", hint: "Restore it from a backup." });
    render(Shell, { props: { session: new Session(backend) } });
    expect(await screen.findByRole("alert")).toHaveTextContent("The database is damaged. Restore it from a backup.");
    backend.overview = overview;
    await userEvent.setup().click(button("Try again"));
    expect(await screen.findByTestId("confluence-card")).toBeVisible();
  });

  it("follows what the application says without being asked", async () => {
    const { backend } = await openPage("nothing_selected");
    await backend.saveSelection(["103"]);
    expect(await screen.findByText("1 of 18 spaces selected")).toBeVisible();
  });

  it("shows quiet status and tells a screen reader", async () => {
    await openPage("syncing");
    expect(screen.getByTestId("sync-status")).toHaveTextContent("Syncing 340 of 1,200");
    expect(screen.getByText("Embedding, 25%")).toHaveAttribute("role", "status");
  });
});
