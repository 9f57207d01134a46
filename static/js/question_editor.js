/** The question editor: a preview and advice that follow the typing, formulas, pictures, and text that is never lost. */
import { csrfToken } from "./http.js";
import { announce } from "./announce.js";
import { keepDraft } from "./drafts.js";
import { usePalette } from "./formula_palette.js";
import { usePictures } from "./editor_pictures.js";

const WAIT_MS = 500;
const form = document.querySelector("[data-question-editor]");
const preview = document.getElementById("preview");
const words = JSON.parse(preview.dataset.words);
const statements = (letter) => `${letter.toLowerCase()})`;
let timer = 0;
let asked = 0;
let told = 0;
let offered = 0;

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
    if (!answer?.ok || mine !== asked) return;
    preview.innerHTML = await answer.text();
    advise();
}

/** Put every piece of advice below the field it is about. */
function advise() {
    const boxes = [...form.querySelectorAll(".field-advice")];
    for (const box of boxes) {
        const found = [...preview.querySelectorAll(`[data-field="${box.id.replace("-advice", "")}"]`)];
        box.replaceChildren(...found.map((one) => Object.assign(document.createElement("span"), { textContent: one.textContent.trim() })));
        box.hidden = !found.length;
    }
    const count = preview.querySelectorAll("[data-field]").length;
    if (count !== told) announce(words.notices.replace("{count}", count));
    told = count;
}

/** From a piece of advice to the words that it is about. */
preview.addEventListener("click", (event) => {
    const one = event.target.closest("[data-field]");
    const field = one && document.getElementById(one.dataset.field);
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    const at = field.value?.indexOf(one.dataset.find) ?? -1;
    if (one.dataset.find && at >= 0) field.setSelectionRange(at, at + one.dataset.find.length);
});

/** Show only what the chosen type needs, and call the rows what they are. */
function fitToType() {
    const type = form.elements.type.value;
    const isShort = type === "short-answer";
    for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(type);
    form.querySelectorAll("[data-part]").forEach((row, place) => {
        const letter = "ABCDEFGH"[place];
        const name = isShort ? (place ? words.also : words.values) : type === "true-false" ? statements(letter) : letter;
        row.querySelector(".part-letter").textContent = name;
        row.classList.toggle("is-value", isShort);
        row.querySelector(".part-true").hidden = isShort;
        row.querySelector(".part-lock").hidden = isShort || type === "true-false";
        row.querySelector(".picture-input").hidden = isShort;
    });
    form.querySelector(".more-parts").hidden = type === "true-false";
}

/** Topics follow subject and grade, levels the programme. */
async function followChoices(event) {
    if (!["subject", "grade", "programme"].includes(event.target.name)) return;
    const wanted = new URLSearchParams(fields());
    const mine = ++offered;
    const answer = await fetch(`${form.querySelector("[data-choices]").dataset.choices}?${new URLSearchParams(
        ["subject", "grade", "programme", "topic", "level"].map((name) => [name, wanted.get(name) ?? ""]),
    )}`).catch(() => null);
    if (!answer?.ok || mine !== offered) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const levels = page.getElementById("level");
    for (const list of form.querySelectorAll("[data-statement-level]")) if (levels) offerLevels(list, levels);
    for (const name of ["topic", "level"]) {
        const list = page.getElementById(name);
        if (!list) return;
        const chosen = form.elements[name].value;
        form.elements[name].innerHTML = list.innerHTML;
        if ([...form.elements[name].options].some((option) => option.value === chosen)) form.elements[name].value = chosen;
    }
}

/** The levels of another programme, for one statement: its own choice stays where the programme has it. */
function offerLevels(list, levels) {
    const chosen = list.value;
    const none = list.options[0];
    list.replaceChildren(none, ...[...levels.options].slice(1).map((option) => new Option(option.text, option.value)));
    list.value = [...list.options].some((option) => option.value === chosen) ? chosen : "";
}

const clock = (at) => at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

function useDrafts() {
    const box = document.getElementById("restored");
    const draft = keepDraft(form, {
        restored(at) {
            const text = box.querySelector("[data-restored-words]");
            const day = at.toLocaleDateString(document.documentElement.lang);
            text.textContent = text.textContent.replace("{at}", `${clock(at)} ${day}`);
            box.hidden = false;
            void followChoices({ target: form.elements.subject });
        },
        kept(at) {
            form.querySelector("[data-kept]").textContent = words.kept.replace("{at}", clock(at));
        },
    });
    box.querySelector("[data-drop-draft]").addEventListener("click", () => {
        draft.drop();
        box.hidden = true;
        follow();
        form.elements.stem.focus();
    });
}

/** What the fields say, everywhere else on the page. */
function follow() {
    fitToType();
    pictures.showAll();
    void refresh();
}

for (const box of form.querySelectorAll(".field-advice")) {
    const field = document.getElementById(box.id.replace("-advice", ""));
    const about = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    field.setAttribute("aria-describedby", [...about.add(box.id)].join(" "));
}
for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
form.querySelector("[data-editor-tools]").hidden = false;
if (document.getElementById("restored")) useDrafts();
const pictures = usePictures(form, { images: preview.dataset.images, media: preview.dataset.media }, words);
usePalette(form, document.getElementById("palette"), form.querySelector("[data-open-palette]"));
form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, WAIT_MS);
});
form.addEventListener("change", followChoices);
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
