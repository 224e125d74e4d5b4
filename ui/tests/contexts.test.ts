import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import type { Scenario } from "../src/lib/backend/fake/scenarios";
import { button, openPage } from "./page";

async function openContexts(scenario: Scenario, backend = new FakeBackend(scenario)) {
  const page = await openPage(scenario, backend);
  await page.user.click(screen.getByRole("link", { name: "Contexts" }));
  await screen.findByRole("heading", { level: 1, name: "Contexts" });
  const named = async (name: string) => (await backend.listContexts()).find((context) => context.name === name);
  return { ...page, named };
}

const item = (name: RegExp) => screen.getByRole("treeitem", { name });
const edit = async (user: Awaited<ReturnType<typeof openContexts>>["user"], name: string) => {
  await user.click(await screen.findByRole("button", { name: `Edit “${name}”` }));
  await screen.findByRole("tree", { name: "Spaces, pages and folders" });
};

describe("contexts", () => {
  it("are made from what is ticked", async () => {
    const { user, named } = await openContexts("connected");
    await user.click(await screen.findByTestId("new-context"));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Runbooks");
    await user.click(screen.getByRole("radio", { name: "Teal" }));
    await screen.findByRole("tree");
    item(/^acme/).focus();
    await user.keyboard("{ArrowRight}");
    await screen.findByRole("treeitem", { name: /^Platform Runbooks/ });
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown} ");
    expect(item(/^Platform Runbooks/)).toHaveAttribute("aria-checked", "true");
    expect(item(/^Platform Runbooks/)).toHaveFocus();
    expect(item(/^acme/)).toHaveAttribute("aria-checked", "mixed");
    await user.click(button("Save context"));
    expect(await screen.findByRole("heading", { level: 2, name: "Runbooks" })).toBeVisible();
    expect(await named("Runbooks")).toMatchObject({
      colour: "teal",
      forAllAgents: false,
      sources: [{ name: "Platform Runbooks", source: { kind: "space", siteId: "site-acme", spaceId: "103" } }],
    });
    await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "Contexts" })).toHaveFocus());
  });

  it("show a ticked parent in its children, and let one of them out", async () => {
    const { user, named } = await openContexts("rooms");
    await edit(user, "Runbooks");
    await user.click(item(/^acme/).querySelector("[data-turn]")!);
    await user.click(
      (await screen.findByRole("treeitem", { name: /^Platform Runbooks/ })).querySelector("[data-turn]")!,
    );
    const page = await screen.findByRole("treeitem", { name: /^Releases/ });
    expect(page).toHaveAttribute("aria-checked", "true");
    expect(page).toHaveAttribute("aria-level", "3");
    await user.click(page);
    expect(page).toHaveAttribute("aria-checked", "false");
    expect(item(/^Platform Runbooks/)).toHaveAttribute("aria-checked", "mixed");
    expect(screen.getByTestId("chosen-count")).toHaveTextContent("Ticked: 8 sources");
    await user.click(button("Save context"));
    await screen.findByRole("heading", { level: 1, name: "Contexts" });
    const kinds = (await named("Runbooks"))?.sources.map(({ source }) => source.kind);
    expect(kinds?.filter((kind) => kind === "page_tree")).toHaveLength(7);
    expect(kinds?.filter((kind) => kind === "space")).toHaveLength(1);
  });

  it("say that a page itself leaves with the page below it", async () => {
    const backend = new FakeBackend("rooms");
    const [first] = await backend.listSources((await backend.listContexts())[1]!.sources[0]!.source);
    await backend.updateContext(1, {
      name: "Runbooks",
      colour: "blue",
      forAllAgents: false,
      agentIds: [],
      sources: [first!.source],
    });
    const { user } = await openContexts("rooms", backend);
    await edit(user, "Runbooks");
    await user.click(item(/^acme/).querySelector("[data-turn]")!);
    await user.click(
      (await screen.findByRole("treeitem", { name: /^Platform Runbooks/ })).querySelector("[data-turn]")!,
    );
    const page = await screen.findByRole("treeitem", { name: /^Incidents/ });
    expect(page).toHaveAttribute("aria-checked", "true");
    await user.click(page.querySelector("[data-turn]")!);
    await user.click(await screen.findByRole("treeitem", { name: /^Checklist 1\.1/ }));
    expect(page).toHaveAttribute("aria-checked", "mixed");
    expect(screen.getAllByText(/^The page “Incidents” itself is no longer ticked/)[0]).toBeInTheDocument();
  });

  it("does not leave one out of a level that is not listed whole", async () => {
    const { user } = await openContexts("tree_1000");
    await edit(user, "Customers");
    await user.click(item(/^acme/).querySelector("[data-turn]")!);
    await user.click(
      (await screen.findByRole("treeitem", { name: /^Customer Handbook/ })).querySelector("[data-turn]")!,
    );
    const page = await screen.findByRole("treeitem", { name: /^Releases\s*7 ready/ });
    expect(page).toHaveAttribute("aria-setsize", "1000");
    expect(screen.getAllByRole("treeitem").length).toBeLessThan(60);
    await user.click(page);
    expect(page).toHaveAttribute("aria-checked", "true");
    expect(screen.getAllByText(/^“Customer Handbook” has too many entries/)[0]).toBeInTheDocument();
  });

  it("shows in open levels what a sync brings, and moves no row down for it", async () => {
    const backend = new FakeBackend("rooms");
    const { user } = await openContexts("rooms", backend);
    await edit(user, "Runbooks");
    await user.click(item(/^acme/).querySelector("[data-turn]")!);
    await screen.findByRole("treeitem", { name: /^Customer Handbook/ });
    const rows = () => screen.getAllByRole("treeitem").map((row) => row.textContent?.replace(/\s+/g, " ").trim());
    const before = rows();
    const listed = backend.listSources.bind(backend);
    vi.spyOn(backend, "listSources").mockImplementation(async (parent) => {
      const nodes = await listed(parent);
      if (parent?.kind !== "site") return nodes;
      const [gone, ...stay] = nodes.map((node) => ({ ...node, counts: { ...node.counts, ready: 4321 } }));
      const fresh = { ...gone!, name: "A new space", source: { ...gone!.source, spaceId: "999" } };
      return [fresh, ...stay];
    });
    await backend.scanFiles();
    expect(await screen.findByRole("treeitem", { name: /^A new space/ }, { timeout: 3000 })).toBeInTheDocument();
    const after = rows();
    expect(after).toHaveLength(before.length);
    const spaces = screen.getAllByRole("treeitem").filter((row) => row.getAttribute("aria-level") === "2");
    expect(spaces.at(-1)).toHaveTextContent("A new space");
    for (const space of spaces) expect(space).toHaveTextContent("4,321");
  });

  it("keeps a level that is opened while another one is asked for again", async () => {
    const backend = new FakeBackend("rooms");
    const { user } = await openContexts("rooms", backend);
    await edit(user, "Runbooks");
    const listed = backend.listSources.bind(backend);
    let answer = () => {};
    const asked = vi.spyOn(backend, "listSources").mockImplementation(async (parent) => {
      if (parent === null) await new Promise<void>((resolve) => (answer = resolve));
      return listed(parent);
    });
    await backend.scanFiles();
    await waitFor(() => expect(asked).toHaveBeenCalledWith(null), { timeout: 3000 });
    await user.click(item(/^acme/).querySelector("[data-turn]")!);
    await screen.findByRole("treeitem", { name: /^Customer Handbook/ });
    const before = asked.mock.calls.length;
    answer();
    await waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(before), { timeout: 3000 });
    expect(item(/^Customer Handbook/)).toBeInTheDocument();
  });

  it("is walked by keys as a tree is", async () => {
    const { user } = await openContexts("rooms");
    await edit(user, "Runbooks");
    item(/^acme/).focus();
    await user.keyboard("{ArrowRight}");
    await screen.findByRole("treeitem", { name: /^Customer Handbook/ });
    await user.keyboard("{ArrowRight}");
    expect(item(/^Customer Handbook/)).toHaveFocus();
    await user.keyboard("{ArrowLeft}");
    expect(item(/^acme/)).toHaveFocus();
    await user.keyboard("{End}");
    expect(item(/^Quarterly figures/)).toHaveFocus();
    await user.keyboard("eng");
    expect(item(/^Engineering/)).toHaveFocus();
    await user.keyboard("{Home}{ArrowLeft}");
    expect(item(/^acme/)).toHaveAttribute("aria-expanded", "false");
    expect(screen.queryByRole("treeitem", { name: /^Engineering/ })).toBeNull();
    expect(screen.getAllByRole("treeitem").filter((one) => one.tabIndex === 0)).toHaveLength(1);
  });

  it("keep what is gone or away, say so, and let it be taken out", async () => {
    const { user, named } = await openContexts("rooms_troubled");
    const [name] = (await screen.findAllByRole("heading", { level: 2 })).map((one) => one.textContent ?? "");
    await edit(user, name!);
    for (const words of ["Not synced any more", "Gone", "Not there", "Disconnected"])
      expect(screen.getAllByText(words).length).toBeGreaterThan(0);
    await user.click(button("Take out “Old wiki of the Lisbon office”"));
    await user.click(button("Save context"));
    await screen.findByRole("heading", { level: 1, name: "Contexts" });
    expect((await named(name!))?.sources).toHaveLength(5);
  });

  it("ask before unsaved changes are lost, and can keep them", async () => {
    const { user, named } = await openContexts("rooms");
    await edit(user, "Runbooks");
    await user.type(screen.getByRole("textbox", { name: "Name" }), " and more");
    await user.click(screen.getByRole("link", { name: "Agents" }));
    const asked = within(await screen.findByRole("dialog", { name: "Save “Runbooks and more”?" }));
    await user.click(asked.getByRole("button", { name: "Keep editing" }));
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Runbooks and more");
    await user.click(screen.getByRole("link", { name: "Agents" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Save" }));
    await screen.findByRole("heading", { level: 1, name: "Agents" });
    expect(await named("Runbooks and more")).toBeDefined();
  });

  it("are deleted after a question that says what happens", async () => {
    const { user, named } = await openContexts("rooms");
    await edit(user, "Runbooks");
    await user.click(button("Delete context…"));
    const asked = within(await screen.findByRole("dialog", { name: "Delete “Runbooks”?" }));
    expect(asked.getByText(/^1 agent stops looking in it\./)).toBeVisible();
    await user.click(asked.getByRole("button", { name: "Delete" }));
    await waitFor(async () => expect(await named("Runbooks")).toBeUndefined());
    await waitFor(() => expect(screen.queryByRole("heading", { level: 2, name: "Runbooks" })).toBeNull());
  });

  it("need a name, and say what was refused", async () => {
    const backend = new FakeBackend("connected");
    const { user } = await openContexts("connected", backend);
    await user.click(await screen.findByTestId("new-context"));
    await user.click(screen.getByRole("radio", { name: "Red" }));
    await user.click(button("Save context"));
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription("Give it a name.");
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveFocus();
    backend.createContext = () => Promise.reject({ code: "x", message: "the database is full", hint: null });
    await user.keyboard("Full");
    await user.click(button("Save context"));
    expect(await screen.findByRole("alert")).toHaveTextContent("The database is full.");
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Full");
  });
});
