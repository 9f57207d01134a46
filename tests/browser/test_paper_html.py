"""axe finds nothing at all to say of a paper for screen readers, in both sizes of print and with its solutions."""

import pytest
from playwright.sync_api import Browser

from quizbank.quizzes.papers.html_paper import html_papers
from quizbank.quizzes.papers.paper import Block
from tests.browser.test_accessibility import EVERYTHING, axe, violations_of
from tests.quizbank.quizzes.papers.builders import a_paper, a_paper_part, a_paper_question
from tests.quizbank.quizzes.papers.test_html import SHA, a_picture, three_parts

__all__ = ["axe"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "with_keys"), [(12, False), (18, False), (12, True)])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_a_paper(browser: Browser, axe: str, width: int, size: int, with_keys: bool) -> None:
    table = "Bảng:\nx\t1\t2\ny\t3\t4"
    pictured = a_paper_question(2, stem=f"$$\\frac{{1}}{{2}}$$ ![](media:{SHA})\n{table}", key="A", explanation="Vì.")
    paper = three_parts(font_size_pt=size, with_keys=with_keys)
    more = a_paper(*paper.parts, a_paper_part(4, Block((pictured,))), font_size_pt=size, with_keys=with_keys)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(html_papers([more], a_picture)[0].decode())
    page.evaluate(axe)
    assert violations_of(page, EVERYTHING) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()
