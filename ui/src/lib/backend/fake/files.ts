import type { FileProblem, FileSource } from "../../bindings";
import type { Section } from "./pages";

const MINUTE = 60_000;
const HOME = "/home/mira";

const iso = (now: number, minutes: number) => new Date(now - minutes * MINUTE).toISOString();

function source(id: number, path: string, change: Partial<FileSource> = {}): FileSource {
  return {
    id,
    path,
    name: path.split("/").at(-1) ?? path,
    isMissing: false,
    isScanning: false,
    ready: 0,
    pending: 0,
    failed: 0,
    unavailable: 0,
    scannedAt: null,
    problems: [],
    ...change,
  };
}

/** A few, all well. */
function some(now: number): FileSource[] {
  return [
    source(1, `${HOME}/Documents/Handbook`, { ready: 214, pending: 3, scannedAt: iso(now, 12) }),
    source(2, `${HOME}/Documents/Project Lighthouse/Notes`, { ready: 48, unavailable: 2, scannedAt: iso(now, 12) }),
    source(3, `${HOME}/Documents/Quarterly figures.xlsx`, { ready: 1, scannedAt: iso(now, 190) }),
  ];
}

const reasons: FileProblem[] = [
  { path: "Contracts/Framework agreement 2019 (scan).pdf", reason: "it holds pictures of pages and no text" },
  { path: "Contracts/نسخة موقعة من اتفاقية الخدمات.docx", reason: "it is protected by a password" },
  {
    path: "Archive/2021/Supplier-onboarding-questionnaire-final-final-v7-reviewed-by-legal-do-not-change.xlsx",
    reason: "it is damaged: the archive ends before its directory",
  },
];

/** A dozen, with all that can go wrong. */
function troubled(now: number): FileSource[] {
  const at = iso(now, 12);
  const many = Array.from({ length: 100 }, (_, index) => ({
    path: `Scans/2024/IMG_${String(index + 1).padStart(4, "0")}.pdf`,
    reason: "it holds pictures of pages and no text",
  }));
  return [
    source(1, `${HOME}/Documents/Handbook`, { ready: 214, pending: 3, failed: 3, scannedAt: at, problems: reasons }),
    source(2, "/media/mira/Backup disk/Team archive", { ready: 1204, isMissing: true, scannedAt: iso(now, 4320) }),
    source(
      3,
      `${HOME}/ドキュメント/営業本部/二〇二六年度/第一四半期/お客様向け提案資料および見積書の控え/最終版/インシデント対応の手引きと連絡先一覧（社外秘・取扱注意）`,
      { ready: 86, scannedAt: at },
    ),
    source(4, `${HOME}/مستندات/دليل العمليات الإقليمية/٢٠٢٦/إجراءات التعامل مع الحوادث والتصعيد`, {
      ready: 31,
      failed: 1,
      scannedAt: at,
      problems: [{ path: "الملاحق/قائمة جهات الاتصال.pdf", reason: "it is protected by a password" }],
    }),
    source(5, `${HOME}/Documents/Scanned post`, { ready: 12, failed: 340, scannedAt: at, problems: many }),
    source(6, `${HOME}/Projects/lighthouse/docs`, { ready: 40, pending: 118, isScanning: true, scannedAt: at }),
    source(7, `${HOME}/Documents/Price list.pdf`, { ready: 1, isMissing: true, scannedAt: iso(now, 1500) }),
    source(8, `${HOME}/Pictures/Whiteboards`, { scannedAt: at }),
    source(9, `${HOME}/Documents/Board minutes`, { ready: 22, unavailable: 4, scannedAt: at }),
    source(10, `${HOME}/Documents/Onboarding.docx`, { ready: 1, scannedAt: at }),
    source(11, `${HOME}/Documents/New folder`),
    source(
      12,
      `${HOME}/Documents/Customers/Northwind-Traders-International-Holdings/Correspondence/2026/Renewal_of_the_master_service_agreement_including_all_annexes_and_side_letters`,
      { ready: 64, scannedAt: at },
    ),
  ];
}

export function fileSourcesOf(scenario: string, now: number): FileSource[] {
  if (scenario === "files_problems") return troubled(now);
  if (scenario === "files_reading") return [{ ...pickedFolder(1), isScanning: true, pending: 26, ready: 9 }];
  if (scenario === "rooms_troubled") return troubled(now).slice(0, 4);
  return /^(files$|rooms|tree_|meeting_)/.test(scenario) ? some(now) : [];
}

/** What a person picks in the system's dialog. */
export function pickedFolder(id: number): FileSource {
  return source(id, `${HOME}/Documents/Meeting notes ${id}`);
}

export function pickedFile(id: number): FileSource {
  return source(id, `${HOME}/Documents/Release plan ${id}.md`);
}

export function beginReading(source: FileSource): FileSource {
  return { ...source, isScanning: true };
}

/** The source one beat later: found, then prepared, then done. */
export function readOn(source: FileSource, now: number): FileSource {
  if (!source.isScanning) return source;
  const isNew = source.ready + source.pending === 0 && source.scannedAt === null;
  if (isNew) return { ...source, pending: source.path.endsWith(".md") ? 1 : 26 };
  const step = Math.ceil(source.pending / 2);
  const next = { ...source, ready: source.ready + step, pending: source.pending - step };
  return next.pending > 0 ? next : { ...next, isScanning: false, scannedAt: new Date(now).toISOString() };
}

/** Sections of files. A file has no versions that a person would know; the number stands for none. */
export const fileSections: Section[] = [
  {
    space: ["", "Handbook"],
    file: `${HOME}/Documents/Handbook/Travel & expenses.docx`,
    title: "Travel and expenses",
    path: ["Booking", "Trains before planes"],
    version: 1,
    text: "Book a train where it takes under five hours. Expenses above 500 need the consent of your lead before you book, and receipts are handed in within thirty days.",
  },
  {
    space: ["", "Quarterly figures.xlsx"],
    file: `${HOME}/Documents/Quarterly figures.xlsx`,
    title: "Quarterly figures",
    path: [],
    version: 1,
    text: "Region: North. Revenue: 4.1 M. Support tickets: 1,204. Renewals: 92 %. Travel expenses: 38,000.",
  },
  {
    space: ["", "دليل العمليات الإقليمية"],
    file: `${HOME}/مستندات/دليل العمليات الإقليمية/السفر.md`,
    title: "السفر والمصروفات",
    path: ["قبل الحجز"],
    version: 1,
    text: "يجب الحصول على موافقة المدير قبل الحجز travel expenses وتسليم الإيصالات خلال ثلاثين يوما.",
  },
];
