import type { Brief, Card, MeetingView, SearchHit, Segment } from "../../bindings";

/** Said in a pretended meeting: every second line is worth a card. */
const said: [speaker: string | null, text: string][] = [
  ["Jonas", "What do we do when a container is crash looping after a config change?"],
  ["Ana", "I think there was a step with the previous logs, before rolling back."],
  ["Mira", "Who tells support, and when, during incidents?"],
  ["Jonas", "Somebody always forgets."],
  ["Ana", "The certificate expired again. How is renewing by hand done when the automation fails?"],
  ["Mira", "We wrote that down after the last time."],
  ["Jonas", "Rolling back database changes in the release process is what worries me."],
  ["アナ", "休暇の申請 support はどうなりますか?"],
  ["ليلى", "من يبلغ فريق الدعم support عند الحوادث؟"],
  ["Ana", "What are the symptoms when a pod restarts?"],
  [null, "Do travel expenses need consent before you book?"],
  ["Jonas", "How much revenue and how many renewals were in the quarterly figures?"],
];
/** The lines that bring a card. */
const worth = [0, 2, 4, 6, 7, 8, 9, 10, 11];
const MINUTE = 60_000;
const iso = (now: number, minutes: number) => new Date(now - minutes * MINUTE).toISOString();

export function segmentsOf(lines: number): Segment[] {
  return said.slice(0, lines).map(([speaker, text], index) => ({
    id: index + 1,
    at: 808 + index * 9,
    speaker,
    text,
    isFinal: index < said.length - 1,
  }));
}

export function cardOf(id: number, segment: Segment, hits: SearchHit[], now: number): Card {
  return {
    id,
    segment: segment.id,
    at: segment.at,
    shownAt: new Date(now).toISOString(),
    heard: segment.text,
    reason: id === 4 ? "named" : id === 2 ? "trigger" : "question",
    trigger: id === 2 ? "Incidents" : null,
    confidence: 0.92 - id * 0.03,
    hits: hits.slice(0, 3),
    took: { embed: 9, search: 3, total: 14, afterEnd: 420 },
    pinned: false,
    dismissed: false,
    answer: null,
  };
}

export function briefOf(now: number): Brief {
  const item = { headingPath: ["Rolling back"], place: "Engineering", url: "https://acme.atlassian.net/wiki/x/1" };
  return {
    since: iso(now, 11 * 24 * 60),
    more: 4,
    items: [
      { ...item, change: "edited", title: "Release process", author: "Jonas Weber", at: iso(now, 1500) },
      {
        change: "added",
        title: "インシデント対応の手引きと連絡先一覧",
        headingPath: [],
        place: "採用と人事",
        url: "https://acme.atlassian.net/wiki/x/2",
        author: "田中",
        at: iso(now, 3100),
      },
      {
        ...item,
        change: "removed",
        title: "Old runbook: mail relay",
        headingPath: [],
        url: null,
        author: null,
        at: null,
      },
    ],
  };
}

/** A meeting with so many cards, as if it had gone on for a quarter of an hour. */
export function talkOf(id: number, cards: number, now: number, find: (text: string) => SearchHit[]): MeetingView {
  const segments = segmentsOf(cards === 0 ? 0 : (worth[cards - 1] ?? 0) + 1);
  const shown = worth.slice(0, cards).map((line) => segments[line] as Segment);
  return {
    id,
    title: "Incident review",
    agentId: 1,
    agentName: "Scout",
    startedAt: iso(now, 14.37),
    endedAt: null,
    keepTranscript: false,
    file: cards === 9 ? "standup-captions.vtt" : null,
    endpoint: null,
    segments,
    heard: segments.length,
    cards: shown.map((segment, index) =>
      cardOf(index + 1, segment, find(segment.text), now - (cards - index) * MINUTE),
    ),
    brief: cards === 1 ? { since: null, items: [], more: 0 } : briefOf(now),
    problems: cards === 9 ? ["line 14 has no text: `00:03.200 --> 00:05`", 'line 31 is no JSON: `{"speaker":`'] : [],
    revision: 0,
  };
}

/** Ended ones, newest first. */
export function pastOf(now: number, find: (text: string) => SearchHit[]): MeetingView[] {
  const past = (id: number, title: string, cards: number, days: number, agentName = "Scout"): MeetingView => ({
    ...talkOf(id, cards, now - days * 24 * 60 * MINUTE, find),
    title,
    agentName,
    endedAt: iso(now, days * 24 * 60 - 30),
    file: null,
    problems: [],
  });
  const [first, ...rest] = [
    past(11, "Weekly with Northwind", 9, 1),
    past(12, "Planning for the next two quarters with everybody who has ever been asked for an estimate", 3, 4),
    past(13, "営業会議（第三四半期の見積もり）", 1, 9, "営業会議の補佐"),
    past(14, "اجتماع متابعة الحوادث", 0, 400),
  ] as [MeetingView, ...MeetingView[]];
  const cards = first.cards.map((card, index) => ({ ...card, pinned: index === 1, dismissed: index === 3 }));
  return [{ ...first, cards, keepTranscript: true }, ...rest];
}

type Line = { speaker: string | null; text: string } | { problem: string };

/** Plain lines, captions or NDJSON, told apart as the application does. */
export function linesOf(text: string): Line[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "WEBVTT" && !line.includes("-->") && !/^\d+$/.test(line))
    .map(readLine);
}

function readLine(line: string): Line {
  if (line.startsWith("{")) {
    try {
      const { speaker = null, text } = JSON.parse(line) as { speaker?: string; text: string };
      return { speaker, text };
    } catch {
      return { problem: `this line is no JSON: \`${line.slice(0, 60)}\`` };
    }
  }
  const [, speaker = null, text = line] = /^(?:<v ([^>]+)>|([\p{L} ]{2,24}): )(.*)$/u.exec(line)?.filter(Boolean) ?? [];
  return { speaker, text };
}
