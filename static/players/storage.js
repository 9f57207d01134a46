// Browsers may deny storage to a frame of another site; content that counts on it would stop. Give it a forgetful one.
(() => {
    try {
        if (window.localStorage && window.sessionStorage) return;
    } catch {
        // Denied.
    }
    class ForgetfulStorage {
        #items = new Map();
        get length() { return this.#items.size; }
        key(index) { return [...this.#items.keys()][index] ?? null; }
        getItem(key) { return this.#items.get(String(key)) ?? null; }
        setItem(key, value) { this.#items.set(String(key), String(value)); }
        removeItem(key) { this.#items.delete(String(key)); }
        clear() { this.#items.clear(); }
    }
    for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { configurable: true, value: new ForgetfulStorage() });
    }
})();
