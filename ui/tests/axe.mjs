// Every view in light and dark, in the smallest window and in a usual one, and some of them with large text, more
// contrast and forced colours: axe must find nothing, the page must not scroll sideways, nothing may move where less
// motion is asked for, and nothing may be blocked or logged. Pictures go to artifacts/ui/ to be looked at. Then the
// story by keyboard, and what the scripts weigh.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { weighScripts } from "./scripts.mjs";
import { serve } from "./serve.mjs";
import { tellOfMeeting } from "./story-rooms.mjs";
import { tellByKeyboard } from "./story.mjs";
import { views } from "./views.mjs";

const here = dirname(fileURLToPath(import.meta.url));
/** What is shipped, and the same with the pretended application behind it. */
const shipped = join(here, "../dist");
const pretended = join(here, "../dist-pretend");
const pictures = join(here, "../../artifacts/ui");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const only = process.argv.slice(2);
const AT_ONCE = 2;
const small = { width: 720, height: 480 };
const usual = { width: 1280, height: 800 };
const largeText = { "coagentor.text-size": "150" };
/** Each look: its name, the browser it is seen with, and whether it is for every view, and then in which schemes. */
const looks = [
    ...[small, usual].map((viewport) => ({
        tag: `${viewport.width}`,
        browser: { viewport, colorScheme: "light" },
        schemes: ["light", "dark"],
        every: true,
    })),
    { tag: "large-720", browser: { viewport: small }, remembered: largeText },
    { tag: "large-1280", browser: { viewport: usual, colorScheme: "dark" }, remembered: largeText },
    { tag: "contrast-720", browser: { viewport: small, contrast: "more" } },
    { tag: "contrast-dark-1280", browser: { viewport: usual, contrast: "more", colorScheme: "dark" } },
    { tag: "forced-720", browser: { viewport: small, forcedColors: "active" } },
    { tag: "forced-dark-1280", browser: { viewport: usual, forcedColors: "active", colorScheme: "dark" } },
];
const flags = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** What can be seen to be wrong without axe. */
function plainFaults() {
    const sideways = [document.documentElement, document.querySelector("main")].some(
        (node) => node.scrollWidth > node.clientWidth,
    );
    const scrolled = document.documentElement.scrollHeight > document.documentElement.clientHeight;
    const moving = document.getAnimations().some((animation) => animation.effect.getTiming().duration > 1);
    return [
        scrolled && "the window scrolls as a whole",
        sideways && "the page scrolls sideways",
        moving && "something moves",
    ].filter(Boolean);
}

const allRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What can be different where only the colours are. */
const colourRules = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

async function axeFaults(page, rules) {
    // Not by a script element: the page's policy forbids inline scripts, as it should.
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
    const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules);
    return violations.map(
        (found) =>
            `axe ${found.id}: ${found.help}\n    ${found.nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join("\n    ")}`,
    );
}

/** Goes to a view once and looks at it in each scheme: the window follows the system's while it is open. */
async function seen(context, origin, view, { tag, schemes }) {
    const page = await context.newPage();
    const logged = [];
    page.on(
        "console",
        (message) => ["error", "warning"].includes(message.type()) && logged.push(`console: ${message.text()}`),
    );
    page.on("pageerror", (error) => logged.push(`error: ${error.message}`));
    const results = [];
    for (const scheme of schemes ?? [undefined]) {
        const what = [view.name, scheme, tag].filter(Boolean).join("-");
        const faults = [];
        try {
            if (results.length === 0) {
                await page.goto(`${origin}/?scenario=${view.scenario}`);
                await page.locator("main h1").first().waitFor();
                await view.steps(page);
            } else await page.emulateMedia({ colorScheme: scheme });
            await page.screenshot({ path: join(pictures, `${what}.png`) });
            const rules = results.length === 0 ? allRules : colourRules;
            faults.push(...(await page.evaluate(plainFaults)), ...(await axeFaults(page, rules)));
        } catch (error) {
            faults.push(error.message);
        }
        results.push({ what, faults: [...faults, ...logged.splice(0)] });
    }
    await page.close();
    return results;
}

/** A context of its own for each view: what one of them chooses is not remembered by the next. */
async function look(browser, origin, view, one) {
    const { browser: options, remembered = {} } = one;
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    await context.addInitScript((words) => {
        for (const [name, word] of Object.entries(words)) localStorage.setItem(name, word);
    }, remembered);
    const results = await seen(context, origin, view, one);
    await context.close();
    return results;
}

for (const [dist, script] of [
    [shipped, "build"],
    [pretended, "build:pretend"],
])
    if (!existsSync(join(dist, "index.html"))) throw new Error(`${dist} is missing: run \`npm run ${script}\` first`);
mkdirSync(pictures, { recursive: true });
const server = await serve(pretended);
const browser = await chromium.launch({ executablePath: browserPath, headless: true, args: flags });
const chosen = views.filter(({ name }) => only.length === 0 || only.includes(name));
const jobs = looks.flatMap((one) =>
    chosen.filter((view) => one.every || view.everyLook).map((view) => () => look(browser, server.origin, view, one)),
);
for (const tell of [tellByKeyboard, tellOfMeeting]) {
    if (only.length > 0 && !only.includes("story")) continue;
    jobs.unshift(async () => [{ what: `${tell.name}, a story`, faults: await tell(browser, server.origin) }]);
}
let passed = 0;
let failed = 0;

function count({ what, faults }) {
    if (faults.length === 0) passed++;
    else failed++;
    if (faults.length > 0) console.error(`${what}\n  ${faults.join("\n  ")}`);
}

async function work() {
    for (let job = jobs.shift(); job; job = jobs.shift()) (await job()).forEach(count);
}

try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
    await browser.close();
    await server.close();
}
const { total, faults } = weighScripts(shipped);
count({ what: "the scripts", faults });
console.log(`${(total / 1000).toFixed(1)} kB of scripts, compressed`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
