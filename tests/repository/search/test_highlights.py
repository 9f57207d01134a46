from hypothesis import given
from hypothesis import strategies as st

from repository.search.documents import Segment
from repository.search.highlights import WINDOW_CHARS, excerpt, mark, opening
from repository.search.text import bare_of, terms_of


def shown(segments: tuple[Segment, ...]) -> str:
    return "".join(f"[{s.text}]" if s.is_match else s.text for s in segments)


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


@given(st.text(alphabet="ab $\n{}_^.", max_size=400), st.text(alphabet="ab ", max_size=5))
def test_an_excerpt_is_a_piece_of_its_text(text: str, query: str) -> None:
    long_text = text * 8
    for bare in ("", bare_of(long_text)):
        found = "".join(s.text for s in excerpt(long_text, bare, terms_of(query)))
        assert found.removeprefix("… ").removesuffix(" …") in long_text


def test_a_text_opens_with_its_first_words() -> None:
    assert len(shown(opening("chữ " * 500))) <= WINDOW_CHARS + 2
    assert shown(opening("Ngắn.")) == "Ngắn."
    assert opening(" ") == ()
