// Leads through the launches of a package: table of contents, back and forward.
const content = document.getElementById("content");
const buttons = [...document.querySelectorAll("nav [data-launch]")];
const back = document.getElementById("back");
const forward = document.getElementById("forward");
const place = document.getElementById("place");
const contents = document.querySelector(".contents");
let at = 0;

export const opening = new EventTarget();

function open(index) {
    at = index;
    opening.dispatchEvent(new CustomEvent("open", { detail: index }));
    content.src = buttons.length ? buttons[index].dataset.launch : content.dataset.launch;
    buttons.forEach((button, number) => button.toggleAttribute("aria-current", number === index));
    if (!buttons.length) return;
    back.disabled = index === 0;
    forward.disabled = index === buttons.length - 1;
    place.value = `${index + 1} / ${buttons.length}`;
    contents.open = false;
}

back?.addEventListener("click", () => open(at - 1));
forward?.addEventListener("click", () => open(at + 1));
buttons.forEach((button, index) => button.addEventListener("click", () => open(index)));

/** The address may name where to start: `#part-3`. */
export function start() {
    const part = Number(/^#part-(\d+)$/.exec(location.hash)?.[1] ?? 1);
    open(Math.min(Math.max(part, 1), Math.max(buttons.length, 1)) - 1);
}

if (!document.body.matches(".player-scorm12, .player-scorm2004")) start();
