import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../src/lib/backend/fake";
import type { Scenario } from "../src/lib/backend/fake/scenarios";
import { speak } from "../src/lib/strings/words.svelte";
import { button, openPage } from "./page";

async function openSettings(scenario: Scenario, backend = new FakeBackend(scenario)) {
  const page = await openPage(scenario, backend);
  await page.user.click(screen.getByRole("link", { name: "Settings" }));
  await screen.findByRole("heading", { level: 1, name: "Settings" });
  return { ...page, settings: async () => (await backend.overview()).settings };
}

const section = (name: string) => within(screen.getByRole("region", { name }));
const toggle = (name: string) => screen.getByRole<HTMLInputElement>("switch", { name });

describe("what a person chose", () => {
  it("is kept at once, one after the other", async () => {
    const { user, settings } = await openSettings("connected");
    await user.selectOptions(screen.getByRole("combobox", { name: "Look for changes" }), "Every 2 hours");
    await user.click(toggle("Wait while on battery"));
    await user.click(toggle("A sync did not work"));
    await user.click(toggle("Start when I sign in to this computer"));
    await waitFor(async () =>
      expect(await settings()).toEqual({
        syncEveryHours: 2,
        pauseOnBattery: true,
        startAtLogin: true,
        notifications: { firstSync: true, failure: false, reconnect: true },
        language: null,
        answers: { isOn: false, url: "http://127.0.0.1:11434/v1", model: "" },
      }),
    );
    await user.selectOptions(screen.getByRole("combobox", { name: "Look for changes" }), "Only when I press Sync");
    await waitFor(async () => expect((await settings()).syncEveryHours).toBeNull());
  });

  it("goes back when it was refused, and says why where it was changed", async () => {
    const { user } = await openSettings("errors");
    await user.click(toggle("A sign-in has expired"));
    expect(await section("Notifications").findByRole("alert")).toHaveTextContent("locked by another program");
    expect(toggle("A sign-in has expired")).toBeChecked();
    await user.selectOptions(screen.getByRole("combobox", { name: "Look for changes" }), "Once a day");
    expect(await section("Syncing").findByRole("alert")).toBeVisible();
    expect(screen.getByRole("combobox", { name: "Look for changes" })).toHaveValue("6");
  });

  it("can't start at sign-in where the system can't", async () => {
    const { user, settings } = await openSettings("errors");
    expect(toggle("Start when I sign in to this computer")).toHaveAccessibleDescription(
      "This system can't start apps at sign-in.",
    );
    await user.click(toggle("Start when I sign in to this computer"));
    expect(toggle("Start when I sign in to this computer")).not.toBeChecked();
    expect((await settings()).startAtLogin).toBe(false);
  });

  it("says that it waits for power", async () => {
    await openSettings("on_battery");
    expect(toggle("Wait while on battery")).toHaveAccessibleDescription(/is on battery now/);
    expect(screen.getByTestId("sync-status")).toHaveTextContent("Waiting for power");
  });
});

describe("looks", () => {
  it("follow the choice and are remembered", async () => {
    const { user } = await openSettings("connected");
    const root = document.documentElement;
    await user.selectOptions(screen.getByRole("combobox", { name: "Text size" }), "150%");
    await user.click(toggle("More contrast"));
    await user.click(toggle("Less motion"));
    expect(root.style.getPropertyValue("--text-scale")).toBe("1.5");
    expect([root.dataset.contrast, root.dataset.motion]).toEqual(["more", "less"]);
    expect([localStorage.getItem("coagentor.text-size"), localStorage.getItem("coagentor.motion")]).toEqual([
      "150",
      "less",
    ]);
  });

  it("speak another language at once", async () => {
    const { user, settings } = await openSettings("connected");
    await user.selectOptions(screen.getByRole("combobox", { name: "Language" }), "Deutsch");
    expect(await screen.findByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
    expect(screen.getByRole("combobox", { name: "Sprache" })).toHaveFocus();
    expect(screen.getByTestId("sync-status")).toHaveTextContent("Abgeglichen vor 12 Min.");
    expect(document.documentElement.lang).toBe("de");
    expect((await settings()).language).toBe("de");
    await user.selectOptions(screen.getByRole("combobox", { name: "Sprache" }), "Wie das System (English)");
    expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    await speak("en");
  });
});

describe("the sign-in", () => {
  it("takes an own app and never shows its secret again", async () => {
    const { user, backend } = await openSettings("connected");
    const given = vi.spyOn(backend, "setOwnClient");
    await user.click(button("Use your own app…"));
    const dialog = within(await screen.findByRole("dialog", { name: "Use your own Atlassian app" }));
    await user.click(dialog.getByText("What your app needs there"));
    expect(dialog.getByRole("textbox", { name: "Scopes" })).toHaveValue(
      "read:space:confluence read:page:confluence read:user:confluence offline_access",
    );
    await user.click(dialog.getByRole("button", { name: "Copy: Callback URL" }));
    expect(await navigator.clipboard.readText()).toBe("http://127.0.0.1:53683/callback");
    await user.click(dialog.getByRole("button", { name: "Use this app" }));
    expect(dialog.getByLabelText("Client ID")).toHaveAccessibleDescription("Paste the client ID of your app.");
    await user.type(dialog.getByLabelText("Client ID"), "wrong");
    await user.type(dialog.getByLabelText("Client secret"), "hush");
    await user.click(dialog.getByRole("button", { name: "Use this app" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("no app with this client ID");
    await user.clear(dialog.getByLabelText("Client ID"));
    await user.type(dialog.getByLabelText("Client ID"), "right");
    await user.click(dialog.getByRole("button", { name: "Use this app" }));
    expect(await section("Sign-in with the browser").findByText("right")).toBeVisible();
    expect(given).toHaveBeenLastCalledWith("right", "hush");

    await user.click(button("Change…"));
    const again = within(await screen.findByRole("dialog"));
    expect(
      [again.getByLabelText("Client ID"), again.getByLabelText("Client secret")].map(
        (field) => (field as HTMLInputElement).value,
      ),
    ).toEqual(["right", ""]);
    await user.click(again.getByRole("button", { name: "Use this app" }));
    await waitFor(() => expect(given).toHaveBeenLastCalledWith("right", null));
    await user.click(await screen.findByRole("button", { name: "Forget it" }));
    expect(await section("Sign-in with the browser").findByText("Built in")).toBeVisible();
  });

  it("is led to from the card when none is built in", async () => {
    const { user } = await openPage("no_client");
    await user.click(button("Set up sign-in with the browser"));
    expect(await screen.findByRole("heading", { level: 2, name: "Sign-in with the browser" })).toHaveFocus();
  });

  it("without a secret store asks where to keep it, on the card too", async () => {
    const { user, backend } = await openPage("store_missing");
    const note = within(screen.getByTestId("store-note"));
    expect(note.getByText("No program answers for org.freedesktop.secrets.")).toBeVisible();
    await user.click(note.getByRole("button", { name: "Choose where…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Where should your sign-in be kept?" }));
    await user.click(dialog.getByRole("radio", { name: /passphrase/ }));
    await user.type(dialog.getByLabelText("Passphrase"), "short");
    await user.click(dialog.getByRole("button", { name: "Use this" }));
    expect(dialog.getByLabelText("Passphrase")).toHaveAccessibleDescription("Use at least 8 characters.");
    await user.type(dialog.getByLabelText("Passphrase"), " no more");
    await user.type(dialog.getByLabelText("Passphrase again"), "short no mor");
    await user.click(dialog.getByRole("button", { name: "Use this" }));
    expect(dialog.getByLabelText("Passphrase again")).toHaveAccessibleDescription("The two are not the same.");
    await user.type(dialog.getByLabelText("Passphrase again"), "e");
    await user.click(dialog.getByRole("button", { name: "Use this" }));
    await waitFor(() => expect(screen.queryByTestId("store-note")).toBeNull());
    expect((await backend.overview()).secretStore).toMatchObject({ kind: "passphrase", state: "ready" });
  });

  it("is unlocked with its passphrase", async () => {
    const { user } = await openPage("store_locked");
    expect(screen.getByTestId("sync-status")).toHaveTextContent("Sign-in locked");
    await user.click(button("Unlock…"));
    const dialog = within(await screen.findByRole("dialog", { name: "Unlock your sign-in" }));
    await user.type(dialog.getByLabelText("Passphrase"), "wrong{Enter}");
    expect(await dialog.findByRole("alert")).toHaveTextContent("This is not the passphrase.");
    await user.type(dialog.getByLabelText("Passphrase"), "right{Enter}");
    await waitFor(() => expect(screen.queryByTestId("store-note")).toBeNull());
  });
});

describe("data", () => {
  it("says how much there is, shows its folder and exports it", async () => {
    const { user, backend } = await openSettings("connected");
    expect(await screen.findByText("52.5 MB in use · 1,241 pages")).toBeVisible();
    await user.click(button("Open folder"));
    expect(backend.folders).toEqual(["data"]);
    backend.dialogAnswer = "cancel";
    await user.click(button("Export…"));
    expect(screen.queryByText("Everything was exported.")).toBeNull();
    backend.dialogAnswer = "choose";
    await user.click(button("Export…"));
    expect(await screen.findByText("Everything was exported.")).toBeVisible();
  });

  it("is deleted only after its name was typed, and then all is as on the first day", async () => {
    const { user } = await openSettings("connected");
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    await user.click(button("Delete all data…"));
    const dialog = within(await screen.findByRole("dialog", { name: "Delete all data?" }));
    expect(dialog.getByText(/^The texts of 1,241 pages/)).toBeVisible();
    await user.type(dialog.getByLabelText("Type “delete” to go on"), "delet{Enter}");
    expect(dialog.getByRole("button", { name: "Delete all data" })).toHaveAttribute("aria-disabled", "true");
    await user.keyboard("e{Enter}");
    expect(await screen.findByRole("button", { name: "Connect Confluence" })).toBeVisible();
    expect(document.documentElement.dataset.theme).toBe("light");
    expect(screen.getByTestId("first-steps")).toBeVisible();
  });

  it("says when its size is not known", async () => {
    await openSettings("errors");
    expect(await screen.findByText("The size is not known.")).toBeVisible();
  });
});

describe("diagnostics", () => {
  it("checks on request, with the mend of what does not work", async () => {
    const { user, backend } = await openSettings("offline");
    await user.click(button("Run checks"));
    const checks = within(await screen.findByRole("list", { name: "Checks" }));
    expect(checks.getAllByRole("listitem").map((row) => row.textContent?.trim().replace(/\s+/g, " "))).toContain(
      "Search model: Does not work The folder of the model is empty. Install CoAgentor again.",
    );
    expect(button("Run checks again")).toBeVisible();
    await user.click(button("Open log folder"));
    expect(backend.folders).toEqual(["log"]);
  });

  it("shows the report before it is copied", async () => {
    const { user } = await openSettings("connected");
    await user.click(button("Show report"));
    const dialog = within(await screen.findByRole("dialog", { name: "Report" }));
    expect(dialog.getByRole<HTMLTextAreaElement>("textbox").value).toMatch(/^CoAgentor 0\.1\.0\npages: 1241\n/);
    const copied = vi.spyOn(navigator.clipboard, "writeText");
    await user.click(dialog.getByRole("button", { name: "Copy report" }));
    expect(copied).toHaveBeenCalledWith(expect.stringContaining("CoAgentor 0.1.0"));
  });

  it("says why it could not check", async () => {
    const { user } = await openSettings("errors");
    await user.click(button("Run checks"));
    expect(await section("Diagnostics").findByRole("alert")).toHaveTextContent("locked by another program");
  });
});

describe("answers", () => {
  it("are off, and say that nothing is sent", async () => {
    await openSettings("connected");
    expect(section("Answers").getByText(/Nothing is sent anywhere unless you switch this on\.$/)).toBeVisible();
    expect(toggle("Write an answer from the sections")).not.toBeChecked();
    expect(screen.queryByRole("textbox", { name: "Address of the model" })).toBeNull();
  });

  it("warn where sections would leave this computer", async () => {
    const { user, settings } = await openSettings("connected");
    await user.click(toggle("Write an answer from the sections"));
    const address = await screen.findByRole("textbox", { name: "Address of the model" });
    expect(screen.queryByTestId("elsewhere")).toBeNull();
    await user.clear(address);
    expect(address).toHaveAccessibleDescription(/^Give an address that begins with/);
    await user.type(address, "https://models.example.com/v1");
    expect(screen.getByTestId("elsewhere")).toHaveTextContent(
      "Wiki sections behind a card are sent to this address. models.example.com is not on this computer.",
    );
    await user.click(button("Check"));
    await user.selectOptions(await screen.findByRole("combobox", { name: "Model" }), "qwen3:8b");
    await waitFor(async () =>
      expect((await settings()).answers).toEqual({
        isOn: true,
        url: "https://models.example.com/v1",
        model: "qwen3:8b",
      }),
    );
  });

  it("keep a key without ever showing it", async () => {
    const { backend, user } = await openSettings("connected");
    await user.click(toggle("Write an answer from the sections"));
    await user.type(await screen.findByLabelText("Key"), "sk-secret");
    await user.click(button("Keep key"));
    expect(await screen.findByText(/^A key is kept\./)).toBeVisible();
    expect(screen.getByLabelText("Key")).toHaveValue("");
    await user.click(button("Forget key"));
    await waitFor(async () => expect((await backend.overview()).answerKeyKept).toBe(false));
  });

  it("say why there are no models", async () => {
    const { user } = await openSettings("connected");
    await user.click(toggle("Write an answer from the sections"));
    const address = await screen.findByRole("textbox", { name: "Address of the model" });
    await user.clear(address);
    await user.type(address, "http://localhost/nowhere");
    await user.click(button("Check"));
    expect(await section("Answers").findByRole("alert")).toHaveTextContent("Nothing answers at this address.");
  });
});
