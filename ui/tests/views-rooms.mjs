/** The rooms of contexts, agents and meetings, and the section of answers, in each of their states. */
const by = (page, id) => page.locator(`[data-testid="${id}"]`);

/** Goes to a room by the rail; `shows` is what stands there once it is fetched. */
async function room(page, name, shows) {
    await by(page, `nav-${name}`).click();
    await page.locator(shows).first().waitFor();
}

const contexts = (page) => room(page, "contexts", '[data-testid^="context-"]');
const agents = (page) => room(page, "agents", '[data-testid^="agent-"]');
const meetings = (page) => room(page, "meetings", '[data-testid^="meeting-"]');
const key = (...ids) => `[data-testid='tree-${JSON.stringify(ids)}']`;
const SITE = "site-acme";

async function openTree(page, ...paths) {
    for (const path of paths) {
        await page.locator(`${path} [data-turn]`).click();
        await page.locator(`${path}[aria-expanded="true"]`).waitFor();
    }
}

async function running(page, wants = '[data-testid="running-meeting"]') {
    await by(page, "meeting-running").click();
    await page.locator(wants).first().waitFor();
}

async function cards(page) {
    await running(page);
    if (await by(page, "pane-cards").isVisible()) await by(page, "pane-cards").click();
    await by(page, "places").waitFor();
}

/** To where nothing is half behind the bar at the bottom. */
async function atEnd(page) {
    await page.locator("main").evaluate((node) => node.scrollTo(0, node.scrollHeight));
}

async function german(page) {
    await by(page, "nav-settings").click();
    await by(page, "language").selectOption("de");
    await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
}

async function answers(page) {
    await by(page, "nav-settings").click();
    await page.locator("#answers").evaluate((node) => node.scrollIntoView({ block: "start" }));
    await by(page, "answers-on").check();
    await by(page, "check-answers").waitFor();
}

const contextViews = [
    { name: "contexts", scenario: "connected", steps: (page) => room(page, "contexts", '[data-testid="no-contexts"]') },
    { name: "contexts-list", scenario: "rooms", steps: contexts },
    { name: "contexts-troubled", scenario: "rooms_troubled", steps: contexts, everyLook: true },
    { name: "contexts-failed", scenario: "errors", steps: (page) => room(page, "contexts", '[role="alert"]') },
    {
        name: "contexts-loading",
        scenario: "rooms_slow",
        steps: async (page) => {
            await room(page, "contexts", "text=Reading your contexts…");
        },
    },
    {
        name: "context-new",
        scenario: "connected",
        steps: async (page) => {
            await room(page, "contexts", '[data-testid="new-context"]');
            await by(page, "new-context").click();
            await by(page, "source-tree").waitFor();
        },
    },
    {
        name: "context-tree",
        scenario: "rooms",
        everyLook: true,
        steps: async (page) => {
            await contexts(page);
            await by(page, "edit-context-1").click();
            await by(page, "source-tree").waitFor();
            await openTree(page, key(SITE), key(SITE, "102"));
            await page.locator(key(SITE, "102", "102.1")).click();
            await by(page, "source-tree").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "context-1000",
        scenario: "tree_1000",
        steps: async (page) => {
            await contexts(page);
            await by(page, "edit-context-2").click();
            await by(page, "source-tree").waitFor();
            await openTree(page, key(SITE), key(SITE, "101"));
            await page.locator(key(SITE, "101")).focus();
            await page.keyboard.press("End");
            await page.keyboard.press("ArrowUp");
            await page.keyboard.press("ArrowUp");
            await page.keyboard.press("ArrowUp");
            await page.keyboard.press("ArrowUp");
        },
    },
    {
        name: "context-troubled",
        scenario: "rooms_troubled",
        steps: async (page) => {
            await contexts(page);
            await by(page, "edit-context-3").click();
            await by(page, "chosen-count").waitFor();
            await by(page, "chosen-count").evaluate((node) => node.scrollIntoView({ block: "start" }));
        },
    },
    {
        name: "context-unsaved",
        scenario: "rooms",
        steps: async (page) => {
            await contexts(page);
            await by(page, "edit-context-1").click();
            await by(page, "colour-teal").check({ force: true });
            await atEnd(page);
            await by(page, "nav-agents").click();
            await by(page, "unsaved-dialog").waitFor();
        },
    },
    {
        name: "context-delete",
        scenario: "rooms",
        steps: async (page) => {
            await contexts(page);
            await by(page, "edit-context-1").click();
            await by(page, "source-tree").waitFor();
            await atEnd(page);
            await by(page, "delete").click();
            await by(page, "delete-context-dialog").waitFor();
        },
    },
    {
        name: "context-german",
        scenario: "rooms",
        steps: async (page) => {
            await german(page);
            await contexts(page);
            await by(page, "edit-context-1").click();
            await by(page, "source-tree").waitFor();
        },
    },
];

const agentViews = [
    { name: "agents", scenario: "connected", steps: (page) => room(page, "agents", '[data-testid="no-agents"]') },
    { name: "agents-list", scenario: "rooms_troubled", steps: agents, everyLook: true },
    { name: "agents-failed", scenario: "errors", steps: (page) => room(page, "agents", '[role="alert"]') },
    {
        name: "agents-loading",
        scenario: "rooms_slow",
        steps: (page) => room(page, "agents", "text=Reading your agents…"),
    },
    {
        name: "agent-new",
        scenario: "connected",
        steps: async (page) => {
            await room(page, "agents", '[data-testid="new-agent"]');
            await by(page, "new-agent").click();
            await by(page, "add-trigger").click();
            await page.locator('[name="agent-name"]').fill("Scout");
            await by(page, "save").click();
        },
    },
    {
        name: "agent-edit",
        scenario: "rooms",
        everyLook: true,
        steps: async (page) => {
            await agents(page);
            await by(page, "edit-agent-1").click();
            await by(page, "add-trigger").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "agent-assign",
        scenario: "rooms_troubled",
        steps: async (page) => {
            await agents(page);
            await by(page, "assign-3").click();
            await page.locator('[data-testid^="agent-context-"]:focus').waitFor();
        },
    },
    {
        name: "agent-tried",
        scenario: "rooms",
        everyLook: true,
        steps: async (page) => {
            await agents(page);
            await by(page, "edit-agent-1").click();
            await page.locator('[name="sentence"]').fill("What do we do with a pod that is crash looping?");
            await by(page, "try").click();
            await by(page, "trial").waitFor();
            await by(page, "try-it").evaluate((node) => node.scrollIntoView({ block: "start" }));
        },
    },
    {
        name: "agent-tried-not",
        scenario: "rooms",
        steps: async (page) => {
            await agents(page);
            await by(page, "edit-agent-1").click();
            await page.locator('[name="sentence"]').fill("The weather was fine.");
            await by(page, "try").click();
            await by(page, "trial").waitFor();
            await by(page, "trial").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "agent-delete",
        scenario: "rooms_troubled",
        steps: async (page) => {
            await agents(page);
            await by(page, "edit-agent-2").click();
            await atEnd(page);
            await by(page, "delete").click();
            await by(page, "delete-agent-dialog").waitFor();
        },
    },
    {
        name: "agent-german",
        scenario: "rooms",
        steps: async (page) => {
            await german(page);
            await agents(page);
            await by(page, "edit-agent-1").click();
            await page.locator('[name="agent-name"]').fill("Scout und alle seine Verwandten");
        },
    },
];

const meetingViews = [
    { name: "meetings", scenario: "connected", steps: (page) => room(page, "meetings", '[data-testid="no-agent"]') },
    { name: "meetings-start", scenario: "rooms", steps: meetings, everyLook: true },
    {
        name: "meetings-start-without",
        scenario: "rooms_troubled",
        steps: async (page) => {
            await meetings(page);
            await by(page, "meeting-agent").selectOption("3");
        },
    },
    { name: "meetings-failed", scenario: "errors", steps: (page) => room(page, "meetings", '[role="alert"]') },
    {
        name: "meetings-loading",
        scenario: "rooms_slow",
        steps: (page) => room(page, "meetings", "text=Reading your meetings…"),
    },
    { name: "meetings-one-runs", scenario: "meeting_1", steps: meetings },
    { name: "meeting-0", scenario: "meeting_0", steps: (page) => running(page), everyLook: true },
    { name: "meeting-1", scenario: "meeting_1", steps: cards },
    { name: "meeting-3", scenario: "meeting_3", steps: cards, everyLook: true },
    { name: "meeting-9", scenario: "meeting_9", steps: cards, everyLook: true },
    {
        name: "meeting-9-talk",
        scenario: "meeting_9",
        steps: async (page) => {
            await running(page);
            await page.locator('[data-testid="unread"] summary').click();
            await by(page, "transcript").evaluate((node) => {
                node.scrollTop = 0;
            });
        },
    },
    {
        name: "meeting-earlier",
        scenario: "meeting_9",
        steps: async (page) => {
            await cards(page);
            await by(page, "to-earlier").click();
        },
    },
    {
        name: "meeting-pinned",
        scenario: "meeting_3",
        steps: async (page) => {
            await cards(page);
            for (const card of [1, 2, 3]) await by(page, `pin-${card}`).click();
        },
    },
    {
        name: "meeting-endpoint",
        scenario: "meeting_3",
        steps: async (page) => {
            await running(page);
            await by(page, "captions").click();
            await by(page, "endpoint-dialog").waitFor();
        },
    },
    {
        name: "meeting-listening",
        scenario: "meeting_9",
        steps: async (page) => {
            await running(page);
            await by(page, "captions").click();
            await by(page, "endpoint-dialog").waitFor();
            await page.keyboard.press("Escape");
            await by(page, "show-address").waitFor();
        },
    },
    {
        name: "meeting-elsewhere",
        scenario: "meeting_3",
        steps: (page) => by(page, "meeting-running").waitFor(),
    },
    {
        name: "meeting-ended",
        scenario: "meeting_ended",
        everyLook: true,
        steps: async (page) => {
            await meetings(page);
            await by(page, "meeting-11").click();
            await by(page, "ended-cards").waitFor();
        },
    },
    {
        name: "meeting-ended-lines",
        scenario: "meeting_ended",
        steps: async (page) => {
            await meetings(page);
            await by(page, "meeting-11").click();
            await page.getByText("The whole transcript was kept.").scrollIntoViewIfNeeded();
        },
    },
    {
        name: "meeting-ended-empty",
        scenario: "meeting_ended",
        steps: async (page) => {
            await meetings(page);
            await by(page, "meeting-14").click();
            await by(page, "export-meeting").click();
            await page.getByText("was exported").waitFor();
        },
    },
    {
        name: "meeting-delete",
        scenario: "meeting_ended",
        steps: async (page) => {
            await meetings(page);
            await by(page, "meeting-12").click();
            await by(page, "delete-meeting").click();
            await by(page, "delete-meeting-dialog").waitFor();
        },
    },
    {
        name: "meeting-german",
        scenario: "meeting_9",
        steps: async (page) => {
            await german(page);
            await cards(page);
        },
    },
];

const answerViews = [
    {
        name: "answers-off",
        scenario: "connected",
        steps: async (page) => {
            await by(page, "nav-settings").click();
            await page.locator("#answers").evaluate((node) => node.scrollIntoView({ block: "start" }));
        },
    },
    {
        name: "answers-elsewhere",
        scenario: "connected",
        everyLook: true,
        steps: async (page) => {
            await answers(page);
            await page.locator('[name="answers-url"]').fill("https://models.example.com/v1");
            await by(page, "check-answers").click();
            await by(page, "answers-model").selectOption("qwen3:8b");
            await page.locator('[name="answers-key"]').fill("secret");
            await by(page, "save-key").click();
            await by(page, "forget-key").waitFor();
        },
    },
    {
        name: "answers-unreached",
        scenario: "connected",
        steps: async (page) => {
            await answers(page);
            await page.locator('[name="answers-url"]').fill("http://localhost/nowhere");
            await by(page, "check-answers").click();
            await page.getByRole("alert").waitFor();
        },
    },
];

export const roomViews = [...contextViews, ...agentViews, ...meetingViews, ...answerViews];
