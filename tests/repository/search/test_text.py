import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search import vocabulary
from repository.search.terms import MAX_QUERY_CHARS, MAX_QUERY_WORDS, terms_of
from repository.search.text import (
    SPELLINGS,
    Form,
    _strip_loose_marks,
    _without_loose_tones,
    bare_of,
    form_of,
    pairs_of,
    spans_of,
    strip_marks,
    without_tones,
    words_of,
)

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
    ("old", "new"),
    [
        ("natri hiđroxit", "sodium hydroxide"),
        ("kali clorua", "potassium chloride"),
        ("axit sunfuric", "sulfuric acid"),
        ("bazơ", "base"),
        ("nhôm oxit", "nhôm oxide"),
        ("canxi cacbonat", "calcium carbonate"),
        ("ancol etylic", "ethyl alcohol"),
        ("anđehit axetic", "acetic aldehyde"),
        ("este", "ester"),
        ("glucozơ saccarozơ", "glucose saccharose"),
        ("metan etilen axetilen benzen", "methane ethylene acetylene benzene"),
        ("nuclêôtit ADN", "nucleotide DNA"),
        ("vector", "vectơ"),
    ],
)
def test_old_and_new_names_are_one_word(old: str, new: str) -> None:
    assert sorted(folded(old)) == sorted(folded(new))


def test_the_spelling_of_an_old_name_still_counts() -> None:
    assert form_of("hiđroxit") == Form("hydroxide", "hiđroxit")
    assert form_of("hidroxit") == form_of("hydroxide") == Form("hydroxide", "hydroxide")


def test_names_that_mean_other_things_without_marks_stay_themselves() -> None:
    assert folded("sắt đồng bạc kẽm nhôm") == ["sat", "dong", "bac", "kem", "nhom"]


def test_no_chosen_spelling_is_another_spelling_of_something_else() -> None:
    assert not set(SPELLINGS) & set(SPELLINGS.values())


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("GTLN", "giá trị lớn nhất"),
        ("gtnn", "Giá trị nhỏ nhất"),
        ("ĐTHS", "đồ thị hàm số"),
        ("GDKT&PL", "giáo dục kinh tế và pháp luật"),
        ("KHTN", "khoa học tự nhiên"),
        ("HK1", "học kì 1"),
    ],
)
def test_an_abbreviation_is_what_it_stands_for(short: str, words: str) -> None:
    assert words_of(short) == words_of(words)


def test_an_abbreviation_asks_for_no_marks() -> None:
    assert terms_of("gtln ham so").exact == ()


@pytest.mark.parametrize(
    "written", ["SO4^{2-}", "SO_4^{2-}", "SO₄²⁻", "$SO_4^{2-}$", "${SO}_4{}^{2-}$", "{SO}_4{}^{2-}"]
)
def test_an_ion_is_found_however_it_is_written(written: str) -> None:
    assert folded(written) == ["so42"]


@pytest.mark.parametrize("written", ["HCOOC2H5", "{HCOOC}_2 {H}_5", "${HCOOC}_2 {H}_5$", "HCOOC_2H_5", "HCOOC₂H₅"])
def test_a_long_formula_is_one_word_however_it_is_written(written: str) -> None:
    assert folded(written) == ["hcooc2h5"]


@pytest.mark.parametrize("written", ["10^{-3}", "10⁻³", "$10^{-3}$", "10^-3"])
def test_a_negative_power_is_found_however_it_is_written(written: str) -> None:
    assert folded(written) == ["10", "3"]


@pytest.mark.parametrize("written", ["6,02.10^{23}", "$6,02.10^{23}$", "6.02 × 10^23", "6,02·10²³"])
def test_a_number_of_physics_is_found_however_it_is_written(written: str) -> None:
    assert folded(written) == ["6.02", "1023"]


@pytest.mark.parametrize("written", ["1/2", "½", r"$\frac{1}{2}$", r"\frac{1}{2}"])
def test_a_half_has_its_two_numbers(written: str) -> None:
    assert folded(written)[-2:] == ["1", "2"]


def test_two_signs_for_micro_are_one() -> None:
    assert folded("5 \u00b5m") == folded("5 \u03bcm")


@given(st.text(alphabet="ab $\n{}_^.,12&đấ"))
def test_words_are_those_of_the_spans(text: str) -> None:
    whole = unicodedata.normalize("NFC", text)
    assert words_of(whole) == [form for span in spans_of(whole) for form in span.forms]


def test_a_heap_of_marks_takes_no_time() -> None:
    assert words_of("a" + "\u0301\u0323" * 100_000)


def test_stop_words_need_not_be_found() -> None:
    assert terms_of("hàm số nào là đồng biến").optional == {"nao", "la"}


def test_a_query_of_stop_words_alone_asks_for_them() -> None:
    assert terms_of("là của").optional == frozenset()


def test_without_marks_a_word_that_may_tell_something_is_no_stop_word() -> None:
    assert terms_of("va cham").optional == frozenset()


def test_a_short_word_has_alternatives() -> None:
    assert terms_of("vd pt").alternatives == {"vd": ("vi du",), "pt": ("phuong trinh",)}


def test_a_phrase_has_alternatives_for_each_of_its_words() -> None:
    found = terms_of("Anh văn 12").alternatives
    assert "tieng anh" in found["anh"]
    assert "tieng anh" in found["van"]
    assert "12" not in found


def test_iron_is_meant_only_with_its_marks() -> None:
    assert terms_of("sắt").alternatives == {"sat": ("iron",)}
    assert not terms_of("sát hạch").alternatives
    assert not terms_of("sat").alternatives


def test_an_alternative_is_known_by_its_pairs() -> None:
    assert pairs_of("gia tri lon") == ("gia tri", "tri lon")
    assert pairs_of("iron") == ()


def test_every_line_of_the_lists_can_be_read() -> None:
    assert all(words_of(other) and words_of(chosen) for other, chosen in vocabulary.spellings().items())
    assert all(len(words_of(words)) > 1 for words in vocabulary.abbreviations().values())
    assert all(words_of(asked) and all(map(words_of, others)) for asked, others in vocabulary.synonyms())
    assert all(len(words_of(word)) == 1 for words in vocabulary.stop_words() for word in words)


def test_a_short_list_has_no_line_twice() -> None:
    for name in ("spellings.tsv", "abbreviations.tsv", "synonyms.tsv", "stop_words.txt"):
        lines = [line.split("\t")[0] for line in vocabulary.lines_of(name)]
        assert len(lines) == len(set(lines)), name


def test_a_lone_mark_is_no_word() -> None:
    assert [form.folded for form in words_of("lớp 12\u0301 toán")] == ["lop", "12", "toan"]


@given(st.text(max_size=12))
def test_letters_lose_their_marks_alike_by_the_table_and_by_decomposition(word: str) -> None:
    assert without_tones(word) == _without_loose_tones(word.lower())
    assert strip_marks(word) == _strip_loose_marks(word)


def test_of_an_endless_query_the_beginning_is_read() -> None:
    assert terms_of("toán " * 5_000) == terms_of("toán " * MAX_QUERY_WORDS)
    assert terms_of("a" * MAX_QUERY_CHARS + " toán") == terms_of("a" * MAX_QUERY_CHARS)
