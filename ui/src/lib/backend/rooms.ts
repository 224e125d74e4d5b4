import type {
  AgentDraft,
  AgentView,
  ContextDraft,
  ContextView,
  Endpoint,
  MeetingDraft,
  MeetingRow,
  MeetingView,
  SourceNode,
  SourceRef,
  Trial,
} from "../bindings";

export interface ContextsBackend {
  /** What a context can be made of, level by level; at most 1000 at once. */
  listSources(parent: SourceRef | null): Promise<SourceNode[]>;
  listContexts(): Promise<ContextView[]>;
  createContext(draft: ContextDraft): Promise<number>;
  updateContext(id: number, draft: ContextDraft): Promise<void>;
  /** Forgets the context; its pages and files stay. */
  deleteContext(id: number): Promise<void>;
}

export interface AgentsBackend {
  listAgents(): Promise<AgentView[]>;
  createAgent(draft: AgentDraft): Promise<number>;
  updateAgent(id: number, draft: AgentDraft): Promise<void>;
  /** Forgets the agent; its meetings stay. */
  deleteAgent(id: number): Promise<void>;
  /** What a meeting would show for a sentence, with hits even where it would show none. */
  tryAgent(id: number, text: string): Promise<Trial>;
}

export interface MeetingsBackend {
  /** Newest first. */
  listMeetings(): Promise<MeetingRow[]>;
  getMeeting(id: number, since: number): Promise<MeetingView>;
  /** One meeting runs at a time; another is refused with the code `meeting_running`. */
  startMeeting(draft: MeetingDraft): Promise<number>;
  /** Hears plain lines, WebVTT, SRT or NDJSON. */
  addText(id: number, text: string): Promise<void>;
  /** Opens the system's dialog for a file that grows; false when the person changed their mind. */
  followFile(id: number): Promise<boolean>;
  stopFile(id: number): Promise<void>;
  openEndpoint(id: number): Promise<Endpoint>;
  closeEndpoint(id: number): Promise<void>;
  setCard(id: number, cardId: number, pinned: boolean, dismissed: boolean): Promise<void>;
  endMeeting(id: number): Promise<void>;
  deleteMeeting(id: number): Promise<void>;
  meetingMarkdown(id: number): Promise<string>;
  /** Opens the system's dialog for where to write; false when the person changed their mind. */
  exportMeeting(id: number): Promise<boolean>;
}

export interface AnswersBackend {
  /** Keeps the key in the secret store, or forgets it. It is never given back. */
  setAnswerKey(key: string | null): Promise<void>;
  /** Models that the endpoint has; the error says why there are none. */
  checkAnswers(): Promise<string[]>;
}
