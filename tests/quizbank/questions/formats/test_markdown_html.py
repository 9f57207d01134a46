import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.questions.formats.html_source import source_of_html
from quizbank.questions.formats.markdown_html import html_of_markdown


def source(text: str) -> str:
    return source_of_html(html_of_markdown(text), lambda _address: None)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một\nhai", "Một hai"),
        ("Một  \nhai", "Một\nhai"),
        ("Một\n\nhai", "Một\n\nhai"),
        ("**đậm** và *nghiêng* và _nghiêng_", "<strong>đậm</strong> và <em>nghiêng</em> và <em>nghiêng</em>"),
        ("a_b_c và 2 * 3 * 4", "a_b_c và 2 * 3 * 4"),
        ("# Đề\nhai", "<b>Đề</b>\n\nhai"),
        ("- một\n    - hai\n- ba", "<ul><li>một<ul><li>hai</li></ul></li><li>ba</li></ul>"),
        ("1. một\n2. hai\n\nba", "<ol><li>một</li><li>hai</li></ol>\n\nba"),
        ("`x < 1` và `` a`b ``", "<code>x < 1</code> và <code>a`b</code>"),
        ("```\nif a:\n    b\n```", "<pre>if a:\n    b\n</pre>"),
        ("> trích\n> dẫn", "<blockquote>trích dẫn</blockquote>"),
        ("![hình](a.png) [đây](https://a.vn)", '![hình](a.png) <a href="https://a.vn">đây</a>'),
        (r"$a*b*c$ và \\(x_1\\) và \*thật\*", "$a*b*c$ và $x_1$ và *thật*"),
        ("<b>đậm</b> 1 &lt; 2", "<b>đậm</b> 1 < 2"),
    ],
)
def test_markdown_becomes_our_markup(text: str, expected: str) -> None:
    assert source(text) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(["- ", "1. ", "> ", "*", "_", "`", "\n", "    ", "a", "[", "](", ")", "# ", "```"])))
def test_any_markdown_is_read(pieces: list[str]) -> None:
    assert isinstance(source("".join(pieces)), str)
