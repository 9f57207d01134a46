/** The matrix editor: totals and shares while one types, what the bank has for every cell, arrows between cells. */
import { send } from "./http.js";

const form = document.querySelector("[data-matrix-editor]");
const table = form.querySelector("table");
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
let supply = null;

const rows = () => [...table.querySelectorAll("[data-row]")];
const countIn = (input) => (/^\d+$/.test(input.value.trim()) ? Number(input.value) : 0);
const marksIn = (input) => Number(input.value.trim().replace(",", ".")) || 0;

function isWithin(topic, ancestor) {
    return topic === ancestor || (topic ?? "").startsWith(`${ancestor}.`);
}

/** How many questions of the bank may stand in a cell. */
function availableFor(topic, level, type) {
    const grade = form.dataset.grade;
    return supply
        .filter((place) => place.type === type && (level === "any" || place.level === level))
        .filter((place) => (topic ? isWithin(place.topic, topic) : !grade || String(place.grade) === grade))
        .reduce((sum, place) => sum + place.count, 0);
}

function showAvailable(row) {
    if (!supply) return;
    const topic = row.querySelector("select").value;
    for (const input of row.querySelectorAll("[data-level]")) {
        const note = input.parentElement.querySelector("[data-available]");
        const available = availableFor(topic, input.dataset.level, input.dataset.type);
        note.textContent = `/ ${number.format(available)}`;
        note.classList.toggle("is-short", countIn(input) > available);
    }
}

/** Adds up one row and returns its cells. */
function addUp(row) {
    const cells = [...row.querySelectorAll("[data-level]")].map((input) => {
        const marks = marksIn(row.querySelector(`[data-marks="${input.dataset.type}"]`));
        return { type: input.dataset.type, level: input.dataset.level, count: countIn(input), marks: countIn(input) * marks };
    });
    const count = cells.reduce((sum, cell) => sum + cell.count, 0);
    row.querySelector("[data-row-count]").textContent = count ? number.format(count) : "";
    row.querySelector("[data-row-marks]").textContent = count ? number.format(cells.reduce((sum, cell) => sum + cell.marks, 0)) : "";
    return cells;
}

function headingsOf(name) {
    const headings = table.querySelectorAll(`thead tr:${name === "type" ? "first" : "last"}-child th`);
    const texts = new Map();
    const inputs = [...table.querySelector("[data-row]").querySelectorAll("[data-level]")];
    if (name === "type") {
        const types = [...new Set(inputs.map((input) => input.dataset.type))];
        types.forEach((type, place) => texts.set(type, headings[place + 1].textContent));
    } else {
        const levels = [...new Set(inputs.map((input) => input.dataset.level))];
        levels.forEach((level, place) => texts.set(level, headings[place].textContent));
    }
    return texts;
}

function showTotals() {
    const cells = rows().flatMap(addUp);
    const count = cells.reduce((sum, cell) => sum + cell.count, 0);
    const marks = cells.reduce((sum, cell) => sum + cell.marks, 0);
    const whole = form.querySelector("[data-whole]");
    whole.textContent = whole.dataset.pattern.replace("{count}", number.format(count)).replace("{marks}", number.format(marks));
    const badges = [];
    for (const name of ["level", "type"]) {
        for (const [value, text] of headingsOf(name)) {
            const share = cells.filter((cell) => cell[name] === value).reduce((sum, cell) => sum + cell.marks, 0);
            if (share) badges.push(`${text}: ${Math.round((100 * share) / marks)} %`);
        }
    }
    form.querySelector("[data-shares]").replaceChildren(...badges.map((text) => {
        const badge = document.createElement("li");
        badge.className = "badge";
        badge.textContent = text;
        return badge;
    }));
}

function addRow() {
    const place = rows().length;
    const html = document.getElementById("matrix-row").innerHTML;
    table.tBodies[0].insertAdjacentHTML("beforeend", html.replaceAll("__ROW__", place).replaceAll("__NUMBER__", place + 1));
    const row = rows().at(-1);
    showAvailable(row);
    row.querySelector("select").focus();
}

/** Arrow keys and Enter move between cells as in a spreadsheet; left and right only at the end of the text. */
function move(event) {
    const input = event.target.closest("input.count");
    if (!input) return;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    if (!step) return;
    const atEdge = event.key === "ArrowLeft" ? input.selectionEnd === 0 : input.selectionStart === input.value.length;
    if (step[1] && !atEdge) return;
    event.preventDefault();
    const row = input.closest("tr");
    const boxes = [...row.querySelectorAll("input.count")];
    const target = rows()[rows().indexOf(row) + step[0]]?.querySelectorAll("input.count")[boxes.indexOf(input) + step[1]];
    target?.focus();
    target?.select();
}

table.addEventListener("input", (event) => {
    for (const advice of form.querySelectorAll("[data-advice]")) advice.hidden = true;
    showTotals();
    showAvailable(event.target.closest("tr"));
});
table.addEventListener("change", (event) => showAvailable(event.target.closest("tr")));
table.addEventListener("keydown", move);
form.querySelector("[data-add-rows]").addEventListener("click", (event) => {
    event.preventDefault();
    addRow();
});

showTotals();
const query = new URLSearchParams({ subject: form.dataset.subject, programme: form.dataset.programme });
({ supply } = await send("GET", `/api/matrices/supply?${query}`));
rows().forEach(showAvailable);
