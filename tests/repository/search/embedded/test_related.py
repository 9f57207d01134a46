"""What is close to one thing."""

from dataclasses import replace
from pathlib import Path

import pytest

from repository.search.documents import PlacedText, SearchQuery, Where
from repository.search.embedded.index import WhooshIndex
from tests.repository.search.builders import a_document, an_index, many_documents

TOPIC = "vat-li.l12.dao-dong.song-co"
OTHER = "vat-li.l12.dien.dong-dien"


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    return an_index(
        tmp_path,
        a_document("Sự truyền sóng cơ", id=1, kind="lecture", subject="vat-li", topic=TOPIC),
        a_document("Bước sóng của sóng cơ truyền trên dây", id=1, subject="vat-li", topic=TOPIC),
        a_document("Chu kì dao động", id=2, subject="vat-li", topic=TOPIC),
        a_document("Điện trở của dây dẫn", id=3, subject="vat-li", topic=OTHER, explanation="sự truyền sóng cơ"),
        a_document("Tiếng Anh: tìm từ", id=4, subject="tieng-anh"),
    )


def test_the_closest_in_words_and_topic_come_first(index: WhooshIndex) -> None:
    assert [hit.id for hit in index.related("lecture", 1, "question")] == [1, 2]


def test_a_thing_is_never_related_to_itself(index: WhooshIndex) -> None:
    assert [hit.id for hit in index.related("question", 1, "question")] == [2]


def test_explanations_make_nothing_related(index: WhooshIndex) -> None:
    assert 3 not in [hit.id for hit in index.related("lecture", 1, "question")]


def test_what_is_gone_is_not_related(index: WhooshIndex) -> None:
    index.update([], [("question", 1)])
    assert [hit.id for hit in index.related("lecture", 1, "question")] == [2]


@pytest.mark.parametrize("asked", [("lecture", 99, "question"), ("film", 1, "question"), ("lecture", 1, "film")])
def test_nothing_is_related_to_what_is_not_known(index: WhooshIndex, asked: tuple[str, int, str]) -> None:
    assert index.related(*asked) == ()


def test_no_more_come_than_were_asked_for(tmp_path: Path) -> None:
    index = an_index(tmp_path, *many_documents(200))
    kind = index.find(SearchQuery("", limit=1)).hits[0].kind
    first = index.find(SearchQuery("", kind=kind, limit=1)).hits[0]
    assert len(index.related(kind, first.id, "question", limit=3)) == 3


def test_a_hit_in_a_lecture_says_where_its_words_stand(tmp_path: Path) -> None:
    pages = (PlacedText(Where("page", 1), "Mở đầu"), PlacedText(Where("page", 7), "Giao thoa ánh sáng trắng"))
    index = an_index(tmp_path, replace(a_document("Bài 9", id=1, kind="lecture"), places=pages))
    hit = index.find(SearchQuery("giao thoa")).hits[0]
    assert hit.where == Where("page", 7)
    assert any(segment.is_match for segment in hit.highlights[-1])
    assert len(hit.highlights) <= 2
