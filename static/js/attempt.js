/**
 * A sitting: saves each answer as it is given, keeps it in this browser until the server has it, and counts down.
 *
 * An answer goes into localStorage before anything else, and leaves it only when the server has acknowledged it: a
 * lost line, a closed tab or a reload loses nothing. The server numbers answers; one based on an old number is
 * answered with 409 and the current answer, and the student chooses.
 */
import { announce } from "./announce.js";
import { HttpError, csrfToken, send } from "./http.js";

const form = document.getElementById("sitting");
const texts = form.dataset;
const base = `/attempts/${encodeURIComponent(texts.token)}`;
const storageKey = `hoclieu.attempt.${texts.token}`;
const TYPING_PAUSE_MS = 700;
const CHOICE_PAUSE_MS = 150;
const MAX_WAIT_MS = 30_000;

const say = (template, facts) => template.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const clock = (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour12: false, timeZone: "Asia/Ho_Chi_Minh" });

/* --- the questions on the page --------------------------------------------------------------------------------- */

/** One question that can be answered: reads and sets its fields, shows what became of its answer. */
class Question {
    constructor(section) {
        this.section = section;
        this.position = Number(section.dataset.position);
        this.type = section.dataset.type;
        this.revision = Number(section.dataset.revision);
        this.saved = section.dataset.response;
    }

    get statements() {
        return [...this.section.querySelectorAll(".statement")];
    }

    get fields() {
        return [...this.section.querySelectorAll("input:not([type=hidden])")];
    }

    /** The response in shown letters, as the server reads it. */
    get response() {
        if (this.type === "short-answer") return this.fields[0].value.trim();
        if (this.type !== "true-false") return this.fields.filter((one) => one.checked).map((one) => one.value).sort().join("");
        const judged = this.statements.map((one) => one.querySelector("input:checked")?.value ?? "-").join("");
        return /[TF]/.test(judged) ? judged : "";
    }

    set response(response) {
        if (this.type === "short-answer") this.fields[0].value = response;
        else if (this.type === "true-false") {
            this.statements.forEach((one, place) => {
                for (const field of one.querySelectorAll("input")) field.checked = field.value === response[place];
            });
        } else for (const field of this.fields) field.checked = response.includes(field.value);
    }

    /** The server has it: the page without scripts must know as well. */
    acknowledge(response, revision) {
        this.saved = response;
        this.revision = revision;
        this.section.querySelector(`[name="revision-${this.position}"]`).value = revision;
        this.section.querySelector(`[name="seen-${this.position}"]`).value = response;
    }

    show(state, text) {
        const line = this.section.querySelector("[data-saved]");
        line.dataset.state = state;
        line.textContent = text;
    }

    readable(response) {
        if (!response) return texts.textNothing;
        if (this.type !== "true-false") return response;
        return [...response].map((sign, place) => `${"abcdefgh"[place]}) ${{ T: texts.textTrue, F: texts.textFalse }[sign] ?? "–"}`).join(", ");
    }

    ask(current, keep) {
        const box = this.section.querySelector("[data-conflict]");
        const line = document.createElement("p");
        line.textContent = say(texts.textConflict, { response: this.readable(current.response), time: current.saved_at ? clock(current.saved_at) : "" });
        const choices = document.createElement("p");
        choices.className = "row";
        for (const [label, isMine] of [[texts.textMine, true], [texts.textTheirs, false]]) {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "button";
            button.textContent = label;
            button.addEventListener("click", () => { box.hidden = true; box.replaceChildren(); keep(isMine); });
            choices.append(button);
        }
        box.replaceChildren(line, choices);
        box.hidden = false;
        this.show("conflict", "");
    }
}

const questions = new Map();
for (const section of form.querySelectorAll('.sitting-item[data-mode="answer"]')) {
    const question = new Question(section);
    questions.set(question.position, question);
}

/* --- the queue: what the server does not have yet ---------------------------------------------------------------- */

function readQueue() {
    try {
        return JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    } catch {
        return {};
    }
}

function changeQueue(change) {
    const queue = readQueue();
    change(queue);
    try {
        if (Object.keys(queue).length) localStorage.setItem(storageKey, JSON.stringify(queue));
        else localStorage.removeItem(storageKey);
    } catch {
        /* No storage (a private window, a full disk): answers still go out, they only don't outlive the tab. */
    }
    memory = queue;
}

let memory = readQueue();
const isStuck = new Set();
const waiting = () => Object.keys(memory).map(Number).filter((position) => questions.has(position) && !isStuck.has(position));

function enqueue(question) {
    const response = question.response;
    if (isStuck.has(question.position)) return;
    changeQueue((queue) => {
        if (response === question.saved && !queue[question.position]) return;
        queue[question.position] = { response, based_on: question.revision, at: Date.now() };
    });
    question.show("waiting", texts.textSaving);
    count();
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

let failures = 0;
let timer = 0;
let running = null;
let wantsSubmit = null;
const banner = form.querySelector("[data-banner]");

function tell(text, kind = "doubt") {
    banner.hidden = !text;
    banner.className = `notice notice-${kind}`;
    banner.textContent = text;
}

function schedule(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, delay);
}

/** Send everything that waits, one after the other. @returns {Promise<boolean>} whether nothing waits any more */
function flush() {
    window.clearTimeout(timer);
    running ??= sendAll().finally(() => { running = null; });
    return running;
}

async function sendAll() {
    for (let position = waiting()[0]; position !== undefined; position = waiting()[0]) {
        const question = questions.get(position);
        const entry = memory[position];
        try {
            await sendOne(question, entry);
        } catch (error) {
            if (await isSettled(question, entry, error)) continue;
            failures += 1;
            tell(wantsSubmit ? texts.textWaitSubmit : texts.textOffline);
            for (const one of waiting()) questions.get(one).show("waiting", texts.textWaiting);
            schedule(Math.min(MAX_WAIT_MS, 1000 * 2 ** Math.min(failures, 6)) * (0.75 + Math.random() / 2));
            return false;
        }
        if (failures) {
            failures = 0;
            tell(texts.textOnline, "right");
            announce(texts.textOnline);
        }
    }
    if (wantsSubmit && !Object.keys(memory).length) leave(wantsSubmit);
    return true;
}

async function sendOne(question, entry) {
    const saved = await send("PUT", `${base}/answers/${question.position}`, { response: entry.response, revision_based_on: entry.based_on });
    question.acknowledge(entry.response, saved.revision);
    forget(question, entry);
    if (!memory[question.position]) question.show("saved", say(texts.textSaved, { time: clock(saved.saved_at) }));
}

/** Take an entry out of the queue, unless the student has changed the answer meanwhile. */
function forget(question, entry) {
    changeQueue((queue) => {
        const now = queue[question.position];
        if (!now) return;
        if (now.response === entry.response) delete queue[question.position];
        else now.based_on = question.revision;
    });
}

/** Whether a refusal is final, so that the queue may go on. */
async function isSettled(question, entry, error) {
    if (!(error instanceof HttpError)) return false;
    const facts = error.problem.facts ?? {};
    if (error.status === 409) {
        settleConflict(question, entry, facts);
        return true;
    }
    if (error.status === 400 && error.problem.title === "csrf") return renewToken();
    if (error.status >= 500 || error.status === 429 || error.status === 408) return false;
    isStuck.add(question.position);
    changeQueue((queue) => { delete queue[question.position]; });
    question.show("conflict", error.message || texts.textClosed);
    tell(error.message || texts.textClosed, "wrong");
    if (error.problem.title === "attempt-closed" && texts.mode === "assigned") window.setTimeout(() => window.location.reload(), 3000);
    return true;
}

function settleConflict(question, entry, current) {
    if ((current.response ?? "") === entry.response) {
        question.acknowledge(entry.response, current.revision);
        forget(question, entry);
        question.show("saved", say(texts.textSaved, { time: current.saved_at ? clock(current.saved_at) : "" }));
        return;
    }
    isStuck.add(question.position);
    question.ask(current, (isMine) => {
        isStuck.delete(question.position);
        const mine = question.response;
        question.acknowledge(current.response ?? "", current.revision);
        changeQueue((queue) => { delete queue[question.position]; });
        if (isMine) {
            question.response = mine;
            enqueue(question);
            schedule(0);
        } else {
            question.response = current.response ?? "";
            question.show("saved", current.saved_at ? say(texts.textSaved, { time: clock(current.saved_at) }) : "");
        }
        count();
    });
}

/** The sign-in was renewed in another tab: take its token, then go on. */
async function renewToken() {
    const before = csrfToken();
    const state = await send("GET", `${base}/state`);
    document.querySelector('meta[name="csrf-token"]').content = state.csrf_token;
    for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = state.csrf_token;
    return state.csrf_token !== before;
}

/* --- leaving the page by its own buttons --------------------------------------------------------------------------- */

form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    wantsSubmit = event.submitter?.value ?? "save";
    for (const question of questions.values()) if (question.response !== question.saved && !isStuck.has(question.position)) enqueue(question);
    flush().then((isDone) => {
        if (isDone && wantsSubmit && Object.keys(memory).length) {
            const first = [...isStuck][0];
            wantsSubmit = null;
            questions.get(first)?.section.scrollIntoView({ block: "center" });
        }
    });
});

function leave(step) {
    wantsSubmit = null;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "step";
    field.value = step;
    form.append(field);
    form.submit();
}

/* --- answering ------------------------------------------------------------------------------------------------------ */

form.addEventListener("change", (event) => {
    const question = questionOf(event.target);
    if (!question) return;
    enqueue(question);
    schedule(CHOICE_PAUSE_MS);
});

form.addEventListener("input", (event) => {
    const question = questionOf(event.target);
    if (!question || question.type !== "short-answer") return;
    enqueue(question);
    schedule(TYPING_PAUSE_MS);
});

function questionOf(element) {
    return questions.get(Number(element.closest?.(".sitting-item")?.dataset.position));
}

function count() {
    const total = form.querySelectorAll(".sitting-item").length;
    const open = [...questions.values()].filter((one) => !one.response).length;
    form.querySelector("[data-answered]").textContent = say(texts.textAnswered, { done: total - open, total });
}

/* --- keyboard: letters choose, arrows move ---------------------------------------------------------------------------- */

const isTyping = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

function currentSection() {
    const focused = document.activeElement?.closest(".sitting-item");
    if (focused) return focused;
    const sections = [...form.querySelectorAll(".sitting-item")];
    return sections.find((one) => one.getBoundingClientRect().bottom > window.innerHeight / 3) ?? sections[0];
}

function move(by) {
    const sections = [...form.querySelectorAll(".sitting-item")];
    const next = sections[sections.indexOf(currentSection()) + by];
    if (!next) return;
    const field = next.querySelector("input:not([type=hidden])") ?? next;
    if (field === next) next.tabIndex = -1;
    field.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
}

function choose(letter) {
    const question = questions.get(Number(currentSection()?.dataset.position));
    if (!question || question.type === "short-answer") return;
    if (question.type === "true-false") {
        const fields = [...(question.statements["ABCDEFGH".indexOf(letter)]?.querySelectorAll("input") ?? [])];
        if (!fields.length) return;
        const next = fields[(fields.findIndex((one) => one.checked) + 1) % fields.length];
        next.checked = true;
        next.focus({ preventScroll: true });
    } else {
        const field = question.fields.find((one) => one.value === letter);
        if (!field) return;
        field.checked = field.type === "radio" || !field.checked;
        field.focus({ preventScroll: true });
    }
    enqueue(question);
    schedule(CHOICE_PAUSE_MS);
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
    const letter = event.key.toUpperCase();
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        event.preventDefault();
        move(event.key === "ArrowRight" ? 1 : -1);
    } else if (letter.length === 1 && letter >= "A" && letter <= "H") {
        event.preventDefault();
        choose(letter);
    }
});

/* --- the clock --------------------------------------------------------------------------------------------------------- */

const offset = Date.parse(texts.now) - Date.now();
const timerLine = form.querySelector("[data-timer]");
let told = Infinity;

function tick() {
    const left = Math.max(0, Math.round((Date.parse(texts.deadline) - Date.now() - offset) / 1000));
    const pad = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(left / 3600);
    timerLine.textContent = say(texts.textLeft, { time: `${hours ? `${hours}:` : ""}${pad(Math.floor((left % 3600) / 60))}:${pad(left % 60)}` });
    for (const minutes of [5, 1]) {
        if (left <= minutes * 60 && left > minutes * 60 - 30 && told > minutes) {
            told = minutes;
            announce(say(texts.textSoon, { minutes }));
        }
    }
    if (left === 0) {
        window.clearInterval(ticking);
        wantsSubmit = "finish";
        for (const question of questions.values()) if (question.response !== question.saved && !isStuck.has(question.position)) enqueue(question);
        isStuck.clear();
        flush();
    }
}

const ticking = texts.deadline && timerLine ? window.setInterval(tick, 1000) : 0;
if (ticking) tick();

/* --- beginning: what an earlier tab could not send ------------------------------------------------------------------------ */

window.addEventListener("online", () => { failures = Math.min(failures, 1); schedule(0); });
window.addEventListener("offline", () => tell(texts.textOffline));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); else if (waiting().length) schedule(0); });
window.addEventListener("beforeunload", (event) => { if (Object.keys(memory).length && !localStorageWorks()) event.preventDefault(); });

function localStorageWorks() {
    try {
        return localStorage.getItem(storageKey) !== null;
    } catch {
        return false;
    }
}

for (const position of Object.keys(memory)) {
    const question = questions.get(Number(position));
    if (!question) {
        changeQueue((queue) => { delete queue[position]; });
        continue;
    }
    question.response = memory[position].response;
    question.show("waiting", texts.textSaving);
}
/* A browser that comes back to a page restores fields by itself: what differs from the server's is an answer too. */
for (const question of questions.values()) if (question.response !== question.saved && !memory[question.position]) enqueue(question);
count();
form.dataset.isReady = "yes";
if (waiting().length) schedule(0);
