// Every view in light and dark, in the smallest window and in a usual one: axe must find nothing, the page must not
// scroll sideways, and nothing may be blocked or logged. Pictures go to artifacts/ui/ to be looked at.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";
import { views } from "./views.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../dist");
const pictures = join(here, "../../artifacts/ui");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const only = process.argv.slice(2);
const sizes = [
    { width: 720, height: 480 },
    { width: 1280, height: 800 },
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

async function look(context, origin, view, tag) {
    const page = await context.newPage();
    const faults = [];
    page.on(
        "console",
        (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`),
    );
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    await page.goto(`${origin}/?scenario=${view.scenario}`);
    await page.locator("main h1").first().waitFor();
    await view.steps(page);
    await page.screenshot({ path: join(pictures, `${view.name}-${tag}.png`) });
    // Not by a script element: the page's policy forbids inline scripts, as it should.
    await page.evaluate(axe);
    const result = await page.evaluate(() =>
        window.axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
    );
    for (const found of result.violations) {
        faults.push(
            `axe ${found.id}: ${found.help}\n    ${found.nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join("\n    ")}`,
        );
    }
    const sideways = await page.evaluate(() =>
        [document.documentElement, document.querySelector("main")].some((node) => node.scrollWidth > node.clientWidth),
    );
    if (sideways) faults.push("the page scrolls sideways");
    await page.close();
    return faults;
}

if (!existsSync(join(dist, "index.html"))) throw new Error("ui/dist is missing: run `npm run build` first");
mkdirSync(pictures, { recursive: true });
const server = await serve(dist);
const browser = await chromium.launch({ executablePath: browserPath, headless: true, args: flags });
let passed = 0;
let failed = 0;
try {
    for (const viewport of sizes) {
        for (const colorScheme of ["light", "dark"]) {
            const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
            for (const view of views.filter(({ name }) => only.length === 0 || only.includes(name))) {
                const tag = `${colorScheme}-${viewport.width}`;
                const faults = await look(context, server.origin, view, tag).catch((error) => [error.message]);
                if (faults.length === 0) passed++;
                else failed++;
                if (faults.length > 0) console.error(`${view.name} ${tag}\n  ${faults.join("\n  ")}`);
            }
            await context.close();
        }
    }
} finally {
    await browser.close();
    await server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
