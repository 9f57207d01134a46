/** The review of scanned sheets by keyboard: the field is selected, so that a sign replaces what was guessed;
    Enter keeps it and goes on (a form does that by itself); arrows go to the field before or behind; Ctrl+Z undoes. */
const value = document.querySelector("#value");
value?.focus();
value?.select();

document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    if (event.ctrlKey && event.key === "z") {
        const undo = document.querySelector('form[action$="/undo"]');
        if (undo) {
            event.preventDefault();
            undo.requestSubmit();
        }
        return;
    }
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = rel && !event.ctrlKey && document.querySelector(`a.button[rel="${rel}"]`);
    if (link) {
        event.preventDefault();
        window.location.assign(link.href);
    }
});
