/** Choosing filters, tabs, sorts and pages without leaving the page. Addresses stay what the links say. */
import { announce } from "./announce.js";

const SWAPPED = ["results", "kept-filters"];
const HEADER_LINKS = "a[hreflang]";

let asked = 0;

const region = () => document.getElementById("results");

function swappable(event) {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = isPlain && !event.defaultPrevented && event.target.closest("#results a");
    const isOurs = link && (link.dataset.swap || link.closest(".paging"));
    return isOurs ? link : null;
}

/** Which groups and drawers are open, so that they stay so. */
function openness() {
    return new Map([...region().querySelectorAll("details[data-facet], .drawer")].map((one) => [one.dataset.facet ?? "drawer", one.open]));
}

function keepOpenness(kept) {
    for (const one of region().querySelectorAll("details[data-facet], .drawer")) {
        const wasOpen = kept.get(one.dataset.facet ?? "drawer");
        if (wasOpen !== undefined) one.open = wasOpen;
    }
}

async function show(address, { key = "", isPaging = false, isBack = false } = {}) {
    const number = ++asked;
    region().setAttribute("aria-busy", "true");
    let page;
    try {
        const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!page.getElementById("results")) throw new Error("not a search page");
    } catch {
        window.location.assign(address);
        return;
    }
    if (number !== asked) return;
    const kept = openness();
    const held = isBack ? heldKey() : key;
    for (const id of SWAPPED) document.getElementById(id)?.replaceWith(document.adoptNode(page.getElementById(id)));
    document.querySelectorAll(HEADER_LINKS).forEach((link, place) => {
        const other = page.querySelectorAll(HEADER_LINKS)[place];
        if (other) link.href = other.href;
    });
    document.title = page.title;
    keepOpenness(kept);
    const typed = page.getElementById("search-text");
    const input = document.getElementById("search-text");
    if (input && typed && document.activeElement !== input) input.value = typed.value;
    announce(region().dataset.said ?? "");
    settle(held, isPaging);
}

/** What the keyboard is on, when that goes with the old result: else going back would lose its place. */
function heldKey() {
    const held = region().contains(document.activeElement) ? document.activeElement : null;
    return held && (held.dataset.swap ?? "a place of its own");
}

/** Keep the keyboard where it was: on the same filter, else on the count of hits. */
function settle(key, isPaging) {
    if (!key && !isPaging) return;
    const same = key && !isPaging ? region().querySelector(`[data-swap="${CSS.escape(key)}"]`) : null;
    const place = same?.checkVisibility?.() === false ? null : same;
    (place ?? document.getElementById("count") ?? region()).focus({ preventScroll: !isPaging });
    if (isPaging) region().scrollIntoView({ block: "start" });
}

document.addEventListener("click", (event) => {
    const link = swappable(event);
    if (!link) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    show(link.href, { key: link.dataset.swap ?? "", isPaging: Boolean(link.closest(".paging")) });
});

window.addEventListener("popstate", () => show(window.location.href, { isBack: true }));
