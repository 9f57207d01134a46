import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.text import bare_of, pattern_of, spans_of, terms_of, words_of

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ "
)


def folded(text: str) -> list[str]:
    return [word.folded for word in words_of(text)]


def exact(text: str) -> list[str]:
    return [word.exact for word in words_of(text)]


@given(VIETNAMESE)
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    assert words_of(unicodedata.normalize("NFD", text)) == words_of(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_capitals_do_not_matter(text: str) -> None:
    assert words_of(text.upper()) == words_of(text)


@given(VIETNAMESE)
def test_folded_words_have_no_marks(text: str) -> None:
    assert all(word.isascii() for word in folded(text))


@given(VIETNAMESE)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(" ".join(folded(text))) == folded(text)


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert all(word.folded and word.exact for word in words_of(text))


@given(st.text())
def test_a_bare_text_keeps_every_place(text: str) -> None:
    assert len(bare_of(text)) == len(text)


@given(st.text())
def test_spans_lie_within_the_text_and_in_order(text: str) -> None:
    places = [place for span in spans_of(text) for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("thuý", "thúy"),
        ("lý", "lí"),
        ("Vật Lý", "vật lí"),
        ("quý", "quí"),
        ("kỹ sư", "kĩ sư"),
    ],
)
def test_two_spellings_are_one_word(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hoà"), ("thuy", "thúi"), ("ma", "mạ"), ("đường", "dường")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert exact(one) != exact(other)


@pytest.mark.parametrize(
    "written",
    [
        "H2O",
        "H₂O",
        "H_2O",
        "H_{2}O",
        "$H_2O$",
        r"$\mathrm{H}_{2}\mathrm{O}$",
        "${H}_2{O}$",
        "{H}_2{O}",
        "{H}_2 {O}",
        r"$\ce{H2O}$",
    ],
)
def test_water_is_water_however_it_is_written(written: str) -> None:
    assert folded(written) == ["h2o"]


@pytest.mark.parametrize("written", ["x²", "x^2", "x^{2}", "$x^2$", "$x^{2}$"])
def test_a_power_is_found_however_it_is_written(written: str) -> None:
    assert folded(written) == ["x2"]


def test_decimal_comma_and_point_are_one() -> None:
    assert folded("0,25") == folded("0.25") == ["0.25"]


def test_a_sentence_ending_in_a_number_keeps_its_number() -> None:
    assert folded("bằng 5. Câu 6, 7") == ["bang", "5", "cau", "6", "7"]


def test_an_amount_parts_from_its_unit() -> None:
    assert folded("2H2O nặng 36g") == ["2", "h2o", "nang", "36", "g"]


def test_a_fraction_keeps_its_parts_apart() -> None:
    assert folded(r"$\frac{a}{b}$") == ["a", "b"]


def test_marks_are_asked_for_only_when_typed() -> None:
    assert terms_of("ham so").exact == ()
    assert terms_of("hàm so").exact == ("ham2", "so")


def test_a_query_of_a_thousand_words_is_cut() -> None:
    assert len(terms_of(" ".join(f"từ{n}" for n in range(1000))).folded) <= 64


@pytest.mark.parametrize(
    ("term", "text"),
    [("h2o", "nước h_{2}o tinh"), ("h2so4", "{h}_2 {so}_4 loãng"), ("li", "vat ly"), ("so", "ham so.")],
)
def test_a_term_is_seen_in_bare_text(term: str, text: str) -> None:
    assert pattern_of((term,)).search(text)


def test_a_term_is_not_seen_inside_another_word() -> None:
    assert not pattern_of(("so",)).search("song soi")
