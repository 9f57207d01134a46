"""What a stranger writes into any field executes nowhere, even in a browser that ignores the security policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from repository.permissions import Role
from tests.browser.hostile import HostileLibrary, a_hostile_library
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


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveProduct, HostileLibrary]]:
    with a_product(tmp_path_factory.mktemp("hostile")) as product:
        library = a_hostile_library(product)
        product.start()
        yield product, library


@pytest.fixture
def open_page(browser: Browser, hostile: tuple[LiveProduct, HostileLibrary]) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(base_url=hostile[0].base_url, bypass_csp=True)
    context.add_init_script(HOOK)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


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


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.TEACHER, Role.STUDENT, None], ids=str)
def test_no_field_executes_on_any_page(
    open_page: Page, hostile: tuple[LiveProduct, HostileLibrary], role: Role | None
) -> None:
    if role:
        hostile[0].sign_in_quickly(open_page.context, role)
    found: list[str] = []
    for address in hostile[1].addresses_for(role):
        found += dangers_at(open_page, address)
    assert not found, "\n".join(found[:20])


def test_the_hook_would_notice(open_page: Page) -> None:
    open_page.goto("/help")
    open_page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)>'")
    open_page.wait_for_function("window.ran.length > 0")
    assert len(open_page.evaluate(DANGERS)) == 2


def test_the_policy_alone_would_stop_an_inline_handler(
    browser: Browser, hostile: tuple[LiveProduct, HostileLibrary]
) -> None:
    context = browser.new_context(base_url=hostile[0].base_url)
    page = context.new_page()
    page.goto("/help")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=\"window.ran = 1\">'")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    context.close()
