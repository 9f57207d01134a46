/** Files dropped anywhere in a frame are chosen as if by its file input. */
for (const zone of document.querySelectorAll("[data-drop]")) {
    const input = zone.querySelector('input[type="file"]');
    zone.querySelector("[data-drop-words]").hidden = false;
    for (const kind of ["dragover", "dragleave", "drop"]) {
        zone.addEventListener(kind, (event) => {
            event.preventDefault();
            zone.classList.toggle("is-over", kind === "dragover");
            if (kind === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
        });
    }
}
