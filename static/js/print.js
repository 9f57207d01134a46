/** The print button: hidden where there is no JavaScript, for then the browser's own command does. */
for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
}
