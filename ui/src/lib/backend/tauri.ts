import { commands, events, type CommandError } from "../bindings";
import { asCommandError, type Backend } from "./backend";

type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: CommandError };

async function settle<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  let settled: Outcome<T>;
  try {
    settled = await outcome;
  } catch (thrown) {
    throw asCommandError(thrown);
  }
  if (settled.status === "error") throw asCommandError(settled.error);
  return settled.data;
}

async function settled(outcome: Promise<Outcome<unknown>>): Promise<void> {
  await settle(outcome);
}

/** The application behind the window. */
export const tauriBackend: Backend = {
  overview: () => settle(commands.getOverview()),
  connect: () => settle(commands.connect()),
  cancelConnect: () => settled(commands.cancelConnect()),
  chooseSite: (id) => settled(commands.chooseSite(id)),
  connectWithToken: (siteUrl, email, token) => settled(commands.connectWithToken(siteUrl, email, token)),
  trySample: () => settled(commands.trySample()),
  refreshSpaces: () => settled(commands.refreshSpaces()),
  saveSelection: (ids) => settled(commands.saveSelection(ids)),
  startSync: () => settled(commands.startSync()),
  pauseSync: () => settled(commands.pauseSync()),
  resumeSync: () => settled(commands.resumeSync()),
  cancelSync: () => settled(commands.cancelSync()),
  disconnect: () => settled(commands.disconnect()),
  removePages: () => settled(commands.removePages()),
  setPlan: (name) => settled(commands.setPlan(name)),
  addFolder: () => settle(commands.addFolder()),
  addFiles: () => settle(commands.addFiles()),
  removeFileSource: (id) => settled(commands.removeFileSource(id)),
  scanFiles: () => settled(commands.scanFiles()),
  search: (text, limit) => settle(commands.search(text, limit)),
  openUrl: (url) => settled(commands.openUrl(url)),
  saveSettings: (settings) => settled(commands.saveSettings(settings)),
  setOwnClient: (clientId, clientSecret) => settled(commands.setOwnClient(clientId, clientSecret)),
  forgetOwnClient: () => settled(commands.forgetOwnClient()),
  chooseSecretStore: (kind, passphrase) => settled(commands.chooseSecretStore(kind, passphrase)),
  unlockSecretStore: (passphrase) => settled(commands.unlockSecretStore(passphrase)),
  storage: () => settle(commands.getStorage()),
  openDataFolder: () => settled(commands.openDataFolder()),
  openLogFolder: () => settled(commands.openLogFolder()),
  runChecks: () => settle(commands.runChecks()),
  report: () => settle(commands.getReport()),
  exportData: () => settle(commands.exportData()),
  deleteAllData: () => settled(commands.deleteAllData()),
  listPages: (filter, offset, limit) => settle(commands.listPages(filter, offset, limit)),
  pauseForAnHour: () => settled(commands.pauseForAnHour()),
  listSources: (parent) => settle(commands.listSources(parent)),
  listContexts: () => settle(commands.listContexts()),
  createContext: (draft) => settle(commands.createContext(draft)),
  updateContext: (id, draft) => settled(commands.updateContext(id, draft)),
  deleteContext: (id) => settled(commands.deleteContext(id)),
  listAgents: () => settle(commands.listAgents()),
  createAgent: (draft) => settle(commands.createAgent(draft)),
  updateAgent: (id, draft) => settled(commands.updateAgent(id, draft)),
  deleteAgent: (id) => settled(commands.deleteAgent(id)),
  tryAgent: (id, text) => settle(commands.tryAgent(id, text)),
  listMeetings: () => settle(commands.listMeetings()),
  getMeeting: (id, since) => settle(commands.getMeeting(id, since)),
  startMeeting: (draft) => settle(commands.startMeeting(draft)),
  addText: (id, text) => settled(commands.addText(id, text)),
  followFile: (id) => settle(commands.followFile(id)),
  stopFile: (id) => settled(commands.stopFile(id)),
  openEndpoint: (id) => settle(commands.openEndpoint(id)),
  closeEndpoint: (id) => settled(commands.closeEndpoint(id)),
  setCard: (id, cardId, pinned, dismissed) => settled(commands.setCard(id, cardId, pinned, dismissed)),
  endMeeting: (id) => settled(commands.endMeeting(id)),
  deleteMeeting: (id) => settled(commands.deleteMeeting(id)),
  meetingMarkdown: (id) => settle(commands.meetingMarkdown(id)),
  exportMeeting: (id) => settle(commands.exportMeeting(id)),
  setAnswerKey: (key) => settled(commands.setAnswerKey(key)),
  checkAnswers: () => settle(commands.checkAnswers()),
  onEvent(callback) {
    const stop = events.changed.listen((event) => callback(event.payload));
    return () => void stop.then((unlisten) => unlisten());
  },
};
