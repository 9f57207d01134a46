/** The import desk: shows how far an import at work is; leads from doubt to doubt; mends a question where it stands. */
import { send } from "./http.js";
import { announce } from "./announce.js";

const PAUSE_MS = 1000;
const MOST_LOOKS = 3600;

const box = document.querySelector("#import");
const desk = document.querySelector("#desk");

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

// From doubt to doubt

const doubtful = () => [...desk.querySelectorAll(".desk-item.is-doubtful")];

/** The doubtful question next to where the reader is, in one direction. */
function nextDoubt(step) {
    const here = document.activeElement.closest?.(".desk-item");
    const all = doubtful();
    if (!here) return step > 0 ? all.find((item) => item.getBoundingClientRect().bottom > 0) ?? all[0] : undefined;
    const isBeyond = (item) => Boolean(here.compareDocumentPosition(item) & (step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
    return (step > 0 ? all : all.reverse()).find((item) => item !== here && isBeyond(item));
}

function go(step) {
    const found = nextDoubt(step);
    const links = document.querySelector("[data-doubts]");
    const elsewhere = step > 0 ? links?.dataset.after : links?.dataset.before;
    if (found) reach(found);
    else if (elsewhere) window.location.assign(elsewhere);
    else announce(JSON.parse(desk.dataset.words).end);
}

function reach(item) {
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
}

function useBar() {
    const bar = document.querySelector("[data-doubts]");
    if (bar) bar.hidden = false;
}

document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step;
    if (step) go(Number(step));
});

document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!desk || !step || !event.altKey || event.ctrlKey || event.metaKey || event.target.matches("select")) return;
    event.preventDefault();
    go(step);
});

// Mending in place

async function mend(form) {
    const item = form.closest(".desk-item");
    const words = JSON.parse(desk.dataset.words);
    let answer;
    let page;
    try {
        answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
        page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
        return complain(form, words.failed);
    }
    if (!answer.ok) return complain(form, page.querySelector("main h1 + p")?.textContent ?? words.failed);
    for (const id of ["desk-title", "desk-tally", "desk-head"]) {
        const [now, then] = [page.getElementById(id), document.getElementById(id)];
        if (now && then) then.replaceWith(document.adoptNode(now));
    }
    useBar();
    const place = item.id;
    const stays = page.getElementById(place) !== null;
    for (const then of desk.querySelectorAll(".desk-item")) {
        const now = page.getElementById(then.id);
        const isTyped = [...then.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
        const isStale = then.id === place || (now?.className !== then.className && !isTyped);
        if (now && isStale) then.replaceWith(document.adoptNode(now));
    }
    if (!stays) settle(item, words.settled);
    reach(document.getElementById(place));
    return undefined;
}

/** A question that is no longer among the doubtful ones leaves a line where it stood. */
function settle(item, words) {
    const title = item.querySelector("h3").firstChild.textContent.trim();
    item.classList.remove("is-doubtful");
    item.replaceChildren(Object.assign(document.createElement("p"), { className: "row", textContent: `✓ ${title}: ${words}` }));
    item.removeAttribute("aria-labelledby");
}

function complain(form, words) {
    form.querySelector(".field-error")?.remove();
    const line = Object.assign(document.createElement("p"), { className: "field-error", textContent: words });
    line.setAttribute("role", "alert");
    form.append(line);
}

if (box) void watch();
if (desk) {
    useBar();
    desk.addEventListener("submit", (event) => {
        if (!event.target.matches("[data-in-place]")) return;
        event.preventDefault();
        void mend(event.target);
    });
    if (window.location.hash.startsWith("#item-")) document.getElementById(window.location.hash.slice(1))?.focus();
}
