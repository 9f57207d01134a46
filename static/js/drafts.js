/**
 * What somebody types in a form, kept in this browser until the server has it: a lost session, an error or a closed tab
 * loses nothing. A draft belongs to one person and one address, and goes after 14 days, or when anybody signs out here.
 */
export const PREFIX = "hoclieu-draft:";
const LONGEST_MS = 14 * 24 * 3600 * 1000;
const WAIT_MS = 300;
const NOT_KEPT = new Set(["csrf_token", "draft", "preview"]);

/** @returns {[string, string][]} what is typed, without files and tokens */
export function fieldsOf(form) {
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
}

const read = (key) => {
    try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
        return null;
    }
};

const write = (key, draft) => {
    try {
        localStorage.setItem(key, JSON.stringify(draft));
        return true;
    } catch {
        return false; // no storage, or a full one: the page still works
    }
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Put what was kept back into the form. */
function fill(form, fields) {
    const kept = new Map(fields);
    for (const input of form.elements) {
        if (!input.name || NOT_KEPT.has(input.name) || input.type === "file") continue;
        if (input.type === "checkbox") input.checked = kept.has(input.name);
        else if (kept.has(input.name)) {
            const value = kept.get(input.name);
            const isMissing = input.localName === "select" && ![...input.options].some((option) => option.value === value);
            if (isMissing) input.add(new Option(value, value));
            input.value = value;
        }
    }
}

/**
 * Keep a form's text while it is being typed, and bring it back where it was left.
 *
 * @param {HTMLFormElement} form carries `data-person`, and `data-sent-back` where it shows what was just sent
 * @param {{restored: (at: Date) => void, kept: (at: Date) => void}} tell
 * @returns {{drop: () => void}}
 */
export function keepDraft(form, tell) {
    dropWhere((_key, draft) => !(Date.now() - draft.at <= LONGEST_MS));
    const key = `${PREFIX}${form.dataset.person}:${window.location.pathname}`;
    const asLoaded = fieldsOf(form);
    const found = read(key);
    const id = found?.id ?? crypto.randomUUID?.().replaceAll("-", "") ?? String(Date.now());
    let timer = 0;
    let isDropped = false;
    let isWaiting = false;
    form.elements.draft.value = id;
    if (found && !("sentBack" in form.dataset) && !same(found.fields, asLoaded)) {
        fill(form, found.fields);
        tell.restored(new Date(found.at));
    }
    const keep = () => {
        window.clearTimeout(timer);
        isWaiting = false;
        const fields = fieldsOf(form);
        if (isDropped || (same(fields, asLoaded) && !read(key) && !("sentBack" in form.dataset))) return;
        const at = new Date();
        if (write(key, { id, at: at.getTime(), fields })) tell.kept(at);
    };
    const soon = () => {
        isDropped = false;
        isWaiting = true;
        window.clearTimeout(timer);
        timer = window.setTimeout(keep, WAIT_MS);
    };
    form.addEventListener("input", soon);
    form.addEventListener("submit", keep);
    window.addEventListener("pagehide", () => isWaiting && keep());
    if ("sentBack" in form.dataset) keep();
    return {
        drop() {
            isDropped = true;
            localStorage.removeItem(key);
            fill(form, asLoaded);
        },
    };
}

/** The page that a saved form leads to says which draft the server has by now. */
export function dropSaved() {
    const saved = /^#saved-([0-9a-zA-Z]+)$/.exec(window.location.hash)?.[1];
    if (!saved) return;
    dropWhere((_key, draft) => draft.id === saved);
    history.replaceState(null, "", window.location.pathname + window.location.search);
}

/** @param {(key: string, draft: {id: string, at: number}) => boolean} isOver */
export function dropWhere(isOver) {
    try {
        for (const key of Object.keys(localStorage)) {
            if (key.startsWith(PREFIX) && isOver(key, read(key) ?? {})) localStorage.removeItem(key);
        }
    } catch {
        // no storage, so nothing is kept
    }
}
