// Gives SCORM content the API it looks for in the windows above it. What it reports stays in this browser:
// a score from here can be forged, so it never counts as a mark.
import { opening, start } from "./frames.js";

const is2004 = document.body.matches(".player-scorm2004");
const settings = { autocommit: false, lmsCommitUrl: false, strict_errors: false, logLevel: 5, mastery_override: false };
const packageId = document.body.dataset.package;
let key = `scorm:${packageId}:0`;
let api = null;

function kept() {
    try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
        return null;
    }
}

function keep() {
    try {
        localStorage.setItem(key, JSON.stringify(api.cmi));
    } catch {
        // Without storage a lecture starts afresh next time.
    }
}

function restore() {
    const state = kept();
    if (!state) return;
    try {
        api.loadFromJSON(state, "");
        if (is2004) api.cmi.entry = "resume";
        else api.cmi.core.entry = "resume";
    } catch {
        api.reset();
    }
}

opening.addEventListener("open", (event) => {
    key = `scorm:${packageId}:${event.detail}`;
    api = is2004 ? new window.Scorm2004API(settings) : new window.Scorm12API(settings);
    restore();
    const prefix = is2004 ? "" : "LMS";
    for (const name of [`${prefix}Commit`, is2004 ? "Terminate" : "LMSFinish"]) api.on(name, keep);
    if (is2004) window.API_1484_11 = api;
    else window.API = api;
});

window.addEventListener("pagehide", () => api && keep());
start();
