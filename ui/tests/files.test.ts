import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import { button, openPage } from "./page";

const card = () => within(screen.getByTestId("files-card"));
const row = (name: string) => {
  const source = screen.getByRole("heading", { level: 3, name }).closest<HTMLElement>("[data-testid^=source-]");
  if (source === null) throw new Error(`no source ${name}`);
  return within(source);
};

describe("adding files", () => {
  it("says first what it reads and that nothing leaves the computer", async () => {
    await openPage("never");
    expect(card().getByText(/^Reads Markdown, text, HTML, PDF, DOCX, CSV and XLSX\./)).toHaveTextContent(
      "Your files stay where they are, and nothing is uploaded.",
    );
    expect(card().queryByTestId("badge")).toBeNull();
    expect(card().queryByRole("list")).toBeNull();
    expect(card().queryByRole("button", { name: "Read again" })).toBeNull();
  });

  it("reads a folder that was chosen, and says how far it is", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { user } = await openPage("never");
    await user.click(button("Add folder"));
    expect(await card().findByRole("heading", { level: 3, name: "Meeting notes 1" })).toBeVisible();
    expect(card().getAllByTestId("badge")[0]).toHaveTextContent("Reading");
    expect(card().getByTestId("files-spoken")).toHaveTextContent("Reading");
    expect(screen.getByTestId("read-again")).toHaveAttribute("aria-disabled", "true");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await card().findByText(/^26 files ready/)).toHaveTextContent("26 files ready · read just now");
    expect(card().queryByTestId("badge")).toBeNull();
    expect(button("Read again")).not.toHaveAttribute("aria-disabled");
    vi.useRealTimers();
  });

  it("adds files beside folders", async () => {
    const { user } = await openPage("files");
    expect(card().getByText(/^2 folders, 1 file/)).toHaveTextContent("2 folders, 1 file · 266 files searchable");
    await user.click(button("Add files"));
    expect(await card().findByText(/^2 folders, 2 files/)).toBeVisible();
  });

  it("changes nothing when the dialog was cancelled", async () => {
    const backend = new FakeBackend("never");
    backend.dialogAnswer = "cancel";
    const { user } = await openPage("never", backend);
    await user.click(button("Add folder"));
    await user.click(button("Add files"));
    expect((await backend.overview()).files.sources).toEqual([]);
    expect(card().queryByRole("list")).toBeNull();
    expect(card().queryByRole("alert")).toBeNull();
    expect(button("Add files")).toHaveFocus();
  });

  it("says what it waits for while the dialog is open", async () => {
    const backend = new FakeBackend("files");
    let answer: (chosen: boolean) => void = () => {};
    backend.addFolder = () => new Promise((resolve) => (answer = resolve));
    const { user } = await openPage("files", backend);
    await user.click(button("Add folder"));
    expect(await screen.findByRole("button", { name: "Adding a folder…" })).toHaveAttribute("aria-disabled", "true");
    expect(button("Remove “Handbook”")).toHaveAttribute("aria-disabled", "true");
    answer(false);
    expect(await screen.findByRole("button", { name: "Add folder" })).not.toHaveAttribute("aria-disabled");
  });

  it("shows in its own card what was refused, and leaves the other one alone", async () => {
    const { user } = await openPage("errors");
    await user.click(button("Add folder"));
    expect(await card().findByRole("alert")).toHaveTextContent(/locked by another program.*Close the other copy/s);
    expect(within(screen.getByTestId("confluence-card")).queryByRole("alert")).toBeNull();
    await user.click(button("Dismiss"));
    expect(screen.queryByRole("alert")).toBeNull();
    await waitFor(() => expect(screen.getByRole("heading", { level: 2, name: "Files" })).toHaveFocus());
  });
});

describe("what was added", () => {
  it("tells where it lies, what became of its files and when it was read", async () => {
    await openPage("files");
    const handbook = row("Handbook");
    expect(handbook.getByText("Documents").closest("[title]")).toHaveTextContent("/home/mira/Documents/Handbook");
    expect(handbook.getByText(/files ready/)).toHaveTextContent("214 files ready · 3 being prepared · read 12 min ago");
    expect(row("Notes").getByText(/files ready/)).toHaveTextContent("48 files ready · 2 no longer there");
  });

  it("follows what the application says without being asked", async () => {
    const { backend } = await openPage("files");
    await backend.removeFileSource(1);
    await waitFor(() => expect(screen.queryByRole("heading", { level: 3, name: "Handbook" })).toBeNull());
  });

  it("is read again on request", async () => {
    const { user } = await openPage("files");
    await user.click(button("Read again"));
    expect((await card().findAllByText("Reading…")).length).toBeGreaterThan(3);
    expect(await card().findByText(/^217 files ready/)).toHaveTextContent("read just now");
    expect(button("Read again")).toHaveFocus();
  });

  it("is removed after a question, and the keyboard goes on in the list", async () => {
    const { backend, user } = await openPage("files");
    button("Remove “Handbook”").focus();
    await user.keyboard("{Enter}");
    const asked = within(await screen.findByRole("dialog", { name: "Remove “Handbook” from CoAgentor?" }));
    expect(asked.getByText(/^The texts of 217 files .* are removed from the app\.$/)).toBeVisible();
    expect(asked.getByText(/^The files themselves stay as they are\./)).toBeVisible();
    await user.click(asked.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByRole("heading", { level: 3, name: "Handbook" })).toBeNull());
    await waitFor(() => expect(button("Remove “Notes”")).toHaveFocus());
    expect(card().getByTestId("files-spoken")).toHaveTextContent("“Handbook” was removed");
    expect((await backend.overview()).files.sources.map(({ name }) => name)).toEqual([
      "Notes",
      "Quarterly figures.xlsx",
    ]);
  });

  it("leaves the keyboard on the card when the last one is removed", async () => {
    const { user } = await openPage("files");
    for (const name of ["Quarterly figures.xlsx", "Notes", "Handbook"]) {
      await user.click(button(`Remove “${name}”`));
      await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Remove" }));
      await waitFor(() => expect(screen.queryByRole("heading", { level: 3, name })).toBeNull());
    }
    await waitFor(() => expect(screen.getByRole("heading", { level: 2, name: "Files" })).toHaveFocus());
    expect(card().getByText(/^Reads Markdown/)).toBeVisible();
  });

  it("stays when the question is answered with Cancel", async () => {
    const { user } = await openPage("files");
    await user.click(button("Remove “Notes”"));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByRole("heading", { level: 3, name: "Notes" })).toBeVisible();
    await waitFor(() => expect(button("Remove “Notes”")).toHaveFocus());
  });
});

describe("what went wrong", () => {
  it("is named file by file, with the reason", async () => {
    const { user } = await openPage("files_problems");
    const handbook = row("Handbook");
    expect(handbook.getByTestId("badge")).toHaveTextContent("Needs attention");
    expect(handbook.getByText(/^214 files ready/)).toHaveTextContent("3 can't be read · read 12 min ago");
    await user.click(handbook.getByText("Show 3 unreadable files"));
    const list = within(handbook.getByRole("list", { name: "Files in “Handbook” that can't be read" }));
    expect(list.getByTitle("Contracts/Framework agreement 2019 (scan).pdf")).toBeVisible();
    expect(list.getByText("it is protected by a password")).toBeVisible();
    expect(handbook.getByText("Hide the files")).toBeVisible();
  });

  it("says that more failed than are named", async () => {
    await openPage("files_problems");
    expect(row("Scanned post").getByText("Show the first 100 of 340 unreadable files")).toBeVisible();
  });

  it("says that a folder is away and that its texts are kept", async () => {
    await openPage("files_problems");
    expect(row("Team archive").getByText(/^This folder isn't there at the moment\./)).toHaveTextContent(
      "What was read from it stays searchable.",
    );
    expect(row("Price list.pdf").getByText(/^This file isn't there at the moment\./)).toBeVisible();
    expect(row("Whiteboards").getByText(/^Nothing in here that can be read/)).toBeVisible();
    expect(row("New folder").getByText("not read yet")).toBeVisible();
  });
});

describe("searching files", () => {
  async function search(text: string, user: Awaited<ReturnType<typeof openPage>>["user"]) {
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard(text);
  }

  it("finds them with no wiki connected, names the folder and opens the file", async () => {
    const { backend, user } = await openPage("files");
    await search("book a train", user);
    const hit = within((await screen.findAllByTestId("hit"))[0]!);
    expect(hit.getByText(/^Files ·/)).toHaveTextContent("Files · Handbook");
    expect(hit.getByRole("heading", { level: 2 })).toHaveTextContent(
      "Travel and expenses › Booking › Trains before planes",
    );
    expect(hit.getByText("read 12 min ago")).toBeVisible();
    expect(hit.queryByText(/^v\d/)).toBeNull();
    const link = hit.getByRole("link", { name: "Open file “Trains before planes”" });
    expect(link).toHaveAttribute("title", "/home/mira/Documents/Handbook/Travel & expenses.docx");
    await user.click(link);
    expect(backend.opened).toEqual([
      expect.stringMatching(/^file:\/\/\/home\/mira\/Documents\/Handbook\/Travel%20&%20expenses\.docx/),
    ]);
    expect(screen.getByText("↑ ↓ to move, Enter to open, Esc to go back")).toBeVisible();
  });

  it("counts files, not pages, where there are only files", async () => {
    const { user } = await openPage("files");
    await search("xylophone", user);
    expect(await screen.findByRole("heading", { name: "Nothing matches “xylophone”" })).toBeVisible();
    expect(screen.getByTestId("no-hits")).toHaveTextContent("266 files were searched");
    expect(screen.getByTestId("pending")).toHaveTextContent("Still preparing 3 files");
  });
});
