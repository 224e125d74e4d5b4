// From a context to an exported meeting with the keyboard alone.
import { id, stop, tabTo, tell } from "./story.mjs";

/** Pixels from the top of the talk. */
const READ_AT = 100;

async function go(page, faults, room, shows) {
    await tabTo(page, faults, id(`nav-${room}`), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(shows).first().waitFor();
    await page.locator("[data-page-title]:focus").waitFor();
}

async function makeContext(page, faults) {
    await go(page, faults, "contexts", id("new-context"));
    await tabTo(page, faults, id("new-context"));
    await page.keyboard.press("Enter");
    await page.locator(id("source-tree")).waitFor();
    await tabTo(page, faults, '[name="context-name"]');
    await page.keyboard.type("Runbooks");
    await tabTo(page, faults, "[type=radio]");
    await page.keyboard.press("ArrowRight");
    await stop(page, faults);
    await tabTo(page, faults, "[role=treeitem]");
    await page.keyboard.press("ArrowRight");
    await page.locator('[role=treeitem][aria-level="2"]').first().waitFor();
    await page.keyboard.type("plat");
    await page.keyboard.press("Space");
    await page.locator('[role=treeitem][aria-checked="true"]:focus').waitFor();
    await stop(page, faults);
    await tabTo(page, faults, id("save"));
    await page.keyboard.press("Enter");
    await page.locator('[data-testid^="context-"]').first().waitFor();
}

async function makeAgent(page, faults) {
    await go(page, faults, "agents", id("new-agent"));
    await tabTo(page, faults, id("new-agent"));
    await page.keyboard.press("Enter");
    await tabTo(page, faults, '[name="agent-name"]');
    await page.keyboard.type("Scout");
    await tabTo(page, faults, '[data-testid^="agent-context-"]');
    await page.keyboard.press("Space");
    await tabTo(page, faults, id("sensitivity"));
    await page.keyboard.press("ArrowRight");
    await tabTo(page, faults, id("save"));
    await page.keyboard.press("Enter");
    await page.locator('[name="sentence"]').waitFor();
    await tabTo(page, faults, '[name="sentence"]', "Shift+Tab");
    await page.keyboard.type("What if a pod is crash looping?");
    await page.keyboard.press("Enter");
    await page.locator(id("trial")).waitFor();
}

async function meet(context, page, faults) {
    await go(page, faults, "meetings", id("start-panel"));
    await tabTo(page, faults, '[name="meeting-title"]');
    await page.keyboard.type("Incident review");
    await tabTo(page, faults, id("start-meeting"));
    await page.keyboard.press("Enter");
    await page.locator(id("running-meeting")).waitFor();
    await page.locator("[data-page-title]:focus").waitFor();
    await tabTo(page, faults, id("say"));
    await page.keyboard.type("What are the symptoms when a pod restarts?");
    await page.keyboard.press("Enter");
    await page.locator(id("card-1")).waitFor();
    await tabTo(page, faults, id("pin-1"));
    await page.keyboard.press("Space");
    await page.locator(`${id("pin-1")}[aria-pressed="true"]:focus`).waitFor();
    await tabTo(page, faults, id("open-hit"));
    const [opened] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("Enter")]);
    await opened.close();
}

/** What was read when its room was left is what is seen on coming back. */
async function comeBack(page, faults) {
    const talk = Array.from({ length: 60 }, (_, line) => `This is line ${line} of a long talk.`);
    await tabTo(page, faults, id("say"), "Shift+Tab");
    await page.locator(id("say")).fill(talk.join("\n"));
    await page.keyboard.press("Enter");
    await page.getByText("line 59 of").waitFor();
    await tabTo(page, faults, id("transcript"), "Shift+Tab");
    await page.locator(id("transcript")).evaluate((node, at) => (node.scrollTop = at), READ_AT);
    await page.locator(id("jump")).waitFor();
    await go(page, faults, "settings", id("schedule"));
    await go(page, faults, "meetings", id("running-meeting"));
    const now = await page.locator(id("transcript")).evaluate((node) => node.scrollTop);
    if (now !== READ_AT) faults.push(`read at ${READ_AT}, came back to ${now}`);
}

async function end(page, faults) {
    await tabTo(page, faults, id("end-meeting"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(id("ended-cards")).waitFor();
    await tabTo(page, faults, id("export-meeting"));
    await page.keyboard.press("Enter");
    await page.getByText("The meeting was exported.").waitFor();
    await tabTo(page, faults, id("back"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Incident review").first().waitFor();
}

/** Makes a context and an agent, holds a meeting with it and takes it along. */
export function tellOfMeeting(browser, origin) {
    return tell(browser, origin, "connected", async (context, page, faults) => {
        await makeContext(page, faults);
        await makeAgent(page, faults);
        await meet(context, page, faults);
        await comeBack(page, faults);
        await end(page, faults);
    });
}
