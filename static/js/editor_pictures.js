/** Pictures in texts: pasted, dropped or chosen, kept by the server, shown below their text with the words that tell them. */
import { send } from "./http.js";
import { announce } from "./announce.js";
import { insertText } from "./formula_palette.js";

const PICTURE = /!\[([^\]\n]*)\]\(media:([0-9a-f]{64})\)/g;

const imagesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/**
 * @param {HTMLFormElement} form
 * @param {{images: string, media: string}} addresses
 * @param {Record<string, string>} words
 */
export function usePictures(form, addresses, words) {
    const areas = [...form.querySelectorAll("textarea[data-rich]")];
    const strips = new Map(areas.map((area) => [area, stripAfter(area)]));

    async function add(area, files) {
        announce(words.sending);
        for (const file of files) {
            const body = new FormData();
            body.append("image", file);
            try {
                const { markup } = await send("POST", addresses.images, body);
                insertText(area, markup);
                strips.get(area).querySelector("li:last-child input")?.focus();
            } catch (error) {
                complain(area, `${words.failed} ${error.message}`);
            }
        }
    }

    function complain(area, text) {
        const line = Object.assign(document.createElement("p"), { className: "field-error", textContent: text });
        line.setAttribute("role", "alert");
        strips.get(area).append(line);
    }

    function show(area) {
        const strip = strips.get(area);
        const found = [...area.value.matchAll(PICTURE)];
        const shown = strip.querySelectorAll("li");
        if (shown.length === found.length && found.every((one, place) => shown[place].dataset.sha256 === one[2])) {
            found.forEach((one, place) => {
                const input = shown[place].querySelector("input");
                if (input !== document.activeElement) input.value = one[1];
            });
            return;
        }
        const list = document.createElement("ul");
        found.forEach((one, place) => list.append(rowOf(area, one, place)));
        strip.replaceChildren(...(found.length ? [list] : []));
    }

    function rowOf(area, [, alt, sha256], place) {
        const row = document.createElement("li");
        row.dataset.sha256 = sha256;
        const image = Object.assign(document.createElement("img"), { src: addresses.media + sha256, alt: "", loading: "lazy" });
        const label = Object.assign(document.createElement("label"), { className: "field" });
        const input = Object.assign(document.createElement("input"), { value: alt, maxLength: 300 });
        label.append(Object.assign(document.createElement("span"), { className: "small", textContent: words.describe }), input);
        const remove = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.remove });
        input.addEventListener("input", () => change(area, place, (text) => `![${text}](media:${sha256})`, input.value.replace(/[[\]\n]/g, " ")));
        input.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            area.focus();
        });
        remove.addEventListener("click", () => {
            change(area, place, () => "", "");
            area.focus();
        });
        row.append(image, label, remove);
        return row;
    }

    /** Write the picture with this number in the text anew. */
    function change(area, place, made, text) {
        let number = -1;
        area.value = area.value.replace(PICTURE, (whole) => ((number += 1) === place ? made(text) : whole));
        area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    for (const kind of ["paste", "drop"]) {
        form.addEventListener(kind, (event) => {
            if (kind === "paste" && event.clipboardData?.types.includes("text/plain")) return;
            const files = imagesIn(event.clipboardData ?? event.dataTransfer);
            if (!strips.has(event.target) || !files.length) return;
            event.preventDefault();
            event.target.classList.remove("is-over");
            void add(event.target, files);
        });
    }
    for (const kind of ["dragover", "dragleave"]) {
        form.addEventListener(kind, (event) => {
            if (!strips.has(event.target) || !event.dataTransfer.types.includes("Files")) return;
            event.preventDefault();
            event.target.classList.toggle("is-over", kind === "dragover");
        });
    }
    form.addEventListener("change", (event) => {
        const box = event.target.closest("[data-picture-input]");
        if (!box || event.target.type !== "file" || !event.target.files.length) return;
        const files = [...event.target.files];
        event.target.value = "";
        box.open = false;
        void add(form.elements[box.dataset.pictureInput], files);
    });
    form.addEventListener("input", (event) => strips.has(event.target) && show(event.target));
    const showAll = () => areas.forEach(show);
    showAll();
    return { showAll };
}

function stripAfter(area) {
    const strip = Object.assign(document.createElement("div"), { className: "pictures" });
    area.after(strip);
    return strip;
}
