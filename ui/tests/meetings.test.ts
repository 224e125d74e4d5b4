import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import type { Scenario } from "../src/lib/backend/fake/scenarios";
import { button, openPage } from "./page";

async function openMeetings(scenario: Scenario, backend = new FakeBackend(scenario)) {
  const page = await openPage(scenario, backend);
  await page.user.click(screen.getByRole("link", { name: "Meetings" }));
  await screen.findByRole("heading", { level: 1, name: "Meetings" });
  return page;
}

async function openRunning(scenario: Scenario, backend = new FakeBackend(scenario)) {
  const page = await openPage(scenario, backend);
  await page.user.click(await screen.findByRole("button", { name: "Meeting running: Incident review" }));
  await screen.findByTestId("running-meeting");
  return page;
}

/** The name of the section in each place. */
const places = () =>
  [...screen.getByTestId("places").children].map((one) => one.querySelector("h3")?.textContent?.trim() ?? null);
const card = (id: number) => within(screen.getByTestId(`card-${id}`));

describe("a meeting", () => {
  it("is started with an agent, hears what is typed and shows a card", async () => {
    const { backend, user } = await openMeetings("rooms");
    expect(await screen.findByRole("checkbox", { name: "Keep the whole transcript" })).not.toBeChecked();
    await user.type(screen.getByRole("textbox", { name: "Title" }), "Incident review");
    await user.click(button("Start meeting"));
    await screen.findByRole("heading", { level: 1, name: "Incident review" });
    expect(screen.getByTestId("brief")).toHaveTextContent(/^Since your last meeting with Scout on .*: 7 changes/);
    expect(screen.queryByTestId("meeting-running")).toBeNull();
    await user.type(screen.getByRole("textbox", { name: "Type or paste what is said" }), "Good morning.{Enter}");
    await user.keyboard("Mira: What are the symptoms when a pod restarts?{Enter}");
    expect(await screen.findByTestId("card-1")).toBeVisible();
    expect(card(1).getByRole("heading", { level: 3 })).toHaveTextContent("Pod crash looping › Symptoms");
    expect(card(1).getByText("Asked: What are the symptoms when a pod restarts?")).toBeVisible();
    expect(card(1).getByText(/^\d+% sure$/)).toBeVisible();
    expect(card(1).getByText(/v17 · synced 12 min ago/)).toBeVisible();
    expect(screen.getByTestId("card-spoken")).toHaveTextContent(/^New card: Symptoms\. Asked:/);
    const log = screen.getByRole("log", { name: "Transcript" });
    expect([...log.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
      "What are the symptoms when a pod restarts?",
    ]);
    await user.click(card(1).getByRole("link", { name: "Open section “Symptoms” in the browser" }));
    expect(backend.opened[0]).toMatch(/#Symptoms$/);
  });

  it("goes on elsewhere, and the rail leads back to the same places", async () => {
    const { user } = await openRunning("meeting_3");
    const before = places();
    await user.click(card(2).getByRole("button", { name: /^Dismiss/ }));
    await waitFor(() => expect(places()).toEqual([before[0], null, before[2]]));
    expect(screen.getByRole("heading", { level: 2, name: "Cards" })).toHaveFocus();
    await user.click(screen.getByRole("link", { name: "Settings" }));
    await user.click(await screen.findByTestId("meeting-running"));
    await screen.findByTestId("running-meeting");
    expect(places()).toEqual([before[0], null, before[2]]);
  });

  it("replaces the oldest card that is neither pinned nor being read", async () => {
    const { backend, user } = await openRunning("meeting_3");
    const [first, second, third] = places();
    await user.click(card(1).getByRole("button", { name: /^Pin/ }));
    expect(card(1).getByRole("button", { name: /^Pinned/ })).toHaveAttribute("aria-pressed", "true");
    card(2)
      .getByRole("button", { name: /^Dismiss/ })
      .focus();
    await backend.addText(20, "What are the symptoms when a pod restarts?");
    await waitFor(() => expect(places()).toEqual([first, second, "Pod crash looping › Symptoms"]));
    expect(within(screen.getByTestId("earlier")).getByText(third!)).toBeVisible();
    await user.click(card(2).getByRole("button", { name: /^Pin/ }));
    await user.click(card(4).getByRole("button", { name: /^Pin/ }));
    expect(await screen.findByText(/^All three places are taken/)).toBeVisible();
    await backend.addText(20, "Do travel expenses need consent before you book?");
    expect(await within(screen.getByTestId("earlier")).findByText(/Trains before planes$/)).toBeVisible();
    expect(places()).toEqual([first, second, "Pod crash looping › Symptoms"]);
  });

  it("draws the end of a long talk, and more of it on request", async () => {
    const { backend, user } = await openRunning("meeting_0");
    const talk = Array.from({ length: 150 }, (_, line) => `This is number ${line}`);
    await backend.addText(20, talk.join("\n"));
    const region = screen.getByRole("log", { name: "Transcript" });
    const drawn = () => within(region).queryAllByText(/^This is number/).length;
    await waitFor(() => expect([drawn(), region.textContent]).toEqual([60, expect.stringContaining("number 149")]));
    await user.click(within(region).getByRole("button", { name: "Show 90 earlier lines" }));
    await waitFor(() => expect(drawn()).toBe(150));
    expect(within(region).queryByRole("button", { name: /earlier lines/ })).toBeNull();
    expect(region).toHaveFocus();
  });

  it("brings a card back to a place when it is pinned after it left it", async () => {
    const { backend, user } = await openRunning("meeting_3");
    const [first, second, third] = places();
    await backend.addText(20, "What are the symptoms when a pod restarts?");
    const left = within(await screen.findByTestId("earlier"));
    await user.click(await left.findByRole("button", { name: /^Pin / }));
    await waitFor(() => expect(places()).toEqual(["Pod crash looping › Symptoms", first, third]));
    expect(card(1).getByRole("button", { name: /^Pinned/ })).toHaveAttribute("aria-pressed", "true");
    await user.unhover(screen.getByTestId("earlier"));
    await waitFor(() => expect(screen.getByTestId("earlier")).toHaveTextContent(second!));
  });

  it("shows an answer sentence by sentence, and each names its section", async () => {
    const { user } = await openRunning("meeting_3");
    const answer = within(card(1).getByTestId("answer"));
    await user.click(answer.getAllByRole("button", { name: /^Section 2: / })[0]!);
    expect(
      card(1)
        .getAllByTestId("open-hit")
        .find((link) => link.dataset.hit === "1"),
    ).toHaveFocus();
    await user.click(answer.getAllByRole("button", { name: /^Section 1: / })[0]!);
    expect(
      card(1)
        .getAllByTestId("open-hit")
        .find((link) => link.dataset.hit === "0"),
    ).toHaveFocus();
    expect(card(3).getByTestId("answer")).toHaveTextContent("The sections don't answer this");
  });

  it("says once each what could not be read", async () => {
    const { backend, user } = await openRunning("meeting_0");
    for (const _ of [1, 2]) await backend.addText(20, '{"speaker":\nHello');
    expect(await screen.findByTestId("unread")).toHaveTextContent("1 line could not be read");
    await user.click(screen.getByText("1 line could not be read"));
    expect(screen.getByText(/is no JSON/)).toBeVisible();
  });

  it("follows a file and listens to another program, until it is told to stop", async () => {
    const { user } = await openRunning("meeting_0");
    await user.click(button("Follow a file…"));
    await user.click(await screen.findByRole("button", { name: "Stop: Following standup-captions.vtt" }));
    expect(await screen.findByRole("button", { name: "Follow a file…" })).toBeVisible();
    await user.click(button("Captions from another program…"));
    const dialog = within(await screen.findByRole("dialog", { name: "Captions from another program" }));
    expect(dialog.getByRole("textbox", { name: "WebSocket address" })).toHaveValue("ws://127.0.0.1:47113/captions");
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(dialog.getByRole("button", { name: "Copy: Token" }));
    expect(write).toHaveBeenCalledWith("k3T9-vQ2x-81Lm-zR6c");
    await user.click(dialog.getByRole("button", { name: "Stop" }));
    expect(await screen.findByRole("button", { name: "Captions from another program…" })).toBeVisible();
  });

  it("ends without a question, and is exported, copied and deleted", async () => {
    const { backend, user } = await openRunning("meeting_3");
    await user.click(button("End meeting"));
    expect(await screen.findByTestId("ended-cards")).toBeVisible();
    expect(screen.queryByTestId("meeting-running")).toBeNull();
    expect(screen.getByText("Only the sentences behind the cards were kept.")).toBeVisible();
    await user.click(button("Export…"));
    expect(await screen.findByText("The meeting was exported.")).toBeVisible();
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await user.click(button("Copy as Markdown"));
    await waitFor(() => expect(write).toHaveBeenCalledWith(expect.stringMatching(/^# Incident review\n/)));
    await user.click(button("Delete…"));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));
    await screen.findByRole("heading", { level: 1, name: "Meetings" });
    expect((await backend.listMeetings()).some(({ title }) => title === "Incident review")).toBe(false);
  });

  it("says nothing was exported when the dialog was cancelled", async () => {
    const backend = new FakeBackend("meeting_ended");
    backend.dialogAnswer = "cancel";
    const { user } = await openMeetings("meeting_ended", backend);
    await user.click(await screen.findByTestId("meeting-11"));
    await user.click(await screen.findByRole("button", { name: "Export…" }));
    expect(await screen.findByRole("button", { name: "Export…" })).toBeVisible();
    expect(screen.queryByText("The meeting was exported.")).toBeNull();
  });
});

describe("the list of meetings", () => {
  it("leads to an agent where there is none", async () => {
    const { user } = await openMeetings("connected");
    expect(await screen.findByText(/^No meetings yet/)).toBeVisible();
    await user.click(button("Make an agent"));
    expect(await screen.findByRole("heading", { level: 1, name: "New agent" })).toBeVisible();
  });

  it("leads back to the one that runs, and starts no other", async () => {
    const { user } = await openMeetings("meeting_1");
    expect(screen.queryByRole("button", { name: "Start meeting" })).toBeNull();
    await user.click(await screen.findByRole("button", { name: "Back to the meeting" }));
    expect(await screen.findByTestId("card-1")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Meetings" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Meetings" })).toBeVisible();
  });

  it("opens an ended one: pinned and dismissed cards are named, the whole talk was kept", async () => {
    const { user } = await openMeetings("meeting_ended");
    await user.click(await screen.findByTestId("meeting-11"));
    const cards = within(await screen.findByTestId("ended-cards"));
    expect(cards.getAllByRole("listitem")).toHaveLength(9);
    expect(cards.getAllByRole("listitem").at(-1)).toHaveTextContent("Dismissed");
    expect(cards.getByText("Pinned")).toBeVisible();
    expect(screen.getByText("The whole transcript was kept.")).toBeVisible();
  });

  it("shows a start that was refused, and what the agent lacks", async () => {
    const { user } = await openMeetings("rooms_troubled");
    await user.selectOptions(await screen.findByRole("combobox", { name: "Agent" }), "営業会議の補佐");
    expect(screen.getByText("This agent has no context")).toBeVisible();
    await user.click(button("Start meeting"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Agent “営業会議の補佐” has no context.");
    await user.click(button("Assign a context to “営業会議の補佐”"));
    await waitFor(() => expect(screen.getAllByRole("checkbox")[0]).toHaveFocus());
  });
});
