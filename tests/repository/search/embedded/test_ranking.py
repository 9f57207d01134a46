"""In which order hits come, and why."""

from dataclasses import replace
from pathlib import Path

import pytest

from repository.errors import Invalid
from repository.search.documents import SearchDocument, SearchQuery, SearchResults
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import a_document, an_index, many_documents


def ids(results: SearchResults) -> list[int]:
    return [hit.id for hit in results.hits]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    return an_index(tmp_path_factory.mktemp("many"), *many_documents(300))


@pytest.mark.parametrize("text", ["hàm số", "phuong trinh bac hai", '"hàm số" biến', "đường thẳng zzz ma", "H2O x²"])
def test_the_parts_of_a_score_add_up_to_it(many: WhooshIndex, text: str) -> None:
    hits = many.find(SearchQuery(text, wants_explanation=True, limit=30)).hits
    assert hits
    for hit in hits:
        assert sum(hit.parts.values()) == pytest.approx(hit.score, rel=1e-4)


def test_parts_name_the_words_and_come_only_when_asked_for(many: WhooshIndex) -> None:
    explained = many.find(SearchQuery("hàm số", wants_explanation=True)).hits[0]
    assert {"folded:ham", "exact:ham2", "quality"} <= explained.parts.keys()
    assert many.find(SearchQuery("hàm số")).hits[0].parts == {}


def of_use(id: int, **facts: object) -> SearchDocument:
    return replace(a_document("Sóng cơ", id=id), **facts)  # type: ignore[arg-type]


def test_of_equal_texts_the_much_used_and_well_made_come_first(tmp_path: Path) -> None:
    index = an_index(tmp_path, of_use(1, quality_fraction=0.2), of_use(2, quality_fraction=0.9), of_use(3, uses=900))
    assert ids(index.find(SearchQuery("sóng cơ"))) == [3, 2, 1]


def test_use_never_outweighs_a_clearly_better_text(tmp_path: Path) -> None:
    used = replace(a_document("Bài 1", id=1, body="nước và sóng, lại có cơ học"), uses=1_000_000, quality_fraction=1.0)
    index = an_index(tmp_path, used, replace(a_document("Sóng cơ", id=2), quality_fraction=0.0))
    assert ids(index.find(SearchQuery("sóng cơ"))) == [2, 1]


def test_a_title_of_just_the_words_comes_before_a_longer_one(tmp_path: Path) -> None:
    longer = a_document("Sóng cơ sóng cơ: sóng cơ", id=1, body="sóng cơ sóng cơ")
    assert ids(an_index(tmp_path, longer, a_document("Sóng cơ", id=2)).find(SearchQuery("song co")))[0] == 2


@pytest.fixture
def sorted_index(tmp_path: Path) -> WhooshIndex:
    return an_index(
        tmp_path,
        replace(a_document("Sóng", id=1, age_days=1), uses=5, difficulty=0.9),
        replace(a_document("Sóng", id=2, age_days=9), uses=50, difficulty=0.1),
        replace(a_document("Sóng", id=3, age_days=5), uses=0, difficulty=None),
        replace(a_document("Sóng", id=4, age_days=3), uses=7, difficulty=0.0),
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", [1, 4, 3, 2]), ("used", [2, 4, 1, 3]), ("easiest", [4, 2, 1, 3]), ("hardest", [1, 2, 4, 3])],
)
@pytest.mark.parametrize("text", ["sóng", ""])
def test_sorts_put_what_is_unknown_last(sorted_index: WhooshIndex, sort: str, expected: list[int], text: str) -> None:
    whole = sorted_index.find(SearchQuery(text, sort=sort))
    assert ids(whole) == expected
    first = sorted_index.find(SearchQuery(text, sort=sort, limit=2))
    second = sorted_index.find(SearchQuery(text, sort=sort, limit=2, after=first.next))
    assert ids(first) + ids(second) == expected


def test_an_unknown_sort_is_refused(many: WhooshIndex) -> None:
    with pytest.raises(Invalid):
        many.find(SearchQuery("", sort="cheapest"))


def test_of_many_titles_only_that_of_just_the_words_lifts(tmp_path: Path) -> None:
    titles = ["Sóng cơ", *(f"Sóng cơ {number}" for number in range(1_000))]
    index = an_index(tmp_path, *(a_document(title, id=id) for id, title in enumerate(titles, 1)))
    hits = index.find(SearchQuery("sóng cơ", wants_explanation=True, limit=100)).hits
    assert [hit.id for hit in hits if "title" in hit.parts] == [1]
