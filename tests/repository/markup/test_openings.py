"""What a list shows of a question: one safe line with its formulas."""

import pytest

from repository.markup import render
from repository.markup.openings import opening
from tests.repository.markup.html_reading import dangers_in
from tests.repository.markup.test_markup_xss import VECTORS


def test_a_formula_stays_a_formula() -> None:
    html = opening(render("Tính $x^2$ khi $x=3$.").html)
    assert html.startswith("Tính <math>")
    assert html.count("</math>") == 2
    assert html.endswith(".")


def test_a_long_text_is_cut_at_a_word() -> None:
    assert opening("một hai ba bốn năm", 12) == "một hai ba…"


def test_a_formula_is_never_cut() -> None:
    html = opening(render("Cho $a+b+c+d+e+f$ và một lời dẫn dài").html, 8)
    assert html.endswith("</math>…")


def test_blocks_become_one_line_and_pictures_go() -> None:
    assert opening('<p>Hai</p><p>dòng<br>ba</p><img src="/media/x" alt="">') == "Hai dòng ba"


def test_inline_tags_leave_no_gap() -> None:
    assert opening("H<sub>2</sub>O &amp; <b>muối</b>") == "H2O &amp; muối"


def test_what_was_escaped_stays_escaped() -> None:
    assert opening("&lt;script&gt;alert(1)&lt;/script&gt; &quot;") == "&lt;script&gt;alert(1)&lt;/script&gt; &quot;"


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("limit", [5, 20, 160])
def test_nothing_in_an_opening_runs(vector: str, limit: int) -> None:
    assert dangers_in(opening(render(f"{vector} Cho $x^2$ {vector}").html, limit)) == []
