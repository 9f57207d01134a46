"""What people write and what is shown: paragraphs, formulas, pictures, tables, and text that only looks like tags."""

import time

import pytest

from repository.markup import clean_html, excerpt, nfc, plain, render
from tests.repository.markup.html_reading import visible_text
from tests.shared_data import SHARED, needs_shared_data

DIGEST = "ab" * 32


def test_letters_are_composed_and_superscripts_kept() -> None:
    assert nfc("Ti\u0065\u0302\u0301ng x\u00b2") == "Tiếng x²"


def test_invisible_characters_go_and_line_ends_are_one() -> None:
    assert nfc("\ufeffa\u200bb\x00\r\nc\u00a0d\re\tf") == "ab\nc d\ne\tf"


def test_half_a_surrogate_does_not_reach_the_database() -> None:
    assert nfc("a\ud800b").encode() == b"ab"


def test_plain_text_stays_as_it_is() -> None:
    assert render("Thủ đô của Việt Nam là").html == "Thủ đô của Việt Nam là"


def test_one_paragraph_stands_without_a_tag_and_two_with() -> None:
    assert render("một\n\nhai").html == "<p>một</p><p>hai</p>"
    assert render("một\nhai").html == "một<br>hai"


@pytest.mark.parametrize(
    "source", ["a < b và c > d", "x<3", "3 <y> 2", "a<b và c>d", "AT&T", "1 <= 2 >= 1", "<script>"]
)
def test_signs_in_text_survive_as_text(source: str) -> None:
    assert visible_text(render(source).html) == source
    assert plain(source) == source


def test_maths_with_less_and_greater_is_not_eaten() -> None:
    assert plain("$a<b$ và $c>d$") == "a<b và c>d"
    assert "&lt;" in render("$a<b$ và $c>d$").html


@pytest.mark.parametrize("source", ["$x^2$", "$$x^2$$", r"\(x^2\)", r"\[x^2\]", "x^2", r"\begin{cases}a\\b\end{cases}"])
def test_every_way_to_write_a_formula_gives_mathml(source: str) -> None:
    assert render(source).html.startswith("<math")


def test_display_maths_is_a_block_and_keeps_its_source() -> None:
    html = render("$$\\frac{1}{2}$$").html
    assert html.startswith('<math display="block">')
    assert '<annotation encoding="application/x-tex">\\frac{1}{2}</annotation>' in html


def test_prices_are_no_formulas() -> None:
    assert render("giá 5$ và 10$ thôi").html == "giá 5$ và 10$ thôi"
    assert render(r"giá \$5").html == "giá $5"


def test_maths_that_cannot_be_read_shows_its_source() -> None:
    assert render(r"$\nosuch{x}$").html == r'<code class="tex">$\nosuch{x}$</code>'


def test_a_picture_comes_from_our_media_only() -> None:
    assert f'<img src="/media/{DIGEST}" alt="Đồ thị"' in render(f"![Đồ thị](media:{DIGEST})").html
    assert render("![Đồ thị](https://a.example/x.png)").html == "Đồ thị"


def test_an_html_picture_may_name_our_media() -> None:
    assert f'src="/media/{DIGEST}"' in render(f'<img src="media:{DIGEST}" alt="a">').html


def test_text_commands_of_papers_become_tags() -> None:
    assert render(r"maintain\underline{ed}").html == "maintain<u>ed</u>"
    assert render(r"\textbf{a \textit{b} $x$}").html.startswith("<b>a <i>b</i> <math>")


def test_a_text_command_that_never_closes_stays_text() -> None:
    assert visible_text(render(r"\underline{ed").html) == r"\underline{ed"


def test_a_small_html_subset_is_kept() -> None:
    assert render("H<sub>2</sub>O <b>đậm</b>").html == "H<sub>2</sub>O <b>đậm</b>"


def test_an_unclosed_tag_is_closed() -> None:
    assert render("<b>đậm").html == "<b>đậm</b>"


def test_line_ends_between_blocks_add_nothing() -> None:
    source = "Bảng\n<table>\n<tr><td>a</td>\n<td>$x<y$</td></tr>\n</table>\nxong"
    html = render(source).html
    assert "<br>" not in html
    assert html.startswith("<p>Bảng</p><table>") and html.endswith("</table><p>xong</p>")


def test_lines_with_equal_tabs_are_a_table() -> None:
    html = render("Năm\t2010\t2012\nXuất khẩu\t471,1\t565,2").html
    assert html.count("<td>") == 6
    assert "<table>" not in render("một\thai").html


def test_entities_are_the_characters_they_name() -> None:
    assert render("a &lt; b &amp; c &nbsp;d").text == "a < b & c d"


def test_text_is_readable_without_markup() -> None:
    source = f"Cho $x^2$ và <b>đậm</b>\n\n![Hình](media:{DIGEST})"
    assert plain(source) == "Cho x^2 và đậm\nHình"


def test_rich_text_keeps_its_words_and_loses_its_scripts() -> None:
    html = '<div onclick="x">Giới thiệu <script>x()</script><a href="https://a.vn/?a=1&b=2">đây</a></div>'
    assert clean_html(html) == (
        'Giới thiệu <a href="https://a.vn/?a=1&amp;b=2" rel="noopener noreferrer nofollow">đây</a>'
    )


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("Hoạt động khai thác hải sản xa bờ", 20) == "Hoạt động khai thác…"
    assert excerpt("ngắn  thôi", 20) == "ngắn thôi"
    assert len(excerpt("x" * 50, 20)) == 20


def test_plain_text_is_fast() -> None:
    source = "Hoạt động khai thác hải sản xa bờ ngày càng phát triển do"
    start = time.perf_counter()
    for _ in range(1_000):
        render(source)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "piece", ["$", "\\[", "![a", "(a_1", ")a_1", "_{", "x^2 ", "\\begin{a}", "\\left( x", "{", "\\ce{"]
)
def test_hostile_repetition_takes_no_long_time(piece: str) -> None:
    start = time.perf_counter()
    render(piece * (20_000 // len(piece)))
    assert time.perf_counter() - start < 3


@needs_shared_data
def test_real_formulas_between_dollars_are_shown() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "exams").glob("*/*.txt"))]
    blocks = [block for source in sources for block in source.split("\n\n") if "$" in block]
    unread = sum(render(block).html.count('class="tex"') for block in blocks)
    assert len(blocks) > 300
    assert unread <= 4


@needs_shared_data
def test_no_word_of_a_real_paper_is_lost() -> None:
    path = SHARED / "exams" / "lich-su" / "His_11.txt"
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        assert visible_text(render(block).html).split() == nfc(block).split()
