/** The workbench of a quiz without reloading: every button by fetch, every button by a key, focus kept. */
import { announce } from "./announce.js";

const PART = { "X-Workbench": "1", Accept: "text/html" };
const dialog = document.getElementById("bench-dialog");
const content = document.getElementById("bench-dialog-content");
const keys = document.getElementById("bench-keys");
const keysOn = document.getElementById("keys-on");
const bench = () => document.getElementById("workbench");
const items = () => [...bench().querySelectorAll("[data-item]")];
let current = Number(location.hash.match(/^#item-(\d+)$/)?.[1] ?? 1);
let isBusy = false;

keysOn.checked = localStorage.getItem("workbench-keys") !== "off";
document.documentElement.classList.add("js-on");

function itemAt(position) {
    const all = items();
    return all[Math.min(Math.max(position, 1), all.length) - 1];
}

/** Go to a question: focus it, bring it into view, mark it in the strip. */
function goTo(position, { scrolls = true } = {}) {
    const item = itemAt(position);
    if (!item) return;
    current = Number(item.dataset.item);
    item.focus({ preventScroll: true });
    if (scrolls) item.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    mark();
}

function mark() {
    for (const bar of bench().querySelectorAll("[data-go]")) bar.classList.toggle("is-current", Number(bar.dataset.go) === current);
}

function reveal() {
    for (const button of bench().querySelectorAll("[data-keys]")) button.hidden = false;
}

/** Put the new workbench in the place of the old one; questions that did not change stay the nodes that they are. */
function replaceBench(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("workbench");
    if (!fresh) return null;
    const kept = new Map(items().map((item) => [item.outerHTML, item]));
    for (const item of fresh.querySelectorAll("[data-item]")) {
        const same = kept.get(item.outerHTML);
        if (same) item.replaceWith(same);
    }
    const open = [...bench().querySelectorAll("details")].map((one) => one.open);
    bench().replaceWith(fresh);
    [...fresh.querySelectorAll("details")].forEach((one, place) => { one.open = open[place] ?? one.open; });
    reveal();
    return fresh;
}

/** What to focus again after a step: the same control of the question, or the question itself. */
function controlOf(element) {
    const name = element?.getAttributeNames?.().find((one) => one.startsWith("data-key-"));
    return name ? `[${name}]` : null;
}

async function takeStep(form, submitter, from = submitter) {
    if (isBusy) return;
    isBusy = true;
    bench().setAttribute("aria-busy", "true");
    const body = new FormData(form, submitter);
    const control = controlOf(document.activeElement === from ? from : null);
    const isInBar = Boolean(submitter?.closest(".bench-bar, .bench-summary"));
    try {
        const answer = await fetch(submitter?.getAttribute("formaction") ?? form.action, { method: "POST", body, headers: PART, credentials: "same-origin" });
        const fresh = replaceBench(await answer.text());
        if (!fresh) throw new Error(String(answer.status));
        if (dialog.open) dialog.close();
        showDone(fresh, control, isInBar);
    } catch {
        say(dialog.dataset.failed);
    } finally {
        isBusy = false;
        bench().removeAttribute("aria-busy");
    }
}

function showDone(fresh, control, isInBar) {
    const at = Number(fresh.dataset.at) || current;
    const again = control && (isInBar ? fresh.querySelector(control) : itemAt(at)?.querySelector(control));
    current = at;
    if (again && !again.disabled) {
        again.focus({ preventScroll: isInBar });
        if (isInBar) itemAt(at)?.scrollIntoView({ block: "nearest" });
        mark();
    } else {
        goTo(at);
    }
    announce(fresh.dataset.said);
    if (!fresh.hasAttribute("data-wrong")) fade(document.getElementById("bench-said"));
}

/** What went well needs no reading for long; what went wrong stays until the next step. */
function fade(line) {
    window.setTimeout(() => { line.hidden = true; }, 6000);
}

function say(text) {
    const line = document.getElementById("bench-said");
    line.hidden = false;
    line.textContent = text;
    announce(text);
}

async function fill(address) {
    const answer = await fetch(address, { headers: PART, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

async function openDialog(address) {
    try {
        const body = await fill(address);
        content.replaceChildren(...body.childNodes);
    } catch {
        say(dialog.dataset.failed);
        return;
    }
    dialog.showModal();
    (content.querySelector('input[type="search"]') ?? content.querySelector(".choices button:enabled") ?? content.querySelector("[data-close]"))?.focus();
}

let wanted = 0;

/** Search while one types: only the newest answer is shown. */
async function search(address) {
    const mine = ++wanted;
    try {
        const body = await fill(address);
        if (mine === wanted) content.querySelector("[data-results]").replaceChildren(...body.querySelector("[data-results]").childNodes);
    } catch {
        say(dialog.dataset.failed);
    }
}

function searchForm(form) {
    search(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
}

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-find]") && content.contains(form)) {
        event.preventDefault();
        searchForm(form);
    } else if (form.method === "post" && (bench().contains(form) || content.contains(form))) {
        event.preventDefault();
        takeStep(form, event.submitter);
    }
});

document.addEventListener("change", (event) => {
    const form = document.getElementById("bench");
    if (event.target.matches("[data-key-marks]")) takeStep(form, form.querySelector("[data-save-marks]"), event.target);
});

let typing = 0;
content.addEventListener("input", (event) => {
    const form = event.target.closest("[data-find]");
    window.clearTimeout(typing);
    if (form) typing = window.setTimeout(() => searchForm(form), 250);
});

document.addEventListener("click", (event) => {
    const target = event.target;
    const link = target.closest("a");
    if (target.closest("[data-close]")) target.closest("dialog").close();
    else if (target.closest("[data-keys]")) keys.showModal();
    else if (target.closest("[data-go]")) goTo(Number(target.closest("[data-go]").dataset.go));
    else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        if (link.hasAttribute("data-dialog")) {
            event.preventDefault();
            openDialog(link.href);
        } else if (content.contains(link) && link.closest(".paging")) {
            event.preventDefault();
            search(link.href);
        }
    }
});

for (const one of [dialog, keys]) one.addEventListener("close", () => goTo(current, { scrolls: false }));
keysOn.addEventListener("change", () => localStorage.setItem("workbench-keys", keysOn.checked ? "on" : "off"));

document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.("[data-item]");
    if (item) { current = Number(item.dataset.item); mark(); }
});

/** Press the button of the current question, or of the bar. */
function press(name) {
    const item = itemAt(current);
    const button = item?.querySelector(`[data-key-${name}]`) ?? bench().querySelector(`[data-key-${name}]`);
    if (button && !button.disabled) button.click();
}

function editMarks() {
    const input = itemAt(current)?.querySelector("[data-key-marks]");
    input?.focus();
    input?.select();
}

const LETTERS = {
    j: () => goTo(current + 1), k: () => goTo(current - 1), l: () => press("lock"), s: () => press("swap"), c: () => press("choose"),
    m: editMarks, "/": () => press("add"), "?": () => keys.showModal(),
};
const ON_ITEM = {
    ArrowDown: () => goTo(current + 1), ArrowUp: () => goTo(current - 1), Delete: () => press("remove"),
};

/** What a key stands for; null where it belongs to the browser or to a field. */
function meaningOf(event) {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
        if (isTyping || event.altKey) return null;
        if (key === "z") return () => press(event.shiftKey ? "redo" : "undo");
        return key === "y" ? () => press("redo") : null;
    }
    if (event.altKey) {
        const name = { ArrowUp: "up", ArrowDown: "down" }[key];
        return name && !isTyping ? () => press(name) : null;
    }
    if (key === "Escape" && isTyping?.closest("[data-item]")) return () => goTo(current);
    if (isTyping) return null;
    if (event.target.matches("[data-item]") && ON_ITEM[key]) return ON_ITEM[key];
    return keysOn.checked ? LETTERS[key] ?? null : null;
}

document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const meaning = meaningOf(event);
    if (!meaning) return;
    event.preventDefault();
    if (!event.repeat || ["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) meaning();
});

reveal();
if (location.hash.startsWith("#item-")) goTo(current);
else mark();
