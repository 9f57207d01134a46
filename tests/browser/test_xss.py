"""What a stranger writes into any field executes nowhere, even in a browser that ignores the security policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from repository.permissions import Role
from tests.browser.hostile import BREAKOUTS, HostileLibrary, a_hostile_library
from tests.browser.hostile_quizzes import hostile_files
from tests.browser.live import LiveProduct, a_product

pytestmark = pytest.mark.browser

HOOK = """
    window.ran = [];
    for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.ran.push(name); return true; };
    window.open = () => { window.ran.push("open"); return null; };
"""
DANGERS = r"""() => {
    const found = [];
    const leading = ["href", "src", "action", "formaction", "data", "srcdoc", "xlink:href", "background"];
    for (const node of document.querySelectorAll("*")) {
        for (const { name, value } of node.attributes) {
            if (name.startsWith("on")) found.push(`${node.tagName} ${name}`);
            if (leading.includes(name) && /^\s*(javascript|vbscript|data:(?!image)):?/i.test(value)) {
                found.push(`${node.tagName} ${name}=${value}`);
            }
        }
    }
    for (const node of document.querySelectorAll("iframe[srcdoc], object, embed, base, style")) {
        found.push(node.outerHTML.slice(0, 100));
    }
    for (const script of document.scripts) {
        const isData = script.type === "application/ld+json";
        if (!isData && (!script.src || new URL(script.src).origin !== location.origin)) found.push(script.outerHTML);
    }
    return found.concat(window.ran);
}"""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[tuple[LiveProduct, HostileLibrary]]:
    with a_product(tmp_path) as product:
        library = a_hostile_library(product)
        product.start()
        yield product, library


def open_page(browser: Browser, product: LiveProduct, role: Role | None = None) -> Page:
    """A page of a browser that ignores the security policy and tells what ran."""
    context = browser.new_context(base_url=product.base_url, bypass_csp=True)
    context.add_init_script(HOOK)
    context.set_default_timeout(20_000)
    if role:
        product.sign_in_quickly(context, role)
    return context.new_page()


def dangers_at(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status < 400, f"{address}: {answer.status}"
    poke(page)
    return [f"{address}: {danger}" for danger in page.evaluate(DANGERS)]


def poke(page: Page) -> None:
    """Wake whatever waits for a pointer or for the focus."""
    page.evaluate(
        """() => { for (const node of document.querySelectorAll("main *")) {
            for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "pointerenter", "animationstart"]) {
                node.dispatchEvent(new Event(kind, { bubbles: kind === "mouseover" }));
            }
        } }"""
    )


def test_no_field_executes_on_any_page(browser: Browser, hostile: tuple[LiveProduct, HostileLibrary]) -> None:
    product, library = hostile
    found: list[str] = []
    for role in (Role.ADMINISTRATOR, Role.TEACHER, Role.STUDENT, None):
        page = open_page(browser, product, role)
        for address in library.addresses_for(role):
            found += dangers_at(page, address)
        page.context.close()
    assert not found, "\n".join(found[:20])


def test_no_matrix_file_executes_when_it_is_imported(browser: Browser, live_product: LiveProduct) -> None:
    page = open_page(browser, live_product, Role.TEACHER)
    found: list[str] = []
    for name, content in hostile_files(BREAKOUTS):
        page.goto("/matrices/import")
        page.set_input_files("input[name=file]", {"name": name, "mimeType": "", "buffer": content})
        page.locator("main form button").click()
        page.wait_for_selector("[data-matrix-editor]")
        poke(page)
        found += [f"{name}: {danger}" for danger in page.evaluate(DANGERS)]
    assert not found, "\n".join(found[:20])
    page.context.close()


def test_the_hook_would_notice(browser: Browser, live_product: LiveProduct) -> None:
    page = open_page(browser, live_product)
    page.goto("/help")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)>'")
    page.wait_for_function("window.ran.length > 0")
    assert len(page.evaluate(DANGERS)) == 2
    page.context.close()


def test_the_policy_alone_would_stop_an_inline_handler(page: Page, expected: list[str]) -> None:
    expected += ["Content Security Policy", "status of 404"]
    page.goto("/help")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=\"window.ran = 1\">'")
    assert page.evaluate("window.ran") is None
