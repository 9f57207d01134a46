"""How hits are shown: marks, formulas, and nothing that runs."""

import pytest
from markupsafe import escape

from repository.search.descriptions import html_of
from repository.search.documents import Segment
from repository.search.exchange import marked_text
from tests.repository.markup.html_reading import dangers_in
from tests.repository.markup.test_markup_xss import VECTORS


def test_a_bare_formula_of_a_plain_text_is_shown_as_a_formula() -> None:
    html = html_of([Segment("Nguyên hàm của "), Segment("hàm số", is_match=True), Segment(" f(x)=x^{2} là")])
    assert "<mark>hàm số</mark> <math>" in html
    assert html.endswith("</math> là")


def test_a_formula_between_dollars_is_shown_as_one() -> None:
    assert html_of([Segment("Cho $x<y$")]).startswith("Cho <math>")


def test_tags_in_a_text_are_text() -> None:
    assert html_of([Segment("<b>", is_match=True), Segment(" <script>")]) == "<mark>&lt;b&gt;</mark> &lt;script&gt;"


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_in_a_hit_runs(vector: str) -> None:
    assert dangers_in(html_of([Segment(f"{vector} x^2 {vector}")])) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_in_a_highlight_of_the_api_runs(vector: str) -> None:
    assert dangers_in(marked_text([Segment(vector), Segment("và"), Segment(vector)])) == []


@pytest.mark.parametrize("sign", "&<>\"'")
def test_every_sign_of_markup_is_escaped(sign: str) -> None:
    assert marked_text([Segment(f"a{sign}b")]) == escape(f"a{sign}b")
