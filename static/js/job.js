/** The page of a job: shows how far it is, and the finished page when it is over. */
import { send } from "./http.js";

const PAUSE_MS = 1500;
const MOST_LOOKS = 2400;

const box = document.querySelector("#job");

async function watch() {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
        await new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS));
        let job;
        try {
            job = await send("GET", `/api/jobs/${box.dataset.job}`);
        } catch {
            continue; // the line is away for a moment
        }
        if (job.is_over) return window.location.reload();
        const bar = box.querySelector("progress");
        if (job.total_count && !bar) return window.location.reload();
        if (bar) {
            bar.max = job.total_count || 1;
            bar.value = job.done_count;
            const words = box.querySelectorAll(".progress p span");
            if (words.length === 2) words[1].textContent = `${job.done_count.toLocaleString(document.documentElement.lang)} / ${job.total_count.toLocaleString(document.documentElement.lang)}`;
        }
    }
    return undefined;
}

if (box?.dataset.over === "no") watch();
