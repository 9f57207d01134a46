"""Words found and replaced: as they were typed, in every case if wanted, never within what makes a picture or a tag."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.bulk_texts import (
    Replacement,
    replacement_from_json,
    replacement_problems,
    replacement_to_json,
)

PICTURE = f"![hình vật lý](media:{'a' * 64})"


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        (Replacement("Vật lý", "Vật lí"), "Vật lý và vật lý", "Vật lí và vật lý"),
        (Replacement("vật lý", "vật lí", ignores_case=True), "Vật lý, vật lý, VẬT LÝ", "Vật lí, vật lí, VẬT LÍ"),
        (Replacement("Hà Nội", "Huế", ignores_case=True), "hà nội; HÀ NỘI; Hà Nội", "huế; HUẾ; Huế"),
        (Replacement("lý", "lí", whole_words=True), "lý do, lýa, (lý)", "lí do, lýa, (lí)"),
        (Replacement("Câu hỏi: "), "Câu hỏi: Số nào?", "Số nào?"),
        (Replacement("a.b", "c"), "a.b axb", "c axb"),
        (Replacement("m", r"\1\g<0>"), "1 m", r"1 \1\g<0>"),
        (Replacement("x", "y"), "x và $x^2$ và \\(x\\) và $$x$$", "y và $x^2$ và \\(x\\) và $$x$$"),
        (Replacement("x", "y", in_formulas=True), "x và $x^2$", "y và $y^2$"),
        (Replacement("frac", "dfrac"), "\\frac12 hay frac", "\\frac12 hay dfrac"),
        (Replacement("\\frac", "\\dfrac", in_formulas=True), "$\\frac12$", "$\\dfrac12$"),
        (Replacement("a", "b"), f"a {PICTURE}", f"b {PICTURE}"),
        (Replacement("vật lý", "vật lí"), PICTURE, PICTURE.replace("lý", "lí")),
        (Replacement("b", "q"), "<b>b</b> &amp; b", "<b>q</b> &amp; q"),
        (Replacement("và", "với"), "Nếu a <b và c> d", "Nếu a <b với c> d"),
        (Replacement("bút", "vở"), "Giá $5 một bút, $7 hai bút.", "Giá $5 một vở, $7 hai vở."),
        (Replacement("lý", "lí", whole_words=True), "$a$lý", "$a$lí"),
    ],
)
def test_words_are_replaced(wanted: Replacement, text: str, expected: str) -> None:
    assert wanted.within(text) == expected


def test_decomposed_letters_are_found() -> None:
    old = unicodedata.normalize("NFD", "Vật lý")
    assert Replacement("Vật lý", "Vật lí").within(f"Môn {old}") == "Môn Vật lí"
    assert Replacement(old, "Vật lí").within("Môn Vật lý") == "Môn Vật lí"


@given(st.text(alphabet="ab$\\(){}<>![]/:;& \nđ", max_size=60), st.sampled_from(["a", "đ", "b", "zz"]), st.booleans())
def test_a_text_without_the_words_is_the_very_same(text: str, find: str, in_formulas: bool) -> None:
    wanted = Replacement(find, "Z", in_formulas=in_formulas)
    replaced = wanted.within(text)
    if find not in text:
        assert replaced is text
    assert wanted.within(replaced).count("Z") >= replaced.count("Z")
    assert replaced.count(find) + replaced.count("Z") == text.count(find)


@pytest.mark.parametrize("text", ["$" * 20_000, "\\(a" * 6_000, "\\begin{a}" * 2_000, "![](" * 5_000, "<b " * 6_000])
def test_hostile_texts_are_searched_at_once(text: str) -> None:
    started = time.process_time()
    Replacement("a", "o").within(text)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "wanted",
    [Replacement(" ", "x"), Replacement("a", "a"), Replacement("a" * 501)]
    + [Replacement("a", "b", fields) for fields in ((), ("key",))],
)
def test_a_wish_that_makes_no_sense_is_refused(wanted: Replacement) -> None:
    assert replacement_problems(wanted)


def test_a_wish_is_kept_as_it_was() -> None:
    wanted = Replacement(" a", "b ", ("stem", "source"), ignores_case=True)
    assert replacement_problems(wanted) == []
    assert replacement_from_json(replacement_to_json(wanted)) == wanted
    assert replacement_from_json(replacement_to_json(None)) is None
