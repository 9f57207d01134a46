/** The editor of item templates: clones that follow the typing, and the fields that the chosen type needs. */
import { csrfToken } from "./http.js";
import { announce } from "./announce.js";

const WAIT_MS = 700;
const form = document.querySelector("[data-template-editor]");
const preview = document.getElementById("preview");
let timer = 0;
let asked = 0;

/** @param {string} from the number of the first clone that is shown */
async function refresh(from = "1") {
    const mine = ++asked;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") body.append(name, value);
    }
    body.append("preview", from);
    const answer = await fetch(preview.dataset.preview, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": csrfToken(), Accept: "text/html" },
        credentials: "same-origin",
    }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    preview.innerHTML = await answer.text();
    announce(preview.querySelector(".trial-count, .notice")?.textContent.trim() ?? "");
}

function fitToType() {
    const type = form.elements.type.value;
    const names = [type, `${type}-${form.elements.answer_kind.value}`];
    for (const part of form.querySelectorAll("[data-types]")) {
        part.hidden = !part.dataset.types.split(" ").some((name) => names.includes(name));
    }
}

form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, WAIT_MS);
});
for (const name of ["type", "answer_kind"]) form.elements[name].addEventListener("change", fitToType);
preview.addEventListener("click", (event) => {
    const next = event.target.closest("[data-next-clones]");
    if (!next) return;
    event.preventDefault();
    void refresh(next.value);
});
fitToType();
if (form.elements.stem.value) void refresh();
