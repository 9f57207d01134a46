/** The table as a spreadsheet: moving, blocks, clipboard, fill down, undo, rows. It knows values, not what they mean. */
import { announce } from "./announce.js";
import { bare } from "./matrix_cells.js";

const MOST_ROWS = 60;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Sheet {
    /** @param {HTMLFormElement} form @param {() => void} onChange called after every change of any value */
    constructor(form, onChange) {
        this.form = form;
        this.bodies = [...form.querySelectorAll("#matrix-table tbody, #specification-table tbody")];
        this.templates = ["matrix-row", "specification-row"].map((id) => document.getElementById(id).innerHTML);
        this.onChange = onChange;
        this.block = null;
        this.undone = [];
        this.done = [];
        this.now = this.read();
        form.addEventListener("focusin", (event) => this.onFocus(event));
        form.addEventListener("change", () => this.commit());
        form.addEventListener("keydown", (event) => this.onKey(event));
        for (const kind of ["copy", "cut", "paste"]) this.bodies[0].addEventListener(kind, (event) => this[kind](event));
        this.bodies[0].addEventListener("mousedown", (event) => this.onMouse(event));
        this.bodies[0].addEventListener("click", (event) => this.onRowButton(event));
    }

    // Values

    rows() {
        return [...this.bodies[0].rows];
    }

    cellsOf(row) {
        return [...row.querySelectorAll("[data-cell]")];
    }

    fieldsAt(place) {
        return this.bodies.flatMap((body) => this.cellsOf(body.rows[place]));
    }

    heads() {
        return [...this.form.querySelectorAll("[data-marks]")];
    }

    read() {
        return {
            heads: this.heads().map((input) => input.value),
            rows: this.rows().map((_row, place) => this.fieldsAt(place).map((field) => field.value)),
        };
    }

    write(values) {
        while (this.rows().length < values.rows.length) this.appendRow();
        while (this.rows().length > values.rows.length) this.bodies.forEach((body) => body.rows[body.rows.length - 1].remove());
        this.heads().forEach((input, place) => { input.value = values.heads[place]; });
        values.rows.forEach((row, place) => this.fieldsAt(place).forEach((field, column) => { field.value = row[column] ?? ""; }));
        for (const field of this.form.querySelectorAll("[data-cell][aria-invalid]")) field.removeAttribute("aria-invalid");
        for (const error of this.form.querySelectorAll("tbody .field-error")) error.remove();
        this.now = values;
        this.onChange();
    }

    appendRow() {
        const place = this.rows().length;
        this.bodies.forEach((body, which) => {
            const html = this.templates[which].replaceAll("__ROW__", place).replaceAll("__NUMBER__", place + 1);
            body.insertAdjacentHTML("beforeend", html);
        });
    }

    /** Note the change since the last one, so that it can be undone. */
    commit() {
        const next = this.read();
        if (JSON.stringify(next) === JSON.stringify(this.now)) return;
        this.done.push(this.now);
        this.undone = [];
        this.now = next;
        this.onChange();
    }

    /** Change all values at once by a function, as one step that can be undone. */
    change(edit) {
        this.commit();
        const next = structuredClone(this.now);
        edit(next.rows);
        this.done.push(this.now);
        this.undone = [];
        this.write(next);
    }

    step(from, to, word) {
        this.commit();
        const before = from.pop();
        if (!before) return;
        to.push(this.now);
        const at = this.place();
        this.write(before);
        if (at) this.focus(at.row, at.column);
        announce(this.form.dataset[word]);
    }

    // Where one is

    place(field = document.activeElement) {
        const row = field?.closest?.("tr");
        const body = this.bodies.find((one) => one.contains(row));
        if (!body || !field.matches("[data-cell]")) return null;
        return { body, row: [...body.rows].indexOf(row), column: this.cellsOf(row).indexOf(field) };
    }

    focus(row, column, body = this.bodies[0]) {
        const target = body.rows[Math.min(row, body.rows.length - 1)];
        const field = target && this.cellsOf(target)[column];
        field?.focus();
        field?.select?.();
        return Boolean(field);
    }

    onFocus(event) {
        this.select(null);
        if (event.target.matches?.("input[data-cell]")) event.target.select();
    }

    onMouse(event) {
        const to = this.place(event.target);
        const from = this.block ? this.block.from : this.place();
        if (!event.shiftKey || !to || !from || from.body !== this.bodies[0]) return;
        event.preventDefault();
        this.select({ from, to });
    }

    // Blocks

    select(block) {
        this.block = block;
        const cells = new Set(block ? this.blockRows().flat() : []);
        for (const field of this.bodies[0].querySelectorAll("[data-cell]")) {
            field.closest("td, th").classList.toggle("is-selected", cells.has(field));
        }
    }

    blockRows() {
        const { from, to } = this.block;
        const columns = [from.column, to.column].sort((a, b) => a - b);
        const rows = [from.row, to.row].sort((a, b) => a - b);
        return this.rows().slice(rows[0], rows[1] + 1).map((row) => this.cellsOf(row).slice(columns[0], columns[1] + 1));
    }

    extend(step) {
        const at = this.place();
        if (!at || at.body !== this.bodies[0]) return;
        const { from, to } = this.block ?? { from: at, to: at };
        const row = Math.max(0, Math.min(this.rows().length - 1, to.row + step[0]));
        const column = Math.max(0, Math.min(this.cellsOf(this.rows()[0]).length - 1, to.column + step[1]));
        this.select({ from, to: { ...to, row, column } });
        const block = this.blockRows();
        announce(this.form.dataset.selected.replace("{rows}", block.length).replace("{columns}", block[0].length));
    }

    /** The corner and size of the block, or of the one cell that has the focus. */
    corner() {
        if (!this.block) return { ...this.place(), height: 1, width: 1 };
        const { from, to } = this.block;
        const block = this.blockRows();
        return { row: Math.min(from.row, to.row), column: Math.min(from.column, to.column), height: block.length, width: block[0].length };
    }

    setBlock(corner, valueOf) {
        let unknown = 0;
        const width = this.cellsOf(this.rows()[0]).length;
        this.change((rows) => {
            while (rows.length < Math.min(corner.row + corner.height, MOST_ROWS)) rows.push(rows[0].map(() => ""));
            for (let down = 0; down < corner.height && corner.row + down < rows.length; down += 1) {
                for (let right = 0; right < corner.width && corner.column + right < width; right += 1) {
                    const value = this.valueFor(corner.column + right, valueOf(down, right));
                    if (value === null) unknown += 1;
                    else rows[corner.row + down][corner.column + right] = value;
                }
            }
        });
        return unknown;
    }

    /** What a pasted text is in a column: in the column of topics the id of the topic of that name; null if there is none. */
    valueFor(column, text) {
        const field = this.cellsOf(this.rows()[0])[column];
        if (field.tagName !== "SELECT") return text;
        const options = [...field.options];
        const found = options.find((one) => one.value === text) ?? options.find((one) => bare(one.text) === bare(text));
        return found ? found.value : null;
    }

    // Clipboard

    copy(event) {
        const field = event.target;
        const isPartOfText = !this.block && field.selectionStart !== field.selectionEnd && field.selectionEnd - field.selectionStart < field.value?.length;
        if (isPartOfText || !this.place(field)) return false;
        const rows = this.block ? this.blockRows() : [[field]];
        const text = rows.map((row) => row.map((one) => (one.tagName === "SELECT" ? one.selectedOptions[0]?.text : one.value)).join("\t"));
        event.clipboardData.setData("text/plain", text.join("\n"));
        event.preventDefault();
        return true;
    }

    cut(event) {
        if (this.block && this.copy(event)) this.setBlock(this.corner(), () => "");
    }

    paste(event) {
        if (!this.place(event.target)) return;
        const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
        const isBlock = lines.length > 1 || lines[0].length > 1;
        if (!isBlock && !this.block) return;
        event.preventDefault();
        const corner = this.corner();
        const size = isBlock ? { height: lines.length, width: Math.max(...lines.map((line) => line.length)) } : {};
        const unknown = this.setBlock({ ...corner, ...size }, (down, right) => (isBlock ? lines[down][right] ?? "" : lines[0][0]).trim());
        this.focus(corner.row, corner.column);
        const words = this.form.dataset.pasted.replace("{rows}", size.height ?? corner.height).replace("{columns}", size.width ?? corner.width);
        announce(unknown ? `${words} ${this.form.dataset.unknownTopics.replace("{count}", unknown)}` : words);
    }

    fillDown() {
        const corner = this.corner();
        if (corner.row === undefined) return;
        const first = corner.height > 1 ? corner.row : corner.row - 1;
        if (first < 0) return;
        const source = this.now.rows[first];
        const fields = this.cellsOf(this.rows()[first]).map((field) => field.value);
        this.setBlock(corner, (_down, right) => fields[corner.column + right] ?? source[corner.column + right]);
    }

    // Rows

    moveRow(place, by) {
        const other = place + by;
        if (other < 0 || other >= this.rows().length) return;
        this.change((rows) => { [rows[place], rows[other]] = [rows[other], rows[place]]; });
    }

    addRow(after) {
        if (this.rows().length >= MOST_ROWS) return;
        this.change((rows) => { rows.splice(after + 1, 0, rows[0].map(() => "")); });
    }

    removeRow(place) {
        this.change((rows) => {
            rows.splice(place, 1);
            if (!rows.length) rows.push(this.now.rows[0].map(() => ""));
        });
        announce(this.form.dataset.removed);
    }

    onRowButton(event) {
        const button = event.target.closest("[data-row-step]");
        if (!button) return;
        event.preventDefault();
        const row = button.closest("tr");
        const place = this.rows().indexOf(row);
        button.closest("details").open = false;
        const { rowStep } = button.dataset;
        if (rowStep === "remove") this.removeRow(place);
        else this.moveRow(place, rowStep === "up" ? -1 : 1);
        const next = Math.min(this.rows().length - 1, Math.max(0, place + ({ up: -1, down: 1 }[rowStep] ?? 0)));
        this.rows()[next].querySelector("summary").focus();
    }

    // Keys

    onKey(event) {
        const isCell = event.target.matches?.("[data-cell]");
        if (!isCell && !event.target.matches?.("[data-marks]")) return;
        const done = this.command(event) || (isCell && (this.rowKey(event) || this.moveKey(event)));
        if (done) event.preventDefault();
    }

    command(event) {
        if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
        const key = event.key.toLowerCase();
        if (key === "z" && !event.shiftKey) this.step(this.done, this.undone, "undone");
        else if (key === "y" || (key === "z" && event.shiftKey)) this.step(this.undone, this.done, "redone");
        else if (key === "d" && this.place()?.body === this.bodies[0]) this.fillDown();
        else return false;
        return true;
    }

    rowKey(event) {
        const at = this.place();
        if (!event.altKey || !at) return false;
        const { row, column, body } = at;
        if (event.key === "ArrowUp" || event.key === "ArrowDown") {
            const by = event.key === "ArrowUp" ? -1 : 1;
            this.moveRow(row, by);
            this.focus(Math.max(0, Math.min(this.rows().length - 1, row + by)), column, body);
        } else if (event.key === "Enter") {
            this.addRow(row);
            this.focus(row + 1, column, body);
        } else if (event.key === "Delete" || event.key === "Backspace") {
            this.removeRow(row);
            this.focus(row, column, body);
        } else return false;
        return true;
    }

    /** Arrows and Enter as in a spreadsheet; left and right only at the end of the text. */
    moveKey(event) {
        const field = event.target;
        const at = this.place();
        const isText = field.tagName === "INPUT";
        if (event.key === "Enter" && field.tagName !== "TEXTAREA") {
            this.commit();
            this.focus(at.row + (event.shiftKey ? -1 : 1), at.column, at.body);
            return true;
        }
        if (event.key === "Delete" && this.block) {
            this.setBlock(this.corner(), () => "");
            return true;
        }
        if (event.key === "Escape" && this.block) {
            this.select(null);
            return true;
        }
        const step = STEPS[event.key];
        if (!step || event.altKey || event.ctrlKey || event.metaKey) return false;
        if (event.shiftKey && isText && at.body === this.bodies[0]) {
            this.extend(step);
            return true;
        }
        if (event.shiftKey || (!isText && event.key !== "ArrowRight") || field.tagName === "TEXTAREA") return false;
        const isAll = isText && field.selectionStart === 0 && field.selectionEnd === field.value.length;
        const atEdge = event.key === "ArrowLeft" ? field.selectionEnd === 0 : field.selectionStart === field.value.length;
        if (step[1] && isText && !isAll && !atEdge) return false;
        this.commit();
        return this.focus(Math.max(0, at.row + step[0]), at.column + step[1], at.body);
    }
}
