import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import { button, openPage } from "./page";

async function openList(scenario: "100000-pages" | "connected" | "partial" | "errors", count: RegExp) {
  const page = await openPage(scenario);
  await page.user.click(button(count));
  await screen.findByRole("heading", { level: 1, name: "Pages" });
  return page;
}

const grid = () => screen.findByRole("grid", { name: "Stored pages" });

describe("the list of pages", () => {
  it("is reached from a count, and goes back to the cards", async () => {
    const { user } = await openList("partial", /^3 not read$/);
    expect(await grid()).toHaveAttribute("aria-rowcount", "4");
    expect(screen.getByRole("combobox", { name: "State" })).toHaveValue("failed");
    expect(screen.getByRole("link", { name: "Integrations" })).toHaveAttribute("aria-current", "true");
    await user.click(button("Data Sources"));
    expect(await screen.findByTestId("confluence-card")).toBeVisible();
    await user.click(button("Show them in the list"));
    expect(await grid()).toHaveAttribute("aria-rowcount", "4");
  });

  it("is reached when the pages are all that is left", async () => {
    const { user } = await openPage("disconnected");
    await user.click(button("Show pages"));
    expect(await grid()).toHaveAttribute("aria-rowcount", "215");
  });

  it("draws a few of 100,000 rows and numbers them all", async () => {
    const { user } = await openList("100000-pages", /^99,280 ready$/);
    await grid();
    await user.selectOptions(screen.getByRole("combobox", { name: "State" }), "All states");
    expect(await screen.findByText("100,000 pages")).toBeVisible();
    expect(await grid()).toHaveAttribute("aria-rowcount", "100001");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
    await user.click(screen.getByRole("textbox", { name: "Filter by title" }));
    await user.keyboard("{ArrowDown}{End}");
    await waitFor(() =>
      expect(document.activeElement?.closest("[role=row]")).toHaveAttribute("aria-rowindex", "100001"),
    );
    await user.keyboard("{Home}{PageDown}");
    await waitFor(() =>
      expect(Number(document.activeElement?.closest("[role=row]")?.getAttribute("aria-rowindex"))).toBeLessThan(40),
    );
    await user.keyboard("x");
    expect(screen.getByRole("textbox", { name: "Filter by title" })).toHaveFocus();
  });

  it("filters by space, state and title, and says when nothing fits", async () => {
    const { user } = await openList("connected", /^1,241 ready$/);
    await user.selectOptions(await screen.findByRole("combobox", { name: "Space" }), "Engineering");
    expect(await screen.findByText("248 pages shown")).toBeVisible();
    await user.type(screen.getByRole("textbox", { name: "Filter by title" }), "zzz");
    expect(await screen.findByRole("heading", { name: "No page fits" })).toBeVisible();
    await user.click(button("Show all pages"));
    expect(await screen.findByText("1,241 pages")).toBeVisible();
  });

  it("shows what was left out of a page, and opens it in the browser", async () => {
    const { backend, user } = await openList("connected", /^1,241 ready$/);
    await grid();
    await user.type(screen.getByRole("textbox", { name: "Filter by title" }), "minutes of the architecture");
    await screen.findByText(/pages shown$/);
    await user.keyboard("{ArrowDown}{Enter}");
    const details = within(await screen.findByRole("dialog", { name: /^Minutes of the architecture forum/ }));
    expect(details.getByText("Found by its words and by its meaning.")).toBeVisible();
    await user.click(details.getByRole("button", { name: "Open in the browser" }));
    expect(backend.opened.at(-1)).toMatch(/^https:\/\/acme\.atlassian\.net\/wiki\/spaces\//);
    await user.click(details.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement?.closest("[role=row]")).toHaveAttribute("aria-rowindex", "2");
  });

  it("says what went wrong and tries again", async () => {
    const backend = new FakeBackend("connected");
    const works = backend.listPages.bind(backend);
    backend.listPages = async () => Promise.reject({ code: "locked", message: "The database is locked.", hint: null });
    const { user } = await openPage("connected", backend);
    await user.click(button(/^1,241 ready$/));
    expect(await screen.findByRole("alert")).toHaveTextContent("The list can't be read The database is locked.");
    backend.listPages = works;
    await user.click(button("Try again"));
    expect(await grid()).toBeVisible();
  });

  it("leads to the cards while nothing is stored", async () => {
    history.replaceState(null, "", "#/pages");
    const backend = new FakeBackend("never");
    const { user } = await openPage("never", backend, "no-pages");
    await user.click(within(screen.getByTestId("no-pages")).getByRole("button", { name: "Data Sources" }));
    expect(await screen.findByTestId("confluence-card")).toBeVisible();
  });
});
