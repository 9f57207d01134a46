/** The matrix editor: totals and shares while one types, what the bank has for every cell, its funnel. */
import { send } from "./http.js";
import { asksAt, decimal, isWithin, sumOf } from "./matrix_cells.js";
import { Sheet } from "./matrix_sheet.js";

const FAR_PERCENT = 5;
const FULL_MARKS = 10;
const form = document.querySelector("[data-matrix-editor]");
const table = form.querySelector("#matrix-table");
const locale = document.documentElement.lang;
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const marksNumber = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const loose = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
let supply = null;
let sheet = null;

const rows = () => [...table.tBodies[0].rows];
const countsOf = (row) => [...row.querySelectorAll("[data-level][data-type]")];

function show(place, value, format) {
    if (place) place.textContent = value ? format.format(value) : "";
}

/** Adds `sum` to what a map has under a name. */
function add(map, name, sum) {
    const before = map.get(name) ?? { questions: 0, asks: 0, marks: 0 };
    map.set(name, { questions: before.questions + sum.questions, asks: before.asks + sum.asks, marks: before.marks + sum.marks });
}

function usualMarks() {
    return new Map([...form.querySelectorAll("[data-marks]")].map((input) => [input.dataset.marks, decimal(input.value)]));
}

function sumsOf(row, usual) {
    return countsOf(row).map((input) => {
        const { type, level } = input.dataset;
        return { type, level, ...sumOf(input.value, type, usual.get(type) ?? 0) };
    });
}

function showTotals() {
    const usual = usualMarks();
    const sums = new Map();
    const byRow = rows().map((row) => sumsOf(row, usual));
    for (const sum of byRow.flat()) {
        for (const name of ["whole", `type ${sum.type}`, `level ${sum.level}`, `column ${sum.type} ${sum.level}`]) add(sums, name, sum);
    }
    const whole = sums.get("whole") ?? { questions: 0, asks: 0, marks: 0 };
    const percent = (sum) => (whole.marks && sum ? (100 * sum.marks) / whole.marks : 0);
    rows().forEach((row, place) => showRow(row, byRow[place], percent));
    showFooter(sums, whole, percent);
    const line = form.querySelector("[data-whole]");
    line.textContent = line.dataset.pattern.replace("{count}", loose.format(whole.questions)).replace("{marks}", marksNumber.format(whole.marks));
    form.querySelector("[data-not-ten]").hidden = whole.marks === 0 || Math.abs(whole.marks - FULL_MARKS) < 0.001;
    for (const badge of form.querySelectorAll("[data-share]")) {
        const share = percent(sums.get(`level ${badge.dataset.share}`));
        badge.textContent = badge.dataset.pattern.replace("{share}", Math.round(share));
        badge.classList.toggle("badge-doubt", whole.marks > 0 && Math.abs(share - Number(badge.dataset.usual)) > FAR_PERCENT);
    }
}

function showRow(row, sums, percent) {
    const levels = new Map();
    for (const sum of sums) for (const name of ["whole", sum.level]) add(levels, name, sum);
    for (const place of row.querySelectorAll("[data-row-level]")) show(place, levels.get(place.dataset.rowLevel)?.asks, number);
    show(row.querySelector("[data-row-percent]"), percent(levels.get("whole")), number);
}

function showFooter(sums, whole, percent) {
    const places = [
        ["columnAsks", "column", "asks"], ["levelAsks", "level", "asks"], ["typeMarks", "type", "marks"],
        ["levelMarks", "level", "marks"], ["typePercent", "type", "percent"], ["levelPercent", "level", "percent"],
    ];
    for (const [name, prefix, what] of places) {
        const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        for (const place of table.tFoot.querySelectorAll(`[data-${attribute}]`)) {
            const sum = sums.get(`${prefix} ${place.dataset[name]}`);
            if (what === "percent") show(place, percent(sum), number);
            else show(place, sum?.[what], what === "marks" ? marksNumber : number);
        }
    }
    show(table.tFoot.querySelector("[data-whole-asks]"), whole.asks, number);
    show(table.tFoot.querySelector("[data-whole-marks]"), whole.marks, marksNumber);
    show(table.tFoot.querySelector("[data-whole-percent]"), whole.marks ? 100 : 0, number);
}

/** The names of a row, in the table and in the specification, and the counts of the latter. */
function showNames() {
    const specification = [...form.querySelectorAll("#specification-table tbody tr")];
    rows().forEach((row, place) => {
        const select = row.querySelector("[data-topic]");
        const option = select.selectedOptions[0];
        const strand = option?.closest("optgroup")?.label.split(": ").slice(1).join(": ") ?? "";
        const group = strand === option?.text ? "" : strand;
        const unit = row.querySelector("[data-unit]");
        row.querySelector("[data-chapter]").textContent = group;
        unit.placeholder = group ? option.text : "";
        const content = unit.value || (select.value ? option?.text : "");
        const other = specification[place];
        other.querySelector("[data-row-name]").textContent = [group, content].filter(Boolean).join(": ");
        const texts = new Map(countsOf(row).map((input) => [`${input.dataset.type} ${input.dataset.level}`, input.value]));
        for (const said of other.querySelectorAll("[data-said]")) said.textContent = texts.get(said.dataset.said) ?? "";
    });
}

const isInTopic = (place, topic) => (topic ? isWithin(place.topic, topic) : !form.dataset.grade || String(place.grade) === form.dataset.grade);

function sumBy(places, valueOf) {
    return places.reduce((sum, place) => sum + valueOf(place), 0);
}

function showAvailable() {
    if (!supply) return;
    const known = new Map();
    for (const row of rows()) {
        const topic = row.querySelector("[data-topic]").value;
        if (!known.has(topic)) known.set(topic, supply.filter((place) => isInTopic(place, topic)));
        for (const input of countsOf(row)) {
            const { type, level } = input.dataset;
            const available = sumBy(known.get(topic).filter((place) => place.type === type), (place) => place.published * asksAt(place, level));
            const note = input.parentElement.querySelector("[data-available]");
            note.textContent = `/ ${number.format(available)}`;
            note.classList.toggle("is-short", sumOf(input.value, type, 0).asks > available);
        }
    }
}

/** topic -> level -> type -> not used lately -> published, for the cell one is in. */
function showFunnel(input) {
    const box = form.querySelector("[data-funnel]");
    const words = box.dataset;
    if (!supply || !input?.matches?.("[data-level][data-type]")) {
        box.hidden = true;
        return;
    }
    const { type, level } = input.dataset;
    const select = input.closest("tr").querySelector("[data-topic]");
    const holds = (place) => level === "any" || asksAt(place, level) > 0;
    const ofTopic = supply.filter((place) => isInTopic(place, select.value));
    const ofLevel = ofTopic.filter((place) => holds(place));
    const ofType = ofLevel.filter((place) => place.type === type);
    const named = (pattern, name, places) => pattern.replace("{name}", name).replace("{count}", number.format(sumBy(places, (place) => place.count)));
    const asks = sumBy(ofType, (place) => place.usable * asksAt(place, level));
    const usable = words.published.replace("{count}", number.format(sumBy(ofType, (place) => place.usable)));
    const steps = [
        named(words.topicStep, select.value ? select.selectedOptions[0].text : words.anyTopic, ofTopic),
        named(words.step, headOf(level), ofLevel),
        named(words.step, typeNames.get(type), ofType),
        words.unused.replace("{last}", lastQuizzes()).replace("{count}", number.format(sumBy(ofType, (place) => place.unused))),
        type === "true-false" ? `${usable} ${words.statements.replace("{count}", number.format(asks))}` : usable,
    ];
    box.textContent = steps.join(" → ");
    box.hidden = false;
}

const headOf = (level) => table.querySelector(`[data-level-head="${level}"]`).dataset.name;
const typeNames = new Map([...table.querySelectorAll("[data-type-head]")].map((head) => [head.dataset.typeHead, head.dataset.name]));
const lastQuizzes = () => Math.max(0, Number(form.querySelector("[data-last-quizzes]").value) || 0);

async function fetchSupply() {
    const query = new URLSearchParams({ subject: form.dataset.subject, programme: form.dataset.programme, last: lastQuizzes() });
    ({ places: supply } = await send("GET", `/api/matrices/funnel?${query}`));
    form.querySelector("[data-last]").hidden = false;
    showAvailable();
    showFunnel(document.activeElement);
}

function refresh() {
    for (const advice of form.querySelectorAll("[data-advice]")) advice.hidden = true;
    showTotals();
    showNames();
    showAvailable();
}

sheet = new Sheet(form, refresh);
form.addEventListener("input", (event) => {
    if (event.target.closest(".matrix-table")) refresh();
});
table.addEventListener("focusin", (event) => showFunnel(event.target));
form.querySelector("[data-last-quizzes]").addEventListener("change", () => fetchSupply());
form.querySelector("[data-add-rows]").addEventListener("click", (event) => {
    event.preventDefault();
    sheet.addRow(rows().length - 1);
    sheet.focus(rows().length - 1, 0);
});
showTotals();
showNames();
await fetchSupply();
