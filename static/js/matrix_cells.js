/** What a cell of the matrix says: "4", "2×0,5", "1×1+1×2"; in true/false columns statements, "2c" two whole questions. */
const TERM = /^(\d{1,4}) ?(c|câu)? ?(?:[×x*@] ?(\d{1,3}(?:[.,]\d{1,4})?))?$/;
const STATEMENTS_EACH = 4;

export const decimal = (text) => Number(text.trim().replace(",", ".")) || 0;

/** @returns {{count: number, marks: string, isWhole: boolean}[] | null} null for what can't be understood */
export function termsIn(text) {
    if (!text.trim()) return [];
    const found = text.split("+").map((part) => TERM.exec(part.trim().toLowerCase().replace(/\s+/g, " ")));
    if (!found.every(Boolean)) return null;
    const terms = found.map(([, count, whole, marks]) => ({ count: Number(count), marks: marks ?? "", isWhole: Boolean(whole) }));
    return terms.filter((term) => term.count);
}

/** What a cell adds up to: questions, asks (statements where the column counts them) and marks. */
export function sumOf(text, type, usualMarks) {
    const isCluster = type === "true-false";
    const sum = { questions: 0, asks: 0, marks: 0 };
    for (const term of termsIn(text) ?? []) {
        const questions = isCluster && !term.isWhole ? term.count / STATEMENTS_EACH : term.count;
        sum.questions += questions;
        sum.asks += isCluster ? questions * STATEMENTS_EACH : questions;
        sum.marks += questions * (term.marks ? decimal(term.marks) : usualMarks);
    }
    return sum;
}

export function isWithin(topic, ancestor) {
    return topic === ancestor || (topic ?? "").startsWith(`${ancestor}.`);
}

/** How many asks of a level one question of this place of the bank holds. */
export function asksAt(place, level) {
    const each = place.type === "true-false" ? STATEMENTS_EACH : 1;
    if (level === "any") return each;
    if (place.type === "true-false" && place.statements) {
        const pair = place.statements.split(" ").find((one) => one.startsWith(`${level}:`));
        return pair ? Number(pair.slice(level.length + 1)) : 0;
    }
    return place.level === level ? each : 0;
}

/** Letters without marks, for comparing names of topics. */
export function bare(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();
}
