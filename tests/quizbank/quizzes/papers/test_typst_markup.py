"""The markup of questions as code of Typst."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from quizbank.quizzes.papers.typst_markup import Picture, TypstText, typst_text
from tests.quizbank.questions.formats.mathematics.test_mathml_to_typst import VOCABULARY
from tests.quizbank.typesetting import set_source, words_of_code

SHA = "a" * 64
KINDS = VOCABULARY | frozenset(
    """
    eq tall display code small picture figures quoted listing grid-table item strong emph underline strike sub super
    linebreak par pt table.cell x y rowspan colspan
    """.split()  # noqa: SIM905 - reads better in rows
)


def set_text(source: str, picture: Picture | None = None) -> TypstText:
    return typst_text(source, lambda _: picture)


def read_back(text: TypstText) -> str:
    """What a reader of the PDF finds, on one line."""
    made = set_source(f'#import "/layout.typ": *\n#set text(hyphenate: false)\n#flow("", {text.code})')
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("Hà Nội", (("p", '"Hà Nội"'),)),
        ("Cho $x$ là", (("p", '{"Cho "; eq(s("x"), "x"); " là"}'),)),
        ("một\nhai", (("lines", '{"một"; linebreak(); "hai"}'),)),
        ("một\n\nhai", (("p", '"một"'), ("p", '"hai"'))),
        ("<b>đậm</b> và <i>nghiêng</i>", (("p", '{strong("đậm"); " và "; emph("nghiêng")}'),)),
        (r"\underline{gạch} H<sub>2</sub>", (("p", '{underline("gạch"); " H"; sub("2")}'),)),
        ("", ()),
    ],
)
def test_texts_become_blocks(source: str, blocks: tuple[tuple[str, str], ...]) -> None:
    assert set_text(source).blocks == blocks


def test_a_hyphen_before_a_number_is_a_minus_where_it_joins_nothing() -> None:
    assert set_text("-5 và (-2; -3)").blocks == (("p", '"−5 và (−2; −3)"'),)
    assert set_text("2020-2021, A-1, 3.-4").blocks == (("p", '"2020-2021, A-1, 3.-4"'),)


def test_a_fraction_asks_for_room() -> None:
    assert set_text(r"$\frac12$").blocks[0][1].startswith("tall(")
    assert set_text("$x^2$").blocks[0][1].startswith("eq(")


def test_tables_keep_their_spans_and_never_overlap() -> None:
    spanned = "<table><tr><td rowspan='3'>a</td><td>b</td></tr><tr><td colspan='9'>c</td></tr></table>"
    [(kind, code)] = set_text(spanned).blocks
    assert kind == "block"
    assert "x: 0, y: 0, rowspan: 2" in code
    assert 'table.cell(x: 1, y: 1, colspan: 8, "c")' in code
    assert sorted("".join(read_back(set_text(spanned)).split())) == ["a", "b", "c"]
    crossing = "<table><tr><td>a</td><td rowspan='2'>b</td></tr><tr><td colspan='2'>c</td></tr></table>"
    assert sorted("".join(read_back(set_text(crossing)).split())) == ["a", "b", "c"]


def test_lists_quotations_and_listings_are_set() -> None:
    source = "<ol start='3'><li>ba</li><li>bốn</li></ol><blockquote>trích</blockquote><pre>x_1 = 2</pre>"
    assert read_back(set_text(source)) == "3. ba 4. bốn trích x_1 = 2"


def test_a_picture_stands_on_its_own_line_and_a_small_one_in_the_line() -> None:
    source = f"Quan sát ![hình vẽ](media:{SHA}) rồi trả lời."
    large = set_text(source, Picture("/x.png", 900, 300))
    assert [kind for kind, _ in large.blocks] == ["p", "figure", "p"]
    assert '300.00pt, 100.00pt, "hình vẽ"' in large.blocks[1][1]
    small = set_text(source, Picture("/x.png", 12, 12))
    assert [kind for kind, _ in small.blocks] == ["p"]


def test_pictures_beside_each_other_share_a_line() -> None:
    source = f"![một](media:{SHA}) ![hai](media:{'b' * 64})"
    [(kind, code)] = set_text(source, Picture("/x.png", 200, 100)).blocks
    assert (kind, code.count("picture(")) == ("figure", 2)


def test_a_picture_in_an_option_stays_beside_its_letter() -> None:
    text = typst_text(f"![đồ thị](media:{SHA})", lambda _: Picture("/x.png", 400, 400), keeps_pictures_in_line=True)
    assert [kind for kind, _ in text.blocks] == ["p"]
    assert text.may_share


def test_a_missing_picture_is_named_and_told() -> None:
    text = set_text(f"Xem ![lược đồ](media:{SHA})")
    assert "[lược đồ]" in text.blocks[0][1]
    assert text.losses == ("![lược đồ]",)


def test_only_a_single_plain_paragraph_may_share_a_line() -> None:
    assert set_text("4 lần").may_share
    assert not set_text("một\nhai").may_share
    assert not set_text("một\n\nhai").may_share


def test_words_longer_than_a_line_may_part() -> None:
    assert read_back(set_text("1" * 300)).replace("\u200b", "").replace(" ", "") == "1" * 300
    assert "\u200b" not in set_text("a" * 20).code


HOSTILE = [
    *('#eval("1+1")', '"', "\\", '\\"', "#import", "$", "]", ")", "}", "//", "/*", "*/", "@preview/x:1", "<x>", "`"),
    *("#let x = 1", '"); panic("', "\\u{41}", "\u0000", "\u2028", "<b>", "</b>", "<td>", "<table>", "$x$", "\n", "\t"),
    *("![](media:x)", "{{", "é", "ẫ", "=", "- ", "+ ", "/ a: b", "~", "https://a.b/c?d", "1" * 50, "<ul><li>", "<pre>"),
]


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=6)), max_size=10).map("".join))
def test_whatever_is_written_stays_text(source: str) -> None:
    assert words_of_code(set_text(source).code) <= KINDS


def test_hostile_text_is_printed_as_it_was_written() -> None:
    source = '#eval("1+1") "); panic("x") \\u{41} @preview/x:1 `mã` [a](b) // chú /* thích'
    assert read_back(set_text(source)) == " ".join(source.split())
