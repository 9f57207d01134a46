/** The page of a repair: shows how many sittings are marked again, and the finished page when all are. */
import { send } from "./http.js";

const PAUSE_MS = 1500;
const MOST_LOOKS = 2400;

const box = document.querySelector("[data-repair]");

async function watch() {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
        await new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS));
        let repair;
        try {
            repair = await send("GET", `/api/repairs/${box.dataset.repair}`);
        } catch {
            continue; // the line is away for a moment
        }
        if (repair.finished_at) return window.location.reload();
        const bar = box.querySelector("progress");
        const done = repair.gains + repair.losses + repair.stays;
        bar.max = done + repair.left || 1;
        bar.value = done;
        const number = (value) => value.toLocaleString(document.documentElement.lang);
        box.querySelectorAll(".progress p span")[1].textContent = `${number(done)} / ${number(done + repair.left)}`;
    }
    return undefined;
}

if (box) void watch();
