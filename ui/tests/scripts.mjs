import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What all scripts of the window may weigh, compressed. */
const MOST = 150_000;

/** The compressed size of every script that is shipped, both languages among them. */
export function weighScripts(dist) {
    const folder = join(dist, "assets");
    const sizes = readdirSync(folder)
        .filter((name) => name.endsWith(".js"))
        .map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return { total, faults: total > MOST ? [`the scripts weigh ${total} bytes compressed, more than ${MOST}`] : [] };
}
