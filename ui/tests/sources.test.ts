import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { box, button, card, openPage } from "./page";

describe("connecting", () => {
  it("goes from never connected to chosen spaces", async () => {
    const { backend, user } = await openPage("never");
    expect(card().queryByTestId("badge")).toBeNull();
    expect(card().getByText("Read-only. CoAgentor can't create, edit or delete anything in Confluence.")).toBeVisible();

    await user.click(button("Connect Confluence"));
    expect(await screen.findByText("Finish signing in in your browser")).toBeVisible();
    expect(screen.getByTestId<HTMLInputElement>("sign-in-link").value).toContain(
      "https://auth.atlassian.com/authorize",
    );
    expect(screen.getByRole("timer")).toHaveTextContent(/^(10:00|9:5\d) left$/);

    backend.allow(true);
    await user.click(await screen.findByRole("radio", { name: /acme-lab/ }));
    await user.click(button("Use this site"));
    expect(await screen.findByText(/^acme-lab\.atlassian\.net · read-only/)).toBeVisible();
    expect(card().getByTestId("badge")).toHaveTextContent("Connected");
    expect(screen.queryByRole("button", { name: "Sync" })).toBeNull();
  });

  it("can be cancelled, and the keyboard is not lost with the button", async () => {
    const { user } = await openPage("never");
    button("Connect Confluence").focus();
    await user.keyboard("{Enter}");
    await screen.findByText("Finish signing in in your browser");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Confluence"));
    await user.click(button("Cancel"));
    expect(await screen.findByRole("button", { name: "Connect Confluence" })).toBeVisible();
  });

  it("explains what is missing in the token form, then connects", async () => {
    const { user } = await openPage("never");
    await user.click(button("Use an API token"));
    const dialog = within(await screen.findByRole("dialog", { name: "Use an API token" }));
    await user.click(dialog.getByRole("button", { name: "Connect" }));
    expect(dialog.getByLabelText("Site address")).toHaveFocus();
    expect(dialog.getByLabelText("Site address")).toHaveAccessibleDescription(/Enter the address/);

    await user.type(dialog.getByLabelText("Site address"), "acme.atlassian.net/wiki");
    await user.type(dialog.getByLabelText("Your Atlassian e-mail address"), "mira@acme.example");
    await user.type(dialog.getByLabelText("API token"), "wrong");
    await user.click(dialog.getByRole("button", { name: "Connect" }));
    expect(await dialog.findByText("Atlassian did not accept this e-mail address and token.")).toBeVisible();

    await user.clear(dialog.getByLabelText("API token"));
    await user.type(dialog.getByLabelText("API token"), "right");
    await user.click(dialog.getByRole("button", { name: "Connect" }));
    expect(await screen.findByText("acme.atlassian.net · read-only · signed in as mira@acme.example")).toBeVisible();
  });

  it("offers the sample workspace", async () => {
    const { user } = await openPage("never");
    await user.click(button("Try the sample workspace"));
    expect(await screen.findByText(/^The sample workspace/)).toBeVisible();
    expect(screen.getAllByRole("row")).toHaveLength(4);
    expect(screen.queryByTestId("filter")).toBeNull();
  });

  it.each([
    ["no_site", "No Confluence site found", "Try another account", "Finish signing in in your browser"],
    ["no_spaces", "No spaces found", "Check again", "Choose the spaces that your answers should come from."],
  ] as const)("%s is mended by its button", async (scenario, title, mend, after) => {
    const { user } = await openPage(scenario);
    expect(screen.getByText(title)).toBeVisible();
    await user.click(button(mend));
    expect(await screen.findByText(after)).toBeVisible();
    expect(screen.queryByText(title)).toBeNull();
  });

  it("asks for a new sign-in when the old one is dead", async () => {
    const { user } = await openPage("reconnect");
    expect(screen.getByText(/Your spaces are still selected/)).toBeVisible();
    await user.click(button("Reconnect"));
    expect(await screen.findByText("Finish signing in in your browser")).toBeVisible();
  });
});

describe("choosing spaces", () => {
  it("saves what was chosen and syncs it", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend, user } = await openPage("nothing_selected");
    expect(button("Save selection")).toHaveAttribute("aria-disabled", "true");
    await user.click(box(/^Platform Runbooks/));
    await user.click(box(/^Onboarding/));
    expect(screen.getByText("2 unsaved changes")).toBeVisible();
    await user.click(button("Save selection"));
    expect(await screen.findByText("Selection saved")).toBeVisible();
    const saved = (await backend.overview()).confluence.spaces.filter((space) => space.selected);
    expect(saved.map((space) => space.key).sort()).toEqual(["ONB", "OPS"]);

    await user.click(await screen.findByRole("button", { name: "Sync" }));
    expect(await screen.findByRole("progressbar", { name: "Sync progress" })).toBeVisible();
    expect(card().getByTestId("badge")).toHaveTextContent("Syncing");
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await screen.findByText(/^Synced just now: 25 added/)).toBeVisible();
    expect(screen.getByRole("meter")).toHaveAttribute("aria-valuetext", "25 of 25 pages · Free plan");
    vi.useRealTimers();
  });

  it("selects all and none with a mixed state between", async () => {
    const { user } = await openPage("connected");
    const all = box(/^Select all spaces$/);
    expect(all.indeterminate).toBe(true);
    await user.click(all);
    expect(screen.getByText("18 of 18 spaces selected")).toBeVisible();
    await user.click(all);
    expect(screen.getByText("Choose the spaces that your answers should come from.")).toBeVisible();
    await user.click(button("Discard"));
    expect(screen.getByText("5 of 18 spaces selected")).toBeVisible();
  });

  it("says what happens to the pages of a space that is deselected", async () => {
    const { user } = await openPage("connected");
    await user.click(box(/^Engineering/));
    expect(screen.getByTestId("consequence")).toHaveTextContent(
      "Engineering: its 604 pages stop updating and leave search. They are kept and come back when you select it again.",
    );
    await user.click(box(/^Customer Handbook/));
    expect(screen.getByTestId("consequence")).toHaveTextContent("2 spaces: their 816 pages");
    await user.click(box(/^Customer Handbook/));
    await user.click(box(/^Engineering/));
    expect(screen.queryByTestId("consequence")).toBeNull();
    expect(button("Save selection")).toHaveAttribute("aria-disabled", "true");
  });

  it("works by keyboard as a native list", async () => {
    const { user } = await openPage("connected");
    screen.getByTestId("filter").focus();
    await user.keyboard("{ArrowDown}");
    expect(box(/^Architecture Decisions/)).toHaveFocus();
    await user.keyboard("{ArrowDown}{ArrowDown} ");
    expect(box(/^Customer Handbook/)).toHaveFocus();
    expect(box(/^Customer Handbook/)).not.toBeChecked();
    await user.keyboard("fi");
    expect(box(/^Finance/)).toHaveFocus();
    await user.keyboard("{End}");
    expect(screen.getByTestId("space-HRJP")).toHaveFocus();
    await user.keyboard("{Home}{Control>}a{/Control}");
    expect(screen.getByText("18 of 18 spaces selected")).toBeVisible();
  });

  it("takes a range with Shift", async () => {
    const { user } = await openPage("nothing_selected");
    await user.click(box(/^Customer Handbook/));
    await user.keyboard("{Shift>}");
    await user.click(box(/^Engineering/));
    await user.keyboard("{/Shift}");
    expect(screen.getByText("4 of 18 spaces selected")).toBeVisible();
  });

  it("filters by name and by key, and says when nothing fits", async () => {
    const { user } = await openPage("connected");
    await user.type(screen.getByRole("textbox", { name: "Filter 18 spaces" }), "buro");
    expect(screen.getAllByRole("row")).toHaveLength(2);
    expect(box(/^Select all shown spaces$/)).toBeVisible();
    await user.keyboard("xyz");
    expect(screen.getByText("No space is called “buroxyz”.")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.getAllByRole("row").length).toBeGreaterThan(10);
  });

  it("draws a few of 5,000 spaces and says how many there are", async () => {
    await openPage("5000-spaces");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
    expect(screen.getByRole("grid", { name: "Spaces" })).toHaveAttribute("aria-rowcount", "5001");
    expect(screen.getByText("100 of 5,000 spaces selected")).toBeVisible();
  });

  it("asks before it leaves unsaved changes", async () => {
    const { user } = await openPage("connected");
    await user.click(box(/^Finance/));
    await user.click(screen.getByRole("link", { name: "Settings" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Save your selection?" }));
    await user.click(dialog.getByRole("button", { name: "Keep editing" }));
    expect(box(/^Finance/)).toBeChecked();

    await user.click(screen.getByRole("link", { name: "Settings" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Discard" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Integrations" }));
    expect(await screen.findByText("5 of 18 spaces selected")).toBeVisible();
  });
});

describe("a sync", () => {
  it("can be paused, resumed and cancelled", async () => {
    const { user } = await openPage("syncing");
    expect(screen.getByText("Embedding · 340 of 1,200 pages · Platform Runbooks")).toBeVisible();
    expect(screen.getByText("212 pages a minute · 4 min left")).toBeVisible();
    await user.click(button("Pause"));
    expect(await screen.findByRole("button", { name: "Resume" })).toBeVisible();
    expect(screen.getByTestId("sync-status")).toHaveTextContent("Paused at 340 of 1,200");
    await user.click(button("Resume"));
    await screen.findByRole("button", { name: "Pause" });
    await user.click(button("Cancel"));
    expect(await screen.findByText(/^Sync cancelled just now/)).toBeVisible();
  });

  it("can be put off for an hour", async () => {
    const { user } = await openPage("syncing");
    await user.click(button("Pause for an hour"));
    expect(await screen.findByTestId("sync-status")).toHaveTextContent(/^Paused until \d/);
    expect(card().getByText(/^Paused until \d/)).toBeVisible();
    await user.click(button("Resume"));
    await screen.findByRole("button", { name: "Pause" });
    expect(screen.getByTestId("sync-status")).toHaveTextContent("Syncing 340 of 1,200");
  });

  it("that left pages out says which, why, and that nothing was removed", async () => {
    const { user } = await openPage("partial");
    expect(screen.getByText("3 of 28 pages could not be read")).toBeVisible();
    expect(
      screen.getByText(/Nothing was removed because of it\.$/, { selector: "[data-testid=run-report] *" }),
    ).toBeVisible();
    await user.click(screen.getByText("Show 3 pages"));
    expect(screen.getByText("Confluence answered with an error three times (503).")).toBeVisible();
    expect(button("Retry")).toBeVisible();
  });

  it("above the limit names the pages and leads to the plans", async () => {
    const { user } = await openPage("partial");
    expect(screen.getByText("25 of 38 pages fit the Free plan.")).toBeVisible();
    await user.click(screen.getByText("Show 13 pages"));
    expect(screen.getByText("インシデント対応の手引き")).toBeVisible();
    await user.click(button("See plans"));
    expect(await screen.findByRole("heading", { level: 2, name: "Plan" })).toHaveFocus();
    await user.click(screen.getByRole("radio", { name: /Solo/ }));
    await user.click(screen.getByRole("link", { name: "Integrations" }));
    expect(await screen.findByText("25 of 250 pages · Solo plan")).toBeVisible();
  });

  it("that is refused shows why, with the hint", async () => {
    const { user } = await openPage("errors");
    await user.click(button("Sync"));
    expect(await screen.findByRole("alert")).toHaveTextContent(/locked by another program.*Close the other copy/s);
    await user.click(button("Dismiss"));
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("disconnecting", () => {
  it("asks once, keeps the pages, and removes them on request", async () => {
    const { user } = await openPage("connected");
    await user.click(button("Disconnect"));
    const asked = within(await screen.findByRole("dialog", { name: "Disconnect Confluence?" }));
    expect(asked.getByText(/^Stays: 1,241 pages/)).toBeVisible();
    expect(asked.getByText(/^Stops: syncing/)).toBeVisible();
    await user.click(asked.getByRole("button", { name: "Disconnect" }));
    expect(await screen.findByText("1,241 pages from acme stay searchable but no longer update.")).toBeVisible();

    await user.click(button("Remove pages"));
    const sure = within(await screen.findByRole("dialog", { name: /^Remove the pages/ }));
    await user.click(sure.getByRole("button", { name: "Remove pages" }));
    expect(await screen.findByText(/^Read-only\./)).toBeVisible();
  });
});
