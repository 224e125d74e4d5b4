// From the first start to an answer with the keyboard alone: every stop is reached by Tab or an arrow, and can be seen.

const MOST_STOPS = 90;

/** Where the keyboard is: what it is called for the story, and whether a person can see it. */
export function here() {
    const node = document.activeElement;
    const ringed = (element) => getComputedStyle(element).outlineStyle !== "none";
    return {
        id: node?.closest("[data-testid]")?.getAttribute("data-testid") ?? node?.tagName ?? "",
        seen: node === null || node === document.body || ringed(node) || ringed(node.parentElement ?? node),
    };
}

export async function stop(page, faults) {
    const at = await page.evaluate(here);
    if (!at.seen) faults.push(`the keyboard on ${at.id} can't be seen`);
    return at;
}

export async function tabTo(page, faults, selector, key = "Tab") {
    for (let stops = 0; stops < MOST_STOPS; stops++) {
        await page.keyboard.press(key);
        await stop(page, faults);
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    }
    throw new Error(`the keyboard does not reach ${selector}`);
}

export const id = (name) => `[data-testid="${name}"]`;

async function connectAndSync(page, faults) {
    await tabTo(page, faults, id("try-sample"));
    await page.keyboard.press("Enter");
    await page.locator("[role=grid]").waitFor();
    await tabTo(page, faults, "[data-row-focus]");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await stop(page, faults);
    await tabTo(page, faults, id("save-selection"));
    await page.keyboard.press("Enter");
    await page.locator(id("sync")).waitFor();
    await tabTo(page, faults, id("sync"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(id("sync-status")).filter({ hasText: "Synced just now" }).waitFor({ timeout: 60_000 });
}

async function searchAndOpen(context, page, faults) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("who tells support");
    await page.locator(id("hit")).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await stop(page, faults);
    const [opened] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("Enter")]);
    await opened.close();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
}

async function listAndDetails(page, faults) {
    await tabTo(page, faults, id("nav-integrations"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, faults, id("pages-ready"));
    await page.keyboard.press("Enter");
    await page.locator(`${id("pages-grid")} [data-index="1"]`).waitFor();
    await tabTo(page, faults, id("pages-filter"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(id("page-details")).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(`[data-index="1"] button:focus`).waitFor();
}

async function changeSetting(page, faults) {
    await tabTo(page, faults, id("nav-settings"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, faults, id("schedule"));
    await page.keyboard.press("ArrowDown");
    await tabTo(page, faults, id("battery"));
    await page.keyboard.press("Space");
    const kept = await page.evaluate(() => [
        document.querySelector('[data-testid="schedule"]').value,
        document.querySelector('[data-testid="battery"]').checked,
    ]);
    if (String(kept) !== "8,true") faults.push(`the settings are ${kept} after the keyboard changed them`);
}

/** Opens a new window of a browser and tells a story in it; answers what went wrong. */
export async function tell(browser, origin, scenario, story) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    await context.route(
        (url) => url.origin !== origin,
        (route) => route.abort(),
    );
    const page = await context.newPage();
    const faults = [];
    try {
        await page.goto(`${origin}/?scenario=${scenario}`);
        await page.locator("main h1").first().waitFor();
        await story(context, page, faults);
    } catch (error) {
        const at = await page.evaluate(here).catch(() => null);
        faults.push(`${error.message.split("\n")[0]} (the keyboard is on ${at?.id})`);
    }
    await context.close();
    return faults;
}

/** From the first start to an answer and a changed setting. */
export function tellByKeyboard(browser, origin) {
    return tell(browser, origin, "never", async (context, page, faults) => {
        await connectAndSync(page, faults);
        await searchAndOpen(context, page, faults);
        await listAndDetails(page, faults);
        await changeSetting(page, faults);
    });
}
