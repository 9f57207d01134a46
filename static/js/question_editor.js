/** The question editor: a preview that follows the typing, pictures pasted or dropped where the cursor is. */
import { csrfToken, send } from "./http.js";
import { announce } from "./announce.js";

const WAIT_MS = 500;
const form = document.querySelector("[data-question-editor]");
const preview = document.getElementById("preview");
let timer = 0;
let asked = 0;

/** The form without its files: what a preview needs. */
function fields() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") body.append(name, value);
    }
    return body;
}

async function refresh() {
    const mine = ++asked;
    const answer = await fetch(preview.dataset.preview, {
        method: "POST",
        body: fields(),
        headers: { "X-CSRFToken": csrfToken(), Accept: "text/html" },
        credentials: "same-origin",
    }).catch(() => null);
    if (answer?.ok && mine === asked) preview.innerHTML = await answer.text();
}

/** Show only what the chosen type needs. */
function fitToType() {
    const type = form.elements.type.value;
    const isShort = type === "short-answer";
    for (const row of form.querySelectorAll("[data-part]")) {
        row.querySelector(".part-true").hidden = isShort;
        row.querySelector(".part-lock").hidden = isShort || type === "true-false";
    }
    for (const name of ["answer_kind", "tolerance"]) {
        form.elements[name].closest(".field").hidden = !isShort;
    }
}

async function insertImage(area, file) {
    const body = new FormData();
    body.append("image", file);
    try {
        const { markup } = await send("POST", preview.dataset.images, body);
        area.setRangeText(markup, area.selectionStart, area.selectionEnd, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
    } catch (error) {
        announce(`${preview.dataset.failed} ${error.message}`);
    }
}

function imagesIn(transfer) {
    return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

for (const kind of ["paste", "drop"]) {
    form.addEventListener(kind, (event) => {
        const files = imagesIn(event.clipboardData ?? event.dataTransfer);
        if (!(event.target instanceof HTMLTextAreaElement) || !files.length) return;
        event.preventDefault();
        for (const file of files) void insertImage(event.target, file);
    });
}

form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, WAIT_MS);
});
form.elements.type.addEventListener("change", fitToType);
/* One right option only: ticking another one moves the mark. */
form.addEventListener("change", (event) => {
    if (form.elements.type.value !== "single-choice" || !event.target.name?.startsWith("true-") || !event.target.checked) return;
    for (const other of form.querySelectorAll('input[name^="true-"]')) {
        if (other !== event.target) other.checked = false;
    }
});
fitToType();
if (form.elements.stem.value) void refresh();
