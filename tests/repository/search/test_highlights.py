import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.documents import PlacedText, Segment, Where
from repository.search.highlights import WINDOW_CHARS, excerpt, excerpt_of_places, mark, opening
from repository.search.terms import terms_of
from repository.search.text import bare_of, nfc, words_of


def shown(segments: tuple[Segment, ...]) -> str:
    return "".join(f"[{s.text}]" if s.is_match else s.text for s in segments)


def words_in(text: str) -> set[str]:
    return {word.folded for word in words_of(text)}


def test_the_words_of_the_query_are_marked() -> None:
    assert shown(mark("Hàm số đồng biến", terms_of("ham bien"))) == "[Hàm] số đồng [biến]"


def test_marks_that_were_typed_are_respected() -> None:
    assert shown(mark("ma mà má", terms_of("má"))) == "[ma] mà [má]"


def test_nothing_of_the_text_is_lost() -> None:
    text = "Cho $x^2$ & <b>y</b>, tìm x."
    assert "".join(s.text for s in mark(text, terms_of("x y"))) == text


def test_a_formula_is_marked_whole() -> None:
    assert shown(mark(r"Giải $x^{2}+1=0$ ngay", terms_of("x^2"))) == r"Giải [$x^{2}+1=0$] ngay"


def test_a_text_without_the_words_has_no_excerpt() -> None:
    assert excerpt("Hàm số", "", terms_of("sông")) == ()


def test_the_excerpt_stands_where_most_words_meet() -> None:
    text = "sông " + "xa " * 200 + "sông núi biển " + "xa " * 200
    found = shown(excerpt(text, "", terms_of("sông núi biển")))
    assert "[sông núi biển]" in found
    assert found.startswith("…")
    assert found.endswith("…")


def test_a_long_text_gives_the_same_words_as_a_short_one() -> None:
    text = "đầu. " * 2000 + "\nDung dịch $H_2SO_4$ loãng.\n" + "cuối. " * 2000
    assert "Dung dịch [$H_2SO_4$ loãng]." in shown(excerpt(text, bare_of(text), terms_of("H2SO4 loãng")))


def test_an_excerpt_of_a_long_line_does_not_cut_a_formula() -> None:
    text = r"$\frac{a}{b}$ và $c + d$ hay " * 400 + "đích " + r"rồi $\frac{a}{b}$ và $c + d$ " * 400
    found = "".join(s.text for s in excerpt(text, bare_of(text), terms_of("đích")))
    assert found.count("$") % 2 == 0
    assert "đích" in found


TEXTS = st.text(alphabet="ab $\n{}_^.2?mámạ", max_size=400)
QUERIES = st.text(alphabet="ab 2^_mámạ", max_size=8)


@given(TEXTS, QUERIES)
def test_an_excerpt_is_a_piece_of_its_text(text: str, query: str) -> None:
    long_text = unicodedata.normalize("NFC", text * 8)
    for bare in ("", bare_of(long_text)):
        found = "".join(s.text for s in excerpt(long_text, bare, terms_of(query)))
        assert found.removeprefix("… ").removesuffix(" …") in long_text


@given(TEXTS, QUERIES)
def test_every_mark_has_a_word_of_the_query(text: str, query: str) -> None:
    terms = terms_of(query)
    for segments in (mark(nfc(text), terms), excerpt(nfc(text), "", terms)):
        assert all(words_in(segment.text) & set(terms.folded) for segment in segments if segment.is_match)


@given(TEXTS, QUERIES, st.text(alphabet="ab .", max_size=9))
def test_an_excerpt_below_its_title_is_a_piece_of_its_text(text: str, query: str, title: str) -> None:
    text = nfc(title + text)
    for segments in (excerpt(text, "", terms_of(query), title), opening(text, title)):
        found = "".join(s.text for s in segments)
        assert found.removeprefix("… ").removesuffix(" …") in text


@given(st.lists(TEXTS, max_size=5), QUERIES)
def test_an_excerpt_of_places_is_a_piece_of_its_place(texts: list[str], query: str) -> None:
    places = some_places(*map(nfc, texts))
    if found := excerpt_of_places(places, terms_of(query)):
        segments, where = found
        assert "".join(s.text for s in segments).removeprefix("… ").removesuffix(" …") in places[where.number - 1].text
        assert any(segment.is_match for segment in segments)


def test_a_phrase_is_marked_whole_with_its_stop_words() -> None:
    terms = terms_of("phương trình của đường thẳng")
    assert (
        shown(mark("Viết phương trình của đường thẳng d của ta", terms))
        == "Viết [phương trình của đường thẳng] d của ta"
    )


def test_words_that_are_apart_in_the_query_are_marked_apart() -> None:
    assert shown(mark("số hàm số", terms_of("hàm bậc số"))) == "[số] [hàm] [số]"


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("natri hiđroxit", "dung dịch sodium hydroxide", "dung dịch [sodium hydroxide]"),
        ("sodium hydroxide", "dung dịch natri hiđroxit", "dung dịch [natri hiđroxit]"),
        ("giá trị lớn nhất", "Tìm GTLN của y", "Tìm [GTLN] của y"),
        ("GTLN", "giá trị lớn nhất là 3", "[giá trị lớn nhất] là 3"),
        ("vd", "Ví dụ 1. vị du", "[Ví dụ] 1. vị du"),
        ("sắt", "iron và sát", "[iron] và sát"),
        ("vật lý", "Môn Vật lí", "Môn [Vật lí]"),
        ("0.25", "bằng 0,25 g", "bằng [0,25] g"),
        ("36", "nặng 36g", "nặng [36]g"),
        ("h2o", "2H2O và {H}_2 {O}", "2[H2O] và [{H}_2 {O}]"),
        ("x^2", "y = x^{2} + x²", "y = [x^{2}] + [x²]"),
        ("so4^2-", "ion SO_4^{2-} tan", "ion [SO_4^{2-}] tan"),
        ("1/2", r"bằng $\frac{1}{2}$.", r"bằng [$\frac{1}{2}$]."),
    ],
)
def test_other_spellings_are_marked(query: str, text: str, found: str) -> None:
    assert shown(mark(text, terms_of(query))) == found


def test_an_excerpt_begins_and_ends_with_its_sentences() -> None:
    text = "Câu đầu không liên quan gì cả. " * 9 + "Sóng cơ lan truyền trong nước. " + "Câu sau cũng dài như thế. " * 20
    found = shown(excerpt(text, "", terms_of("sóng cơ")))
    assert found.startswith("[Sóng cơ] lan truyền trong nước. Câu sau")
    assert found.endswith("như thế.")


def test_an_excerpt_prefers_a_place_where_the_words_stand_together() -> None:
    text = "Sóng ở đây. Và cơ ở kia. " + "Chữ khác. " * 40 + "Rồi sóng cơ học. " + "Chữ khác. " * 40
    assert "[sóng cơ] học" in shown(excerpt(text, "", terms_of("sóng cơ")))


def test_an_excerpt_respects_marks_that_were_typed() -> None:
    text = "Cái ma nào. " + "Chữ khác. " * 40 + "Con má ở đây. " + "mạ mà mả. " * 40
    assert "[ma]" in shown(excerpt(text, "", terms_of("má")))
    assert excerpt("mạ mà mả", "", terms_of("má")) == ()


def test_below_its_title_a_question_shows_another_stretch() -> None:
    stem = "Cho hàm số bậc ba có đồ thị như hình vẽ bên dưới đây. " * 3 + "Hỏi hàm số có mấy cực trị?"
    title = stem[:117] + "…"
    found = shown(excerpt(stem, "", terms_of("hàm số"), title))
    assert stem.index(found.replace("[", "").replace("]", "").strip(" …")) >= 100
    assert excerpt("Hàm số nào đồng biến?", "", terms_of("hàm số"), "Hàm số nào đồng biến?") == ()


def test_below_its_title_a_text_opens_with_what_follows() -> None:
    assert shown(opening("Một hai ba. Bốn năm sáu.", "Một hai ba.…")) == "Bốn năm sáu."
    assert opening("Một hai ba.", "Một hai ba.") == ()


def some_places(*texts: str) -> list[PlacedText]:
    return [PlacedText(Where("slide", number), text) for number, text in enumerate(texts, 1)]


def test_the_place_with_most_words_is_shown() -> None:
    places = some_places("Sóng biển", "Mở đầu", "Giao thoa sóng cơ học", "Sóng. Cơ.")
    found = excerpt_of_places(places, terms_of("giao thoa sóng cơ"))
    assert found
    assert shown(found[0]) == "[Giao thoa sóng cơ] học"
    assert found[1] == Where("slide", 3)


def test_a_place_whose_first_line_has_the_words_wins() -> None:
    places = some_places("Ôn tập\nNhắc lại về dao động tắt dần.", "Dao động tắt dần\nĐịnh nghĩa.")
    found = excerpt_of_places(places, terms_of("dao động tắt dần"))
    assert found
    assert found[1].number == 2


def test_places_without_the_words_have_no_excerpt() -> None:
    assert excerpt_of_places(some_places("Sóng", "Biển"), terms_of("núi")) is None
    assert excerpt_of_places([], terms_of("núi")) is None


def test_words_of_two_places_do_not_stand_together() -> None:
    found = excerpt_of_places(some_places("xa đầu giao", "thoa xa", "giao thoa"), terms_of("giao thoa"))
    assert found
    assert found[1].number == 3


def test_a_huge_text_is_shown_in_time() -> None:
    for text in ("a " * 500_000, "$a$ " * 250_000, "{a}_1 " * 150_000, "a" * 1_000_000, "a. " * 300_000):
        started = time.process_time()
        excerpt(text, "", terms_of("a b x2"))
        opening(text)
        assert time.process_time() - started < 2


def test_a_text_opens_with_its_first_words() -> None:
    assert len(shown(opening("chữ " * 500))) <= WINDOW_CHARS + 2
    assert shown(opening("Ngắn.")) == "Ngắn."
    assert opening(" ") == ()
