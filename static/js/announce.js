/** Say something to people who cannot see the change: one polite live region for the page. */
export function announce(text) {
    const region = document.getElementById("announcer");
    if (!region) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = text; }, 50);
}
