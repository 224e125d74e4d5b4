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
].map((scenario) => ({ name: scenario, scenario, steps: async () => {} }));

const by = (page, id) => page.locator(`[data-testid="${id}"]`);

async function search(page, text) {
    await by(page, "search").fill(text);
    await by(page, "search-status")
        .filter({ hasText: /ms|Search everything/ })
        .waitFor();
    await page.waitForTimeout(250);
}

const reached = [
    {
        name: "unsaved",
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
    { name: "settings", scenario: "connected", steps: (page) => by(page, "nav-settings").click() },
    { name: "contexts", scenario: "connected", steps: (page) => by(page, "nav-contexts").click() },
    { name: "agents", scenario: "connected", steps: (page) => by(page, "nav-agents").click() },
    { name: "meetings", scenario: "connected", steps: (page) => by(page, "nav-meetings").click() },
];

export const views = [...still, ...reached];
