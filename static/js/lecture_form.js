/** The lecture forms: topics follow subject and grades; a file goes up in pieces and goes on after a cut. */
import { send, HttpError, csrfToken } from "./http.js";

const PIECE_BYTES = 4 * 1024 * 1024;
const WAIT_MS = 3000;

followSubject();
document.querySelectorAll("form[data-upload-form]").forEach(uploadInPieces);

function followSubject() {
    const topics = document.querySelector("select[data-topics]");
    const subject = document.querySelector('select[name="subject"]');
    if (!topics || !subject) return;
    const boxes = [...document.querySelectorAll('input[name="grades"]')];
    const groups = [...topics.querySelectorAll("optgroup")];
    const update = () => {
        const grades = new Set(boxes.filter((box) => box.checked).map((box) => Number(box.value)));
        for (const group of groups) {
            const [ofSubject, grade] = group.querySelector("option").value.split(".");
            const isWanted = ofSubject === subject.value && (!grades.size || grades.has(Number(grade.slice(1))));
            group.hidden = group.disabled = !isWanted && !group.querySelector("option:checked");
        }
    };
    [subject, ...boxes].forEach((input) => input.addEventListener("change", update));
    update();
}

function uploadInPieces(form) {
    const zone = form.querySelector("[data-upload]");
    const input = form.querySelector('input[type="file"]');
    const result = form.querySelector('input[name="upload"]');
    for (const name of ["dragover", "dragleave", "drop"]) {
        zone.addEventListener(name, (event) => {
            event.preventDefault();
            zone.classList.toggle("is-over", name === "dragover");
            if (name === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
        });
    }
    form.addEventListener("submit", async (event) => {
        const file = input.files[0];
        if (!file || result.value) return;
        event.preventDefault();
        const button = form.querySelector("button[type=submit]");
        button.disabled = true;
        try {
            result.value = await upload(file, zone);
            input.disabled = true;
            delete form.dataset.sent;
            form.submit();
        } catch (error) {
            say(zone, error.message);
            button.disabled = false;
            delete form.dataset.sent;
        }
    });
}

/** @returns {Promise<string>} the id of the finished upload */
async function upload(file, zone) {
    const remembered = `upload:${file.name}:${file.size}:${file.lastModified}`;
    let { id, offset } = await begin(file, remembered);
    while (offset < file.size) {
        show(zone, offset, file.size);
        try {
            offset = await sendPiece(id, file, offset);
        } catch (error) {
            if (error instanceof HttpError && error.problem.facts?.offset !== undefined) {
                offset = error.problem.facts.offset;
                continue;
            }
            if (error instanceof HttpError && error.status < 500) throw error;
            say(zone, zone.dataset.failed);
            await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
            offset = await offsetOf(id).catch(() => offset);
        }
    }
    show(zone, file.size, file.size);
    say(zone, zone.dataset.done);
    forget(remembered);
    return id;
}

async function begin(file, remembered) {
    const known = sessionStorage.getItem(remembered);
    if (known) {
        try {
            return { id: known, offset: await offsetOf(known) };
        } catch {
            forget(remembered);
        }
    }
    const begun = await send("POST", "/api/uploads", { file_name: file.name, size_bytes: file.size });
    sessionStorage.setItem(remembered, begun.id);
    return { id: begun.id, offset: 0 };
}

const forget = (remembered) => sessionStorage.removeItem(remembered);
const offsetOf = async (id) => (await send("GET", `/api/uploads/${id}`)).offset;

async function sendPiece(id, file, offset) {
    const piece = file.slice(offset, offset + PIECE_BYTES);
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream", "X-CSRFToken": csrfToken() };
    return (await send("PATCH", `/api/uploads/${id}`, piece, { headers })).offset;
}

function show(zone, done, total) {
    const bar = zone.querySelector("progress");
    bar.hidden = false;
    bar.value = Math.round((100 * done) / total);
    say(zone, `${zone.dataset.doing}: ${bar.value} %`);
}

function say(zone, text) {
    zone.querySelector("[data-upload-status]").textContent = text;
}
