import type { QuotePart, SearchHit } from "../../bindings";

export type Section = {
  space: [key: string, name: string];
  /** Where it lies, for a section of a file. */
  file?: string;
  title: string;
  path: string[];
  version: number;
  text: string;
};

const OPS: [string, string] = ["OPS", "Platform Runbooks"];
const CH: [string, string] = ["CH", "Customer Handbook"];
const ENG: [string, string] = ["ENG", "Engineering"];

export const pageSections: Section[] = [
  {
    space: OPS,
    title: "Pod crash looping",
    path: ["After a configuration change"],
    version: 17,
    text: "After a configuration change, read the logs of the previous container first, then roll the config map back and restart the deployment. Do not delete the pod by hand.",
  },
  {
    space: OPS,
    title: "Pod crash looping",
    path: ["Symptoms"],
    version: 17,
    text: "The pod restarts more than three times in ten minutes and the container ends with exit code 1 or 137. The alert KubePodCrashLooping fires.",
  },
  {
    space: CH,
    title: "Incidents",
    path: ["Who tells support, and when"],
    version: 4,
    text: "The incident lead posts in the support channel within ten minutes of the page, with impact and next update time.",
  },
  {
    space: OPS,
    title: "Certificate renewal",
    path: ["When the automation fails", "Renewing by hand"],
    version: 9,
    text: "Check the DNS challenge before anything else. Renew the certificate with the staging issuer first; the production issuer limits attempts to five a week. Afterwards restart the ingress so that it reads the new secret, and look at the expiry date from outside the cluster. If the expiry date is still the old one, the load balancer keeps a copy: remove the certificate there, wait for two minutes and attach it again. Write down in the incident page what kept the automation from renewing, because the alert only tells that it did not, and the next person will look for the reason in the same place that you did.",
  },
  {
    space: ENG,
    title: "Release process",
    path: ["Rolling back", "Database changes"],
    version: 31,
    text: "A migration is never rolled back. Restore the previous release, which must work with the new schema, and write a forward migration.",
  },
  {
    space: ["HRJP", "採用と人事"],
    title: "休暇の申請",
    path: ["申請の期限"],
    version: 6,
    text: "休暇は二週間前までに申請してください。急な場合は、チームのリーダーに直接連絡してください。 support に連絡する必要はありません。",
  },
  {
    space: ["MENA", "دليل العمليات الإقليمية"],
    title: "التعامل مع الحوادث",
    path: ["من يبلغ فريق الدعم"],
    version: 3,
    text: "يبلغ قائد الحادث فريق الدعم support خلال عشر دقائق ويذكر الأثر وموعد التحديث التالي.",
  },
];

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
}

/** The text with every word of the question marked. */
export function marked(text: string, asked: readonly string[]): QuotePart[] {
  const parts = text.split(/([\p{L}\p{N}]+)/u).filter((part) => part !== "");
  const quote: QuotePart[] = [];
  for (const part of parts) {
    const hit = asked.some((word) => part.toLowerCase().startsWith(word) && part.length - word.length < 3);
    const last = quote.at(-1);
    if (last && last.marked === hit) last.text += part;
    else quote.push({ text: part, marked: hit });
  }
  return quote;
}

function toHit(section: Section, index: number, asked: readonly string[], share: number, now: number): SearchHit {
  const [spaceKey, spaceName] = section.space;
  const anchor = `#${encodeURIComponent(section.path.at(-1) ?? "")}`;
  return {
    title: section.title,
    source: section.file === undefined ? "confluence" : "files",
    spaceKey,
    spaceName,
    pageId: String(4000 + index),
    version: section.version,
    headingPath: section.path,
    url:
      section.file === undefined
        ? `https://acme.atlassian.net/wiki/spaces/${spaceKey}/pages/${4000 + index}${anchor}`
        : `file://${encodeURI(section.file)}${anchor}`,
    quote: marked(section.text, asked),
    score: share,
    keyword: share,
    semantic: share / 2,
    state: "ready",
    syncedAt: new Date(now - 12 * 60_000).toISOString(),
  };
}

/** Sections that share words with the question, best first. */
export function findSections(
  question: string,
  limit: number,
  now: number,
  sections: readonly Section[] = pageSections,
): SearchHit[] {
  const asked = wordsOf(question);
  return sections
    .map((section, index) => {
      const text = wordsOf([section.title, ...section.path, section.text].join(" "));
      const found = asked.filter((word) =>
        text.some((other) => other.startsWith(word) && other.length - word.length < 3),
      );
      return toHit(section, index, asked, asked.length === 0 ? 0 : found.length / asked.length, now);
    })
    .filter((hit) => hit.score > 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}
