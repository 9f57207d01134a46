/** Every search box is a combobox: suggestions while typing, by keyboard, mouse and touch. Without it the form just works. */
import { announce } from "./announce.js";
import { send } from "./http.js";

const PAUSE_MS = 60;
const QUIET_MS = 600;
const SHOWN = 8;
const ROOMY_PX = 400;

const rows = document.getElementById("suggestion-rows");

/** Lower case without marks, letter for letter, so that places in it are places in the text. */
export function bare(text) {
    return [...text.normalize("NFC")].map((letter) => {
        const plain = letter.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace("đ", "d");
        return plain.length === 1 ? plain : letter;
    }).join("");
}

/** The text in pieces of [text, is it what suggesting adds]: what follows the typed beginning, else what was typed. */
export function pieces(text, typed) {
    const shown = text.normalize("NFC");
    const wanted = bare(typed.trim().replace(/\s+/g, " "));
    const place = wanted ? ` ${bare(shown)}`.indexOf(` ${wanted}`) : -1;
    if (place < 0) return [[shown, false]];
    const letters = [...shown];
    const cut = (start, end) => letters.slice(start, end).join("");
    if (place === 0) return [[cut(0, wanted.length), false], [cut(wanted.length), true]];
    return [[cut(0, place), false], [cut(place, place + wanted.length), true], [cut(place + wanted.length), false]];
}

class Combobox {
    constructor(input, number) {
        this.input = input;
        this.options = [];
        this.active = -1;
        this.list = document.createElement("ul");
        this.list.className = "suggestions";
        this.list.id = `suggestions-${number}`;
        this.list.hidden = true;
        this.list.setAttribute("role", "listbox");
        this.list.setAttribute("aria-label", rows.dataset.label);
        input.form.append(this.list);
        const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
        for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
        this.listen();
    }

    listen() {
        const { input, list } = this;
        input.addEventListener("input", (event) => { if (!event.isComposing) this.ask(); });
        input.addEventListener("compositionend", () => this.ask());
        input.addEventListener("keydown", (event) => this.press(event));
        input.addEventListener("blur", () => this.close());
        input.form.addEventListener("submit", () => this.close());
        list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
        list.addEventListener("click", (event) => {
            const place = this.options.findIndex((option) => option.row.contains(event.target));
            if (place >= 0) this.choose(place);
        });
        window.addEventListener("pageshow", () => this.close());
    }

    /** Ask when the fingers pause; a newer question drops an older answer. */
    ask() {
        window.clearTimeout(this.waiting);
        this.pending?.abort();
        this.move(-1);
        if (!this.input.value.trim()) return this.close();
        this.waiting = window.setTimeout(() => this.fetch(), PAUSE_MS);
        return undefined;
    }

    async fetch() {
        const typed = this.input.value;
        this.pending?.abort();
        this.pending = new AbortController();
        const { signal } = this.pending;
        let answer;
        try {
            answer = await send("GET", `/api/suggest?${new URLSearchParams({ q: typed, limit: SHOWN })}`, undefined, { signal });
        } catch {
            if (!signal.aborted) this.close();
            return;
        }
        if (!signal.aborted && document.activeElement === this.input) this.show(answer.suggestions, typed);
    }

    show(suggestions, typed) {
        this.options = suggestions.map((suggestion, place) => ({ ...suggestion, row: this.row(suggestion, typed, place) }));
        this.list.replaceChildren(...this.options.map((option) => option.row));
        this.list.scrollTop = 0;
        this.move(-1);
        this.setOpen(this.options.length > 0);
        window.clearTimeout(this.saying);
        if (this.options.length) {
            this.saying = window.setTimeout(() => announce(rows.dataset.count.replace("{count}", this.options.length)), QUIET_MS);
        }
    }

    row({ kind, text }, typed, place) {
        const row = rows.content.querySelector(`[data-kind="${CSS.escape(kind)}"]`).cloneNode(true);
        row.id = `${this.list.id}-${place}`;
        for (const [piece, isNew] of pieces(text, typed)) {
            const part = document.createElement(isNew ? "b" : "span");
            part.textContent = piece;
            row.querySelector(".suggestion-text").append(part);
        }
        return row;
    }

    press(event) {
        if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
        const isOpen = !this.list.hidden;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            if (isOpen && !event.altKey) this.step(event.key === "ArrowDown" ? 1 : -1);
            else if (isOpen) this.close();
            else if (this.input.value.trim()) this.fetch();
            else return;
            event.preventDefault();
        } else if (event.key === "Enter" && isOpen && this.active >= 0) {
            event.preventDefault();
            this.choose(this.active);
        } else if (event.key === "Escape" && isOpen) {
            event.preventDefault();
            event.stopPropagation();
            this.close();
        }
    }

    /** To the next or previous option; between last and first stands the box itself. */
    step(by) {
        const places = this.options.length + 1;
        this.move(((this.active + 1 + by + places) % places) - 1);
    }

    move(place) {
        this.active = place;
        this.options.forEach(({ row }, number) => row.setAttribute("aria-selected", String(number === place)));
        if (place < 0) return this.input.removeAttribute("aria-activedescendant");
        const { row } = this.options[place];
        this.input.setAttribute("aria-activedescendant", row.id);
        return row.scrollIntoView({ block: "nearest" });
    }

    choose(place) {
        const { kind, text, url } = this.options[place];
        this.close();
        if (kind !== "phrase") return window.location.assign(url);
        this.input.value = text;
        return this.input.form.requestSubmit();
    }

    close() {
        window.clearTimeout(this.waiting);
        window.clearTimeout(this.saying);
        this.pending?.abort();
        this.move(-1);
        this.setOpen(false);
    }

    /** Under the box itself, which need not be as wide as its form; a narrow one lends its list the room of the form. */
    place() {
        const { offsetTop, offsetLeft, offsetHeight, offsetWidth, form } = this.input;
        const room = form.clientWidth - offsetLeft;
        this.list.style.top = `${offsetTop + offsetHeight}px`;
        this.list.style.left = `${offsetLeft}px`;
        this.list.style.width = `${Math.max(offsetWidth, Math.min(room, ROOMY_PX))}px`;
    }

    setOpen(isOpen) {
        if (isOpen) this.place();
        this.list.hidden = !isOpen;
        this.input.setAttribute("aria-expanded", String(isOpen));
    }
}

if (rows) document.querySelectorAll("form[role=search] input[name=q]").forEach((input, number) => new Combobox(input, number));
