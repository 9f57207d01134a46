/** fetch for this site: sends the CSRF token, speaks JSON, turns problem answers into errors. */
export class HttpError extends Error {
    /** @param {number} status @param {{detail?: string, title?: string}} problem */
    constructor(status, problem) {
        super(problem.detail ?? problem.title ?? `HTTP ${status}`);
        this.status = status;
        this.problem = problem;
    }
}

export function csrfToken() {
    return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body] FormData and Blob go as they are, anything else as JSON.
 * @param {RequestInit} [more]
 * @returns {Promise<any>} the JSON of the answer, or null where there is none
 */
export async function send(method, url, body, more = {}) {
    const headers = new Headers(more.headers);
    headers.set("Accept", "application/json");
    headers.set("X-CSRFToken", csrfToken());
    const isRaw = body === undefined || body instanceof FormData || body instanceof Blob || body instanceof URLSearchParams;
    if (!isRaw) headers.set("Content-Type", "application/json");
    const answer = await fetch(url, { ...more, method, headers, body: isRaw ? body : JSON.stringify(body), credentials: "same-origin" });
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const content = isJson ? await answer.json() : null;
    if (!answer.ok) throw new HttpError(answer.status, content ?? {});
    return content;
}
