import type { Answer, Card, Endpoint, MeetingDraft, MeetingRow, MeetingView, SearchHit, Segment } from "../../bindings";
import { FakeAgents } from "./agents";
import { refusal } from "./host";
import type { Scenario } from "./scenarios";
import { briefOf, cardOf, linesOf, pastOf, talkOf } from "./talk";

const WRITE_MS = 400;
const RUNNING = 20;

function answerTo(hits: readonly SearchHit[]): Answer {
  const sentence = (hit: SearchHit, index: number) => ({
    text: `${(
      hit.quote
        .map(({ text }) => text)
        .join("")
        .split(". ")[0] ?? ""
    ).replace(/\.$/, "")}.`,
    hits: [index],
  });
  return { state: "done", sentences: hits.slice(0, 2).map(sentence), problem: null };
}

/** The meetings of the pretended application. */
export class FakeMeetings extends FakeAgents {
  protected meetings: MeetingView[] = [];
  readonly #changedAt = new WeakMap<object, number>();
  #revision = 0;

  constructor(scenario: Scenario) {
    super(scenario);
    const find = (text: string) => this.find(text, 3);
    if (/^(rooms|meeting_)/.test(scenario)) this.meetings = pastOf(Date.now(), find);
    const cards = /^meeting_(\d)$/.exec(scenario)?.[1];
    if (cards) this.meetings = [talkOf(RUNNING, Number(cards), Date.now(), find), ...this.meetings];
    if (cards === "3") this.#answerAll();
  }

  async listMeetings(): Promise<MeetingRow[]> {
    if (this.scenario === "rooms_slow") return new Promise(() => {});
    this.mayFail();
    return this.meetings.map(({ id, title, agentName, startedAt, endedAt, cards }) => {
      return { id, title, agentName, startedAt, endedAt, cards: cards.length };
    });
  }

  async getMeeting(id: number, since: number): Promise<MeetingView> {
    this.mayFail();
    const view = this.meeting(id);
    if (view.endedAt !== null) return structuredClone(view);
    const [segments, cards] = [this.#changed(view.segments, since), this.#changed(view.cards, since)];
    return structuredClone({ ...view, segments, cards, revision: this.#revision });
  }

  async startMeeting(draft: MeetingDraft): Promise<number> {
    this.mayFail();
    if (this.meetings.some(({ endedAt }) => endedAt === null))
      throw { ...refusal("A meeting is running already", "End it first."), code: "meeting_running" };
    const agent = this.agent(draft.agentId);
    this.trial(agent, "");
    const id = this.nextId();
    const before = this.meetings.some(({ agentName }) => agentName === agent.name);
    const meeting: MeetingView = {
      ...talkOf(id, 0, Date.now(), () => []),
      title: draft.title,
      agentId: agent.id,
      agentName: agent.name,
      startedAt: new Date().toISOString(),
      keepTranscript: draft.keepTranscript,
      brief: before ? briefOf(Date.now()) : { since: null, items: [], more: 0 },
    };
    this.meetings = [meeting, ...this.meetings];
    this.tell("meeting");
    return id;
  }

  async addText(id: number, text: string): Promise<void> {
    this.mayFail();
    for (const line of linesOf(text)) {
      const { problems } = this.meeting(id);
      if ("problem" in line) this.#alter(id, { problems: [...problems, line.problem] });
      else this.#hear(id, line.speaker, line.text);
    }
    this.tell("meeting");
  }

  async followFile(id: number): Promise<boolean> {
    this.mayFail();
    if (this.dialogAnswer === "choose") this.#alter(id, { file: "standup-captions.vtt" });
    this.tell("meeting");
    return this.dialogAnswer === "choose";
  }

  async stopFile(id: number): Promise<void> {
    this.mayFail();
    this.#alter(id, { file: null });
    this.tell("meeting");
  }

  async openEndpoint(id: number): Promise<Endpoint> {
    this.mayFail();
    const at = "127.0.0.1:47113/captions";
    const endpoint = { webSocketUrl: `ws://${at}`, postUrl: `http://${at}`, token: "k3T9-vQ2x-81Lm-zR6c" };
    this.#alter(id, { endpoint });
    this.tell("meeting");
    return endpoint;
  }

  async closeEndpoint(id: number): Promise<void> {
    this.mayFail();
    this.#alter(id, { endpoint: null });
    this.tell("meeting");
  }

  async setCard(id: number, cardId: number, pinned: boolean, dismissed: boolean): Promise<void> {
    this.mayFail();
    this.#alterCard(id, cardId, { pinned, dismissed });
    this.tell("meeting");
  }

  async endMeeting(id: number): Promise<void> {
    this.mayFail();
    const { keepTranscript, segments, cards } = this.meeting(id);
    const kept = keepTranscript ? segments : segments.filter(({ text }) => cards.some(({ heard }) => heard === text));
    this.#alter(id, { endedAt: new Date().toISOString(), endpoint: null, file: null, segments: kept });
    this.tell("meeting");
  }

  async deleteMeeting(id: number): Promise<void> {
    this.mayFail();
    this.meetings = this.meetings.filter((meeting) => meeting.id !== id);
    this.tell("meeting");
  }

  async meetingMarkdown(id: number): Promise<string> {
    this.mayFail();
    const { title, agentName, cards } = this.meeting(id);
    const lines = cards.map(({ hits, heard }) => `- “${heard}”: [${hits[0]?.title ?? ""}](${hits[0]?.url ?? ""})`);
    return [`# ${title}`, "", `With ${agentName}`, "", ...lines].join("\n");
  }

  async exportMeeting(id: number): Promise<boolean> {
    this.mayFail();
    this.meeting(id);
    return this.dialogAnswer === "choose";
  }

  protected meeting(id: number): MeetingView {
    const found = this.meetings.find((meeting) => meeting.id === id);
    if (!found) throw refusal("This meeting is gone.");
    return found;
  }

  /** What changed is another object, and is noted when it is first told of. */
  #changed<T extends object>(all: readonly T[], since: number): T[] {
    for (const one of all) if (!this.#changedAt.has(one)) this.#changedAt.set(one, ++this.#revision);
    return all.filter((one) => (this.#changedAt.get(one) ?? 0) > since);
  }

  #alter(id: number, change: Partial<MeetingView>): void {
    this.meetings = this.meetings.map((meeting) => (meeting.id === id ? { ...meeting, ...change } : meeting));
  }

  #alterCard(id: number, cardId: number, change: Partial<Card>): void {
    const cards = this.meeting(id).cards.map((card) => (card.id === cardId ? { ...card, ...change } : card));
    this.#alter(id, { cards });
  }

  #hear(id: number, speaker: string | null, text: string): void {
    const { segments, cards, agentId, startedAt } = this.meeting(id);
    const at = Math.round((Date.now() - Date.parse(startedAt)) / 1000);
    const segment: Segment = { id: (segments.at(-1)?.id ?? 0) + 1, at, speaker, text, isFinal: true };
    this.#alter(id, { segments: [...segments, segment], heard: segments.length + 1 });
    const found = this.trial(this.agent(agentId ?? 0), text);
    if (!found.shows || found.reason === null) return;
    const { reason, trigger, confidence } = found;
    const card = { ...cardOf(cards.length + 1, segment, found.hits, Date.now()), reason, trigger, confidence };
    this.#alter(id, { cards: [...cards, card] });
    if (this.state.settings.answers.isOn) this.#write(id, card);
  }

  /** One sentence after the other, as a model writes. */
  #write(id: number, card: Card, sentences = 0): void {
    const whole = answerTo(card.hits);
    const isDone = sentences >= whole.sentences.length;
    const answer: Answer = {
      ...whole,
      sentences: whole.sentences.slice(0, sentences),
      state: isDone ? "done" : "writing",
    };
    this.#alterCard(id, card.id, { answer });
    this.tell("meeting");
    if (!isDone) setTimeout(() => this.#write(id, card, sentences + 1), WRITE_MS);
  }

  #answerAll(): void {
    for (const { id, hits } of this.meeting(RUNNING).cards) {
      const refused: Answer = { state: "refused", sentences: [], problem: null };
      this.#alterCard(RUNNING, id, { answer: id === 3 ? refused : answerTo(hits) });
    }
  }
}
