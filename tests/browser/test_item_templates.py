"""axe finds nothing serious on the pages of item templates, in both themes, on a phone and on a wide screen."""

import pytest
from playwright.sync_api import Browser

from quizbank.item_templates.actions import create_template, order_clones
from quizbank.item_templates.examples import examples
from quizbank.item_templates.jobs import schedule_clones
from repository.db import writing
from repository.jobs import utc_now
from repository.permissions import Role
from tests.browser.library import actor_for
from tests.browser.live import LiveProduct
from tests.browser.test_accessibility import AXE, violations_everywhere

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ids(live_product: LiveProduct) -> tuple[int, int]:
    """A template, and an order of its questions."""
    with live_product.services.sessions() as session:
        teacher = actor_for(writing(session), Role.TEACHER)
        made = create_template(session, teacher, examples()["numbers"], now=utc_now())
        generation = order_clones(session, teacher, made.id, 3, now=utc_now())
        schedule_clones(session, teacher, generation, now=utc_now())
        session.commit()
    live_product.run_jobs()
    return made.id, generation.id


@pytest.mark.parametrize(
    "address",
    [
        "/item-templates",
        "/item-templates/new",
        "/item-templates/new?example=numbers",
        "/item-templates/new?example=cluster",
        "/item-templates/{}",
        "/item-templates/{}/edit",
        "/item-templates/{}/generations/{}",
    ],
)
def test_axe_finds_nothing_serious(
    browser: Browser, live_product: LiveProduct, ids: tuple[int, int], address: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (run static/install_assets.py)")
    context = browser.new_context(base_url=live_product.base_url, bypass_csp=True, reduced_motion="reduce")
    live_product.sign_in_quickly(context, Role.TEACHER)
    page = context.new_page()
    answer = page.goto(address.format(*ids))
    assert answer and answer.ok
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = violations_everywhere(page, AXE.read_text(encoding="utf-8"))
    context.close()
    assert not found, "\n".join(found)
