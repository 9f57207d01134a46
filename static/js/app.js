/** On every page: menus that close on Esc and on a press elsewhere, forms that are sent once, filters that send themselves. */
/** How long a second press of the same button is ignored: long enough for a double click, short enough for a download. */
const HELD_MS = 3000;

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
        const hadFocus = menu.contains(document.activeElement);
        menu.open = false;
        if (hadFocus) menu.querySelector("summary").focus();
    }
});

document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("focusin", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
        event.preventDefault();
        return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => release(form), HELD_MS);
});

const release = (form) => { delete form.dataset.sent; };

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form) form.requestSubmit();
});

/* What somebody typed and did not save is theirs: whoever signs in after them on this machine does not see it. */
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => {
    try {
        for (const key of Object.keys(localStorage)) if (key.startsWith("hoclieu-draft:")) localStorage.removeItem(key);
    } catch {
        // no storage, so nothing is kept
    }
});

document.querySelector("[data-focus]")?.focus();
