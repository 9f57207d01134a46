/** The page of an import at work: shows how far it is, and the desk or the report when it is over. */
import { send } from "./http.js";

const PAUSE_MS = 1000;
const MOST_LOOKS = 3600;

const box = document.querySelector("#import");

async function watch() {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
        await new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS));
        let made;
        try {
            made = await send("GET", `/api/questions/imports/${box.dataset.import}`);
        } catch {
            continue; // the line is away for a moment
        }
        if (made.state !== box.dataset.state) return window.location.reload();
        show(made);
    }
    return undefined;
}

function show(made) {
    const number = (value) => value.toLocaleString(document.documentElement.lang);
    const words = box.querySelector("p");
    const bar = box.querySelector("progress");
    if (made.state === "reading") {
        words.textContent = words.textContent.replace(/[\d.,]+/, number(made.found));
        return;
    }
    bar.max = made.imported + made.waiting || 1;
    bar.value = made.imported;
    const values = [number(made.imported), number(made.waiting)];
    words.textContent = words.textContent.replace(/\d[\d.,]*\d|\d/g, () => values.shift() ?? "");
}

if (box) watch();
