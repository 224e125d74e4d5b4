import { roomViews } from "./views-rooms.mjs";

/** What is looked at: every scenario as it opens, and the views that take a few steps to reach. */
const still = [
    "never",
    "connecting",
    "choose_site",
    "nothing_selected",
    "connected",
    "syncing",
    "partial",
    "reconnect",
    "disconnected",
    "no_site",
    "no_spaces",
    "offline",
    "rate_limited",
    "preparing",
    "5000-spaces",
    "errors",
    "files",
    "files_problems",
    "files_reading",
    "store_missing",
    "store_locked",
    "no_client",
    "on_battery",
    "paused_hour",
].map((scenario) => ({ name: scenario, scenario, steps: async () => {} }));

const by = (page, id) => page.locator(`[data-testid="${id}"]`);

async function search(page, text) {
    await by(page, "search").fill(text);
    await by(page, "search-status")
        .filter({ hasText: /ms|Search everything/ })
        .waitFor();
    await page.waitForTimeout(250);
}

/** Goes to the settings, with one of their sections at the top. */
async function settings(page, section) {
    await by(page, "nav-settings").click();
    if (section) await page.locator(`#${section}`).evaluate((node) => node.scrollIntoView({ block: "start" }));
}

const settingsViews = [
    { name: "settings", scenario: "connected", steps: (page) => settings(page), everyLook: true },
    ...["sync", "notifications", "appearance", "client", "data", "diagnostics"].map((section) => ({
        name: `settings-${section}`,
        scenario: "connected",
        steps: (page) => settings(page, section),
    })),
    { name: "settings-battery", scenario: "on_battery", steps: (page) => settings(page, "sync") },
    { name: "settings-without", scenario: "errors", steps: (page) => settings(page, "start") },
    { name: "settings-model-missing", scenario: "errors", steps: (page) => settings(page, "model") },
    {
        name: "settings-refused",
        scenario: "errors",
        steps: async (page) => {
            await settings(page, "sync");
            await by(page, "schedule").selectOption("12");
            await by(page, "failure").waitFor();
        },
    },
    {
        name: "settings-client-dialog",
        scenario: "no_client",
        steps: async (page) => {
            await by(page, "set-up-sign-in").click();
            await by(page, "own-client").click();
            await by(page, "save-client").click();
        },
    },
    {
        name: "settings-client-needs",
        scenario: "no_client",
        steps: async (page) => {
            await by(page, "set-up-sign-in").click();
            await by(page, "own-client").click();
            await page.locator("dialog, [role=dialog]").locator("summary").click();
            await by(page, "client-needs").waitFor();
        },
    },
    {
        name: "settings-client-own",
        scenario: "connected",
        steps: async (page) => {
            await settings(page, "client");
            await by(page, "own-client").click();
            await page.locator('[name="client-id"]').fill("pT4vVWZcPZ8uQy0RkC2sXhJm7NdLw3Bf");
            await page.locator('[name="client-secret"]').fill("secret");
            await by(page, "save-client").click();
            await by(page, "forget-client").waitFor();
        },
    },
    { name: "settings-store-missing", scenario: "store_missing", steps: (page) => settings(page, "store") },
    { name: "settings-store-locked", scenario: "store_locked", steps: (page) => settings(page, "store") },
    {
        name: "store-dialog",
        scenario: "store_missing",
        steps: async (page) => {
            await by(page, "mend-store").click();
            await by(page, "store-passphrase").check();
            await by(page, "use-store").click();
        },
        everyLook: true,
    },
    {
        name: "unlock-dialog",
        scenario: "store_locked",
        steps: async (page) => {
            await by(page, "mend-store").click();
            await page.locator('[name="passphrase"]').fill("wrong");
            await by(page, "unlock").click();
            await page.locator(".dialog [role=alert]").waitFor();
        },
    },
    {
        name: "settings-exported",
        scenario: "connected",
        steps: async (page) => {
            await settings(page, "data");
            await by(page, "export").click();
        },
    },
    {
        name: "delete-dialog",
        scenario: "files",
        steps: async (page) => {
            await settings(page, "data");
            await by(page, "delete-all").click();
            await page.locator('[name="word"]').fill("delete");
        },
    },
    {
        name: "settings-checked",
        everyLook: true,
        scenario: "offline",
        steps: async (page) => {
            await settings(page, "diagnostics");
            await by(page, "run-checks").click();
            await by(page, "checks").waitFor();
            await page.locator("#diagnostics").evaluate((node) => node.scrollIntoView({ block: "start" }));
        },
    },
    {
        name: "report-dialog",
        scenario: "connected",
        steps: async (page) => {
            await settings(page, "diagnostics");
            await by(page, "report").click();
            await by(page, "report-dialog").waitFor();
        },
    },
    {
        name: "settings-german",
        scenario: "connected",
        steps: async (page) => {
            await settings(page, "appearance");
            await by(page, "language").selectOption("de");
            await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
        },
    },
    {
        name: "german",
        scenario: "partial",
        steps: async (page) => {
            await settings(page);
            await by(page, "language").selectOption("de");
            await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
            await by(page, "nav-integrations").click();
        },
        everyLook: true,
    },
];

/** Goes to the list of pages by a count of the Confluence card. */
async function pages(page, state = "ready") {
    await by(page, `pages-${state}`).click();
    await page.getByRole("heading", { level: 1, name: "Pages" }).waitFor();
}

const filled = (page) => page.locator('[data-testid="pages-grid"] [data-index="0"]').waitFor();

const pagesViews = [
    {
        name: "pages",
        scenario: "100000-pages",
        steps: async (page) => {
            await pages(page);
            await filled(page);
        },
        everyLook: true,
    },
    {
        name: "pages-end",
        scenario: "100000-pages",
        steps: async (page) => {
            await pages(page);
            await by(page, "pages-state").selectOption("");
            await by(page, "pages-count").filter({ hasText: "100,000 pages" }).waitFor();
            await by(page, "pages-filter").press("ArrowDown");
            await page.keyboard.press("End");
            await page.locator('[data-index="99999"] button:focus').waitFor();
            await page.getByText("In preparation", { exact: true }).nth(2).waitFor();
        },
    },
    {
        name: "pages-scripts",
        scenario: "100000-pages",
        steps: async (page) => {
            await pages(page, "failed");
            await page.getByText("Not read", { exact: true }).nth(3).waitFor();
        },
    },
    {
        name: "pages-details",
        scenario: "100000-pages",
        steps: async (page) => {
            await pages(page);
            await by(page, "pages-filter").fill("minutes of the architecture");
            await by(page, "pages-count")
                .filter({ hasText: /1,0\d\d/ })
                .waitFor();
            await by(page, "pages-filter").press("ArrowDown");
            await page.keyboard.press("ArrowDown");
            await page.keyboard.press("Enter");
            await by(page, "page-details").waitFor();
        },
        everyLook: true,
    },
    {
        name: "pages-none",
        scenario: "connected",
        steps: async (page) => {
            await pages(page);
            await by(page, "pages-filter").fill("xylophone");
            await by(page, "no-pages").waitFor();
        },
    },
    {
        name: "pages-loading",
        scenario: "pages_slow",
        steps: async (page) => {
            await pages(page);
            await page.getByText("Reading the list…").waitFor();
        },
    },
    {
        name: "pages-failed",
        scenario: "errors",
        steps: async (page) => {
            await pages(page);
            await page.getByRole("alert").waitFor();
        },
    },
    {
        name: "pages-empty",
        scenario: "never",
        steps: async (page) => {
            await page.evaluate(() => {
                location.hash = "#/pages";
            });
            await by(page, "no-pages").waitFor();
        },
    },
];

const reached = [
    {
        name: "unsaved",
        everyLook: true,
        scenario: "connected",
        steps: async (page) => {
            await by(page, "space-ENG").click();
            await by(page, "space-FIN").click();
        },
    },
    {
        name: "unsaved-dialog",
        scenario: "connected",
        steps: async (page) => {
            await by(page, "space-ENG").click();
            await by(page, "nav-settings").click();
            await by(page, "unsaved-dialog").waitFor();
        },
    },
    {
        name: "disconnect-dialog",
        scenario: "connected",
        steps: async (page) => {
            await by(page, "disconnect").click();
            await by(page, "disconnect-dialog").waitFor();
        },
    },
    {
        name: "token-dialog",
        scenario: "never",
        steps: async (page) => {
            await by(page, "use-token").click();
            await page.getByRole("button", { name: "Connect", exact: true }).click();
        },
    },
    {
        name: "partial-details",
        everyLook: true,
        scenario: "partial",
        steps: async (page) => {
            for (const summary of await page.locator("summary").all()) await summary.click();
        },
    },
    {
        name: "paused",
        scenario: "syncing",
        steps: async (page) => {
            await by(page, "pause").click();
            await by(page, "resume").waitFor();
        },
    },
    {
        name: "keyboard",
        scenario: "connected",
        steps: async (page) => {
            await by(page, "filter").press("ArrowDown");
            await page.keyboard.press("End");
        },
    },
    {
        name: "search-scripts",
        scenario: "connected",
        steps: async (page) => {
            await search(page, "support");
            await page.keyboard.press("ArrowDown");
        },
    },
    { name: "filtered", scenario: "5000-spaces", steps: (page) => by(page, "filter").fill("billing handbook 1") },
    {
        name: "failure",
        scenario: "errors",
        steps: async (page) => {
            await by(page, "sync").click();
            await by(page, "failure").waitFor();
        },
    },
    {
        name: "search",
        everyLook: true,
        scenario: "connected",
        steps: (page) => search(page, "who tells support after a configuration change"),
    },
    { name: "search-long", scenario: "preparing", steps: (page) => search(page, "renew certificate by hand") },
    { name: "search-none", scenario: "connected", steps: (page) => search(page, "xylophone") },
    { name: "search-nothing-synced", scenario: "never", steps: (page) => search(page, "crash looping") },
    {
        name: "search-failed",
        scenario: "errors",
        steps: async (page) => {
            await by(page, "search").fill("crash");
            await page.getByRole("alert").waitFor();
        },
    },
    {
        name: "files-reading",
        scenario: "files",
        steps: async (page) => {
            await by(page, "add-folder").click();
            await by(page, "source-4").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "files-remove-dialog",
        scenario: "files",
        steps: async (page) => {
            await by(page, "remove-source-1").click();
            await by(page, "remove-source-dialog").waitFor();
        },
    },
    {
        name: "files-removed",
        scenario: "files",
        steps: async (page) => {
            await by(page, "remove-source-2").press("Enter");
            await by(page, "confirm-remove-source").press("Enter");
            await page.locator(`[data-testid="remove-source-3"]:focus`).waitFor();
        },
    },
    {
        name: "files-problems-named",
        everyLook: true,
        scenario: "files_problems",
        steps: async (page) => {
            for (const summary of await page.locator("summary").all()) await summary.click();
            await by(page, "source-1").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "files-scripts",
        scenario: "files_problems",
        steps: (page) => by(page, "source-5").scrollIntoViewIfNeeded(),
    },
    {
        name: "files-last",
        scenario: "files_problems",
        steps: (page) => by(page, "source-12").scrollIntoViewIfNeeded(),
    },
    {
        name: "files-failure",
        scenario: "errors",
        steps: async (page) => {
            await by(page, "add-folder").click();
            await by(page, "failure").waitFor();
            await by(page, "failure").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "files-search",
        scenario: "files",
        steps: async (page) => {
            await search(page, "travel expenses before you book");
            await page.keyboard.press("ArrowDown");
        },
    },
    ...settingsViews,
    ...pagesViews,
    ...roomViews,
];

export const views = [...still, ...reached];
