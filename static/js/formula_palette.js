/** Formula help: a toolbar that puts LaTeX where the cursor is; Alt and = lead to it, as in Word, and Esc leads back. */
const HOLE = "□";

/** Whether the cursor of this text stands between two dollar signs. */
const isInFormula = (text) => (text.replace(/\\./g, "").match(/\$/g) ?? []).length % 2 === 1;

/** Put text where the cursor is, so that Ctrl+Z takes it back. */
export function insertText(area, text) {
    area.focus();
    if (!document.execCommand("insertText", false, text)) {
        area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

export function insertFormula(area, tex) {
    const start = area.selectionStart;
    const chosen = area.value.slice(start, area.selectionEnd);
    const isInside = isInFormula(area.value.slice(0, start));
    const before = isInside ? "" : "$";
    const [head, ...tail] = tex.split(HOLE);
    const body = tail.length ? head + chosen + tail.join("") : chosen + tex.trim();
    insertText(area, `${before}${isInside && !tail.length ? chosen + tex : body}${before}`);
    const cursor = start + before.length + (tail.length ? head.length + chosen.length : chosen.length + (isInside ? tex : tex.trim()).length);
    area.setSelectionRange(cursor, cursor);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} palette
 * @param {HTMLButtonElement} opener
 */
export function usePalette(form, palette, opener) {
    let area = form.querySelector("textarea[data-rich]");
    const buttons = [...palette.querySelectorAll("button[data-tex]")];
    let current = buttons[0];
    current.tabIndex = 0;

    const point = (button) => {
        current.tabIndex = -1;
        current = button;
        current.tabIndex = 0;
        current.focus();
    };
    const open = (isOpen) => {
        palette.hidden = !isOpen;
        opener.setAttribute("aria-expanded", String(isOpen));
        if (isOpen) current.focus();
        else area.focus();
    };
    const groupsAway = (steps) => {
        const groups = [...palette.querySelectorAll(".palette-group")];
        const from = groups.indexOf(current.parentElement);
        const place = [...current.parentElement.querySelectorAll("button")].indexOf(current);
        const row = [...groups[(from + steps + groups.length) % groups.length].querySelectorAll("button")];
        return row[Math.min(place, row.length - 1)];
    };
    const nextTo = (steps) => buttons[(buttons.indexOf(current) + steps + buttons.length) % buttons.length];
    const ways = {
        ArrowRight: () => nextTo(1),
        ArrowLeft: () => nextTo(-1),
        ArrowDown: () => groupsAway(1),
        ArrowUp: () => groupsAway(-1),
        Home: () => buttons[0],
        End: () => buttons.at(-1),
    };

    form.addEventListener("focusin", (event) => {
        if (event.target.matches("textarea[data-rich]")) area = event.target;
    });
    form.addEventListener("keydown", (event) => {
        if (event.altKey && event.code === "Equal") {
            event.preventDefault();
            open(palette.hidden || !palette.contains(document.activeElement));
        }
    });
    opener.addEventListener("click", () => open(palette.hidden));
    palette.addEventListener("keydown", (event) => {
        if (event.key === "Escape") open(false);
        else if (ways[event.key]) point(ways[event.key]());
        else return;
        event.preventDefault();
    });
    palette.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-tex]");
        if (!button) return;
        point(button);
        insertFormula(area, button.dataset.tex);
    });
}
