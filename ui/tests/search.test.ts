import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import { button, openPage } from "./page";

const field = () => screen.getByRole("textbox", { name: "Search everything synced" });

async function searchFor(text: string, user: Awaited<ReturnType<typeof openPage>>["user"]) {
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard(text);
}

describe("search", () => {
  it("finds by Ctrl K, shows title > heading and the marked quote, opens in the browser", async () => {
    const { backend, user } = await openPage("connected");
    await searchFor("who tells support", user);
    const hit = within((await screen.findAllByTestId("hit"))[0]!);
    expect(hit.getByRole("heading", { level: 2 })).toHaveTextContent("Incidents › Who tells support, and when");
    expect([...hit.getByTestId("quote").querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["support"]);
    expect(hit.getByTestId("quote")).toHaveTextContent(/^The incident lead posts in the support channel/);
    expect(hit.getByText("synced 12 min ago")).toBeVisible();

    await user.click(hit.getByRole("link", { name: "Open section “Who tells support, and when” in the browser" }));
    expect(backend.opened).toEqual([
      expect.stringMatching(/^https:\/\/acme\.atlassian\.net\/wiki\/spaces\/CH\/pages\//),
    ]);
  });

  it("is walked by arrows, and Escape goes back to where it began", async () => {
    const { user } = await openPage("connected");
    await searchFor("certificate support", user);
    const links = (await screen.findAllByTestId("hit-open")) as HTMLElement[];
    expect(links.length).toBeGreaterThan(2);
    await user.keyboard("{ArrowDown}");
    expect(links[0]).toHaveFocus();
    await user.keyboard("{ArrowDown}");
    expect(links[1]).toHaveFocus();
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(field()).toHaveFocus();
    await user.keyboard("{Escape}");
    expect(await screen.findByRole("heading", { level: 1, name: "Data Sources" })).toBeVisible();
    expect(field()).toHaveValue("");
  });

  it("keeps unsaved changes while one looks something up", async () => {
    const { user } = await openPage("connected");
    await user.click(screen.getByRole("checkbox", { name: /^Finance/ }));
    await searchFor("support", user);
    await screen.findAllByTestId("hit");
    await user.keyboard("{Escape}");
    expect(await screen.findByText("1 unsaved change")).toBeVisible();
  });

  it("shows text from the wiki as text", async () => {
    const backend = new FakeBackend("connected");
    const [hit] = (await backend.search("support", 1)).hits;
    const evil = "<img src=x onerror=alert(1)>";
    backend.search = async () => ({
      hits: [{ ...hit!, title: evil, headingPath: [evil], quote: [{ text: evil, marked: true }] }],
      took: { embed: 0, search: 0, total: 0.2 },
      pendingPages: 0,
    });
    const { user } = await openPage("connected", backend);
    await searchFor("x", user);
    expect(await screen.findByTestId("quote")).toHaveTextContent(evil);
    expect(document.querySelector("main img")).toBeNull();
  });

  it("never shows an older answer over a newer one", async () => {
    const backend = new FakeBackend("connected");
    const answer = backend.search.bind(backend);
    const slow: (() => void)[] = [];
    backend.search = async (text, limit) => {
      if (text === "certificate") await new Promise<void>((resolve) => slow.push(resolve));
      return answer(text, limit);
    };
    const { user } = await openPage("connected", backend);
    await searchFor("certificate{Enter}", user);
    await waitFor(() => expect(slow).not.toHaveLength(0));
    await user.clear(field());
    await user.type(field(), "support{Enter}");
    await screen.findByRole("heading", { name: "Results for “support”" });
    slow.forEach((finish) => finish());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Results for “support”");
  });

  it("says that pages are still being prepared", async () => {
    const { user } = await openPage("preparing");
    await searchFor("support", user);
    expect(await screen.findByTestId("pending")).toHaveTextContent("Still preparing 38 pages");
    expect(screen.getAllByTestId("hit").length).toBeGreaterThan(0);
  });

  it.each([
    ["connected", "Nothing matches “xylophone”"],
    ["never", "Nothing is synced yet"],
  ] as const)("says plainly when there is nothing: %s", async (scenario, title) => {
    const { user } = await openPage(scenario);
    await searchFor("xylophone", user);
    expect(await screen.findByRole("heading", { name: title })).toBeVisible();
  });

  it("shows what went wrong and tries again", async () => {
    const { user } = await openPage("errors");
    await searchFor("support", user);
    expect(await screen.findByRole("alert")).toHaveTextContent("The search did not work");
    await user.click(button("Try again"));
    expect(await screen.findByRole("alert")).toBeVisible();
  });

  it("ends the first steps with the first answer", async () => {
    const { user } = await openPage("connected");
    await user.click(button("Ask a question"));
    expect(field()).toHaveFocus();
    await user.keyboard("support");
    await screen.findAllByTestId("hit");
    await user.keyboard("{Escape}");
    await screen.findByRole("heading", { level: 1, name: "Data Sources" });
    expect(screen.queryByTestId("first-steps")).toBeNull();
  });
});
