import type { CheckRow, Settings, StorageUse } from "../../bindings";
import { FakeHost, refusal } from "./host";
import { buildOverview, registration } from "./scenarios";

const KEPT_PER_PAGE = 41_300;

function checksOf(isTroubled: boolean): CheckRow[] {
  return [
    { name: "database", state: "ok", detail: "/home/mira/.local/share/coagentor", hint: null },
    isTroubled
      ? {
          name: "model",
          state: "failed",
          detail: "The folder of the model is empty.",
          hint: "Install CoAgentor again.",
        }
      : { name: "model", state: "ok", detail: "all-MiniLM-L6-v2", hint: null },
    { name: "secret store", state: "ok", detail: "It keeps what it is given.", hint: null },
    { name: "clock", state: "ok", detail: "It is right to the second.", hint: null },
    isTroubled
      ? {
          name: "connection",
          state: "warning",
          detail: "Atlassian took 9.2 s to answer.",
          hint: "Check your network, or try again later.",
        }
      : { name: "connection", state: "ok", detail: "acme.atlassian.net answers in 180 ms.", hint: null },
  ];
}

/** The settings of the pretended application. */
export class FakeSettings extends FakeHost {
  /** What the person does in the system's dialog. */
  dialogAnswer: "choose" | "cancel" = "choose";
  /** Folders that were asked to be opened. */
  readonly folders: string[] = [];

  async saveSettings(settings: Settings): Promise<void> {
    this.mayFail();
    this.changeAll("settings", { settings: structuredClone(settings) });
  }

  async setAnswerKey(key: string | null): Promise<void> {
    this.mayFail();
    this.changeAll("settings", { answerKeyKept: key !== null });
  }

  async checkAnswers(): Promise<string[]> {
    this.mayFail();
    if (this.state.settings.answers.url.includes("nowhere"))
      throw refusal(
        "Nothing answers at this address.",
        "Start the program that has the model, or correct the address.",
      );
    return ["qwen3:8b", "llama3.2:3b", "mistral-small:24b"];
  }

  async setOwnClient(clientId: string): Promise<void> {
    this.mayFail();
    if (clientId === "wrong") throw refusal("Atlassian knows no app with this client ID.", "Copy it whole.");
    this.changeAll("settings", { client: { kind: "own", clientId, registration } });
  }

  async forgetOwnClient(): Promise<void> {
    this.mayFail();
    this.changeAll("settings", { client: { kind: "built_in", clientId: null, registration } });
  }

  async chooseSecretStore(kind: "session" | "passphrase"): Promise<void> {
    this.mayFail();
    this.changeAll("settings", { secretStore: { kind, state: "ready", reason: null } });
  }

  async unlockSecretStore(passphrase: string): Promise<void> {
    this.mayFail();
    if (passphrase === "wrong") throw refusal("This is not the passphrase.", "Try again, or sign in anew.");
    this.changeAll("settings", { secretStore: { kind: "passphrase", state: "ready", reason: null } });
  }

  async storage(): Promise<StorageUse> {
    this.mayFail();
    const { ready, pending } = this.card.pages;
    const pages = ready + pending;
    const files = this.state.files.sources.reduce((sum, source) => sum + source.ready + source.pending, 0);
    const bytes = 1_240_000 + (pages + files) * KEPT_PER_PAGE;
    return { path: this.state.dataDir, bytes, pages, files, chunks: (pages + files) * 6 };
  }

  async openDataFolder(): Promise<void> {
    this.mayFail();
    this.folders.push("data");
  }

  async openLogFolder(): Promise<void> {
    this.mayFail();
    this.folders.push("log");
  }

  async runChecks(): Promise<CheckRow[]> {
    this.mayFail();
    return checksOf(this.scenario === "offline");
  }

  async report(): Promise<string> {
    this.mayFail();
    const lines = checksOf(this.scenario === "offline").map((check) => `${check.name}: ${check.state}`);
    return [`CoAgentor ${this.state.version}`, `pages: ${this.card.pages.ready}`, ...lines].join("\n");
  }

  async exportData(): Promise<boolean> {
    this.mayFail();
    return this.dialogAnswer === "choose";
  }

  async deleteAllData(): Promise<void> {
    this.mayFail();
    this.state = buildOverview("never", Date.now());
    for (const kind of ["settings", "connection", "spaces", "pages", "files"] as const) this.tell(kind);
  }
}
