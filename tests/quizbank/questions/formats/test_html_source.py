import re
import time
from html import escape, unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizbank.questions.formats.html_reading import Reading
from quizbank.questions.formats.html_source import html_with_source, source_of_html
from repository.markup import is_read_as_formula, nfc, render

PIXEL = (
    "data:image/png;base64,"
    + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MATHS = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>x</mi>{}</semantics></math>'
TEX = '<annotation encoding="application/x-tex">x_1</annotation>'


def source(html: str) -> str:
    return source_of_html(html, lambda address: None)[0]


def problems(html: str) -> list[str]:
    return [
        f"{found.code}: {', '.join(found.facts.values())}" for found in source_of_html(html, lambda address: None)[1]
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Thủ đô của Việt Nam?</p>", "Thủ đô của Việt Nam?"),
        ("<p>Một</p>\n<p>Hai<br />ba</p>", "Một\n\nHai\nba"),
        ("<div>Một<div>Hai</div>ba</div>", "Một\n\nHai\n\nba"),
        ("a<ul><li>b<li>c <p>d</p></ul>e", "a\n\n<ul><li>b</li><li>c\nd</li></ul>\n\ne"),
        ("<ol start=3 onclick=x><li>a</ol>", '<ol start="3"><li>a</li></ol>'),
        (
            "<table border=1><tbody><tr><td>1<td colspan=2><b>2</b></table>",
            '<table><tr><td>1</td><td colspan="2"><b>2</b></td></tr></table>',
        ),
        ("<pre>if a:\n    b $x</pre>", "<pre>if a:\n    b $x</pre>"),
        ("<h2>Tiêu đề</h2>x", "<b>Tiêu đề</b>\n\nx"),
        ('<span style="font-weight: bold; font-style:italic">đậm</span>', "<b><i>đậm</i></b>"),
        ('H<span style="vertical-align: sub">2</span>O và <del>sai</del>', "H<sub>2</sub>O và <s>sai</s>"),
        ("<b>một</b><b> hai</b><i></i>", "<b>một hai</b>"),
        ("Trái Đất có <u>&nbsp; &nbsp;</u> mặt trăng", "Trái Đất có _____ mặt trăng"),
        ("<b>chưa đóng <p>x", "<b>chưa đóng\n\nx</b>"),
        ("Ti&ecirc;u &hellip; &nbsp; x&sup2;", "Tiêu … x²"),
        ("<!-- <b>ẩn</b> -->hiện<![CDATA[ra]]>", "hiệnra"),
        ("#include <iostream> và 1 < 2", "#include <iostream> và 1 < 2"),
        ('<a href="https://a.vn/?b=1&amp;c=2" target=_blank>đây</a>', '<a href="https://a.vn/?b=1&amp;c=2">đây</a>'),
        ('<a href="#x">đây</a> <o:p>x</o:p>', "đây x"),
    ],
)
def test_html_becomes_our_markup(html: str, expected: str) -> None:
    assert (source(html), problems(html)) == (expected, [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (r"<p>\(a &lt; b\) và \[x^2\]</p>", "$a < b$ và $$x^2$$"),
        (r"$$y$$ [tex]z^2[/tex] $x$ $ 1 \neq 0 $", r"$$y$$ $z^2$ $x$ $1 \neq 0$"),
        (r"\(a b\) và \(\text{giá }5\$\)", r"\(a b\) và \(\text{giá }5\$\)"),
        (r"\begin{cases}a\\b\end{cases}", r"\begin{cases}a\\b\end{cases}"),
        (r"\(x <br> y = 1\)", "$x y = 1$"),
        ("$a + b$ và $-2x*y$", "$a + b$ và $-2x*y$"),
        ("a &amp; " + MATHS.format(TEX), "a & $x_1$"),
        ("<math><mfrac><mn>1</mn><mi>x</mi></mfrac></math>", r"$\frac{1}{x}$"),
        ("<m:math display='block'><m:msqrt><m:mi>x</m:mi></m:msqrt></m:math>", r"$$\sqrt{x}$$"),
        ("«math xmlns=¨http://www.w3.org/1998/Math/MathML¨»«mi»§#945;«/mi»«/math»", r"$\alpha$"),
        ('<img class="Wirisformula" data-mathml="«math»«mn»2«/mn»«/math»" src="a.png">', "$2$"),
        ("«math»«annotation encoding=¨application/x-tex¨»x_1«/annotation»«/math»", "$x_1$"),
        ('<img class="texrender" alt="\\displaystyle x^2" src="pix.php/1.gif">', "$x^2$"),
        ('<img class="equation_image" data-equation-content="\\frac{1}{2}" src="/eq">', r"$\frac{1}{2}$"),
    ],
)
def test_formulas_become_tex_between_dollars(html: str, expected: str) -> None:
    assert (source(html), problems(html)) == (expected, [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("giá 5$", "giá 5$"),
        ("từ 5$ đến 6$", r"từ 5\$ đến 6\$"),
        ("$5-$6", r"\$5-\$6"),
        (r"giá \$5, \$6", r"giá \$5, \$6"),
        ("&lt;b&gt;đậm&lt;/b&gt;", "&lt;b>đậm&lt;/b>"),
        ("a&lt;b", "a<b"),
        ("&amp;lt; &amp; c", "&amp;lt; & c"),
        ("![x](y)", "&#33;[x](y)"),
        (r"\( không đóng", r"&#92;( không đóng"),
    ],
)
def test_text_that_looks_like_markup_stays_text(html: str, expected: str) -> None:
    assert source(html) == expected
    assert "<b>" not in render(expected).html


def test_pictures_are_asked_for_by_their_address() -> None:
    asked: list[str] = []

    def picture(address: str) -> str | None:
        asked.append(address)
        return None if address.startswith("http") else f"p{len(asked)}.png"

    html = f'<img src="{PIXEL}" alt="Hình [1]"><img src="@@PLUGINFILE@@/a%20b.png"><img src="https://a.vn/x (1).png">'
    assert source_of_html(html, picture) == ("![Hình (1)](p1.png)![](p2.png)![](https://a.vn/x%20%281%29.png)", ())
    assert asked == [PIXEL, "@@PLUGINFILE@@/a%20b.png", "https://a.vn/x (1).png"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>alert(1)</script>x<style>p{}</style>", ["dropped: <script>", "dropped: <style>"]),
        ('<iframe src="https://a.vn/film"></iframe>', ["unreadable-part: <iframe> https://a.vn/film"]),
        ("<input type=text>", ["dropped: <input> text"]),
        ('<a href="@@PLUGINFILE@@/a.mp3">nghe</a>', ["unreadable-part: tệp hay trang ở liên kết @@PLUGINFILE@@/a.mp3"]),
        ('<img alt="gì">', ["dropped: hình không có địa chỉ “gì”"]),
        ("<math><mlongdiv/><mi>x</mi></math>", ["unreadable-part: công thức MathML “x”"]),
        ("<b>" * 70 + "x", ["unreadable-part: Các thẻ HTML lồng nhau quá 64 tầng."]),
    ],
)
def test_what_has_no_place_is_named(html: str, expected: list[str]) -> None:
    assert problems(html) == expected


SIGNS = "a b 1 $ \\ < > & ; ( ) [ ] { } _ ! ^ * - = / “ đ ệ # : ~ % ."
WRITTEN = r"&lt; <b> </b> <br> <p> <td> <li> <pre> <u> &nbsp; \( \) $$ ![ ]( x^2 \textbf{ \$"
PIECES = [*SIGNS.split(), *WRITTEN.split()]
texts = st.lists(st.sampled_from([*PIECES, " ", "\n", "\t"])).map("".join)
BEGINNINGS = ("<p>", "<table><tr>", "<math>", "<script", "<!--", "«math", "<a href='", "\\(")


@settings(deadline=None)
@given(texts)
@example("\\\\$")
def test_any_literal_text_is_shown_as_itself(text: str) -> None:
    html = render(source(f"<i>{escape(text)}</i>")).html
    if "<math" in html or "<code" in html:
        return
    shown = unescape(re.sub(r"</?i>", "", html).replace("<br>", "\n"))
    assert " ".join(shown.split()) == " ".join(text.replace("\\$", "$").split())


@settings(deadline=None)
@given(texts)
def test_what_was_read_comes_back_the_same(text: str) -> None:
    once = source(text)
    assert source(html_with_source(once, lambda target: target)) == once


@settings(deadline=None)
@given(texts)
def test_any_source_comes_back_the_same(text: str) -> None:
    written = nfc(text).strip()
    assert source(html_with_source(written, lambda target: target)) == written


def test_a_source_that_was_changed_on_the_other_side_is_read_anew() -> None:
    html = html_with_source(r"\textbf{x} và y_1", lambda target: target)
    assert source(html) == r"\textbf{x} và y_1"
    assert source("hoặc".join(html.rsplit("và", 1))) == "<b>x</b> hoặc $y_{1}$"


@pytest.mark.parametrize("piece", ["«math»", "<math>", "<a b='", "\\(a", "$$a", "[tex]", "<!--", "<u> ", "&a"])
def test_repeated_beginnings_take_no_more_than_a_moment(piece: str) -> None:
    started = time.process_time()
    assert problems(piece * (120_000 // len(piece)))[0] == "too-long: 100000"
    assert time.process_time() - started < 5


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(BEGINNINGS))
def test_any_text_is_read(text: str, beginning: str) -> None:
    assert isinstance(source(beginning + text), str)
    assert isinstance(source(text + beginning), str)


@given(st.text("ab Đàê12;:.,()-+=*/%?\u00a0\u200b\u0301_<p>", max_size=12))
def test_a_plain_text_is_read_as_the_long_way_would(written: str) -> None:
    for html in (written, f"<p>{written}</p>"):
        assert Reading(lambda address: None).read(html) == Reading(lambda address: None).read(f"{html}<i></i>")


@given(
    st.lists(
        st.sampled_from(["x", "1", " ", "=", "^", "_", "{", "}", ",", "à", "đế", "\\frac", "\\text{a b}"]), max_size=8
    )
)
def test_a_formula_is_told_without_being_rendered(pieces: list[str]) -> None:
    written = f"${''.join(pieces)}$"
    assert is_read_as_formula(written) is render(written).html.startswith(("<math", "<code"))
