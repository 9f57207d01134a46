import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.files.examination import TextPlace
from repository.lectures.places import fragment_of, joined, read_at, split
from repository.search.documents import PlacedText, Where

KINDS = st.sampled_from(["page", "slide", "chapter", "second"])
PLACES = st.builds(TextPlace, st.text(max_size=5), st.text(min_size=1), KINDS, st.integers(0, 3))


def test_a_text_is_cut_at_its_marks() -> None:
    text, marks = joined([TextPlace("1", "Một", "page", 1), TextPlace("x", "Hai"), TextPlace("3", "Ba", "page", 3)])
    assert text == "Một\n\nHai\n\nBa"
    assert split(text, marks) == ((PlacedText(Where("page", 1), "Một"), PlacedText(Where("page", 3), "Ba")), "Hai")


def test_a_text_without_places_is_all_rest() -> None:
    text, marks = joined([TextPlace("index.html", "Một"), TextPlace("a.html", "Hai")])
    assert split(text, marks) == ((), "Một\n\nHai")


@given(st.lists(PLACES))
def test_no_word_is_lost_on_the_way(places: list[TextPlace]) -> None:
    text, marks = joined(places)
    found, rest = split(text, marks) if marks else ((), text)
    pieces = [piece.text for piece in found] + [rest]
    assert sum(map(len, pieces)) <= len(text)
    assert all(any(place.text in piece for piece in pieces) for place in places)


@pytest.mark.parametrize("asked", ["page-12", "slide-1", "chapter-3", "second-125"])
def test_places_have_addresses(asked: str) -> None:
    where = read_at(asked)
    assert where is not None
    assert f"{where.kind}-{where.number}" == asked


@pytest.mark.parametrize("asked", ["", "page", "page-0", "page--1", "page-1x", "film-1", "page-99999999", "page-١"])
def test_nonsense_is_no_place(asked: str) -> None:
    assert read_at(asked) is None


@pytest.mark.parametrize(
    ("kind", "where", "fragment"),
    [
        ("pdf", Where("page", 12), "#page=12"),
        ("pptx", Where("slide", 5), "#slide-5"),
        ("epub", Where("chapter", 3), "#part-3"),
        ("scorm", Where("page", 2), "#part-2"),
        ("video", Where("second", 125), "#t=125"),
        ("scorm", Where("second", 125), ""),
        ("pdf", Where("slide", 5), ""),
        ("pdf", None, ""),
    ],
)
def test_each_player_opens_at_places_of_its_own(kind: str, where: Where | None, fragment: str) -> None:
    assert fragment_of(where, kind) == fragment
