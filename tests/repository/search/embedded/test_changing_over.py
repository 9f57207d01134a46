"""A rebuilt index takes the place of the one before without a pause for readers."""

import time
from pathlib import Path
from threading import Event

import pytest

from repository.search.documents import SearchQuery
from repository.search.embedded.collection import Collection
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.segments import SegmentView
from repository.search.engine import SearchUnavailable
from tests.repository.search.builders import a_document, an_index, titles_in_time

TRIES = 200


def titles(index: WhooshIndex) -> list[str]:
    return [hit.title for hit in index.find(SearchQuery("đạo hàm")).hits]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Readers that follow a new generation wait for it."""
    gate, follow = Event(), Collection.follow

    def waiting(collection: Collection, views: list[object]) -> None:
        assert gate.wait(10)
        follow(collection, views)  # type: ignore[arg-type]

    monkeypatch.setattr(Collection, "follow", waiting)
    gate.set()
    return gate


def test_while_the_next_generation_is_opened_the_one_before_answers(tmp_path: Path, gate: Event) -> None:
    writer = an_index(tmp_path, a_document("Đạo hàm cũ", id=1))
    reader = WhooshIndex(tmp_path)
    assert titles(reader) == ["Đạo hàm cũ"]
    gate.clear()
    writer.rebuild([a_document("Đạo hàm mới", id=1)])
    assert titles(reader) == ["Đạo hàm cũ"]
    gate.set()
    assert titles_in_time(reader, "đạo hàm", ["Đạo hàm mới"]) == ["Đạo hàm mới"]


def test_two_rebuilds_in_a_row_end_with_the_last(tmp_path: Path, gate: Event) -> None:
    writer, reader = an_index(tmp_path, a_document("Đạo hàm cũ", id=1)), WhooshIndex(tmp_path)
    titles(reader)
    gate.clear()
    for name in ("Đạo hàm hai", "Đạo hàm ba"):
        gate.set() if name.endswith("ba") else None
        writer.rebuild([a_document(name, id=1)])
        titles(reader)
    assert titles_in_time(reader, "đạo hàm", ["Đạo hàm ba"]) == ["Đạo hàm ba"]


def test_who_rebuilt_the_index_reads_it_at_once(tmp_path: Path) -> None:
    index = an_index(tmp_path, a_document("Đạo hàm cũ", id=1))
    titles(index)
    index.rebuild([a_document("Đạo hàm mới", id=1)])
    assert titles(index) == ["Đạo hàm mới"]


def test_a_generation_known_to_be_damaged_answers_no_more(tmp_path: Path, gate: Event) -> None:
    writer, reader = an_index(tmp_path, a_document("Đạo hàm hỏng", id=1)), WhooshIndex(tmp_path)
    titles(reader)
    folder = writer.generations.current()
    assert folder is not None
    writer.generations.report_damage(folder)
    writer.rebuild([a_document("Đạo hàm mới", id=1)])
    (tmp_path / f"{folder.name}.damaged").touch()
    assert titles(reader) == ["Đạo hàm mới"]


def test_a_next_generation_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    writer, reader = an_index(tmp_path, a_document("Đạo hàm cũ", id=1)), WhooshIndex(tmp_path)
    titles(reader)
    writer.rebuild([a_document("Đạo hàm mới", id=1)])
    folder = writer.generations.current()
    assert folder is not None
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(SearchUnavailable):
        for _ in range(TRIES):
            titles(reader)
            time.sleep(0.01)
    assert writer.generations.is_damaged(folder)


def test_the_next_generation_knows_its_words_before_anybody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader = an_index(tmp_path, a_document("Đạo hàm cũ", id=1)), WhooshIndex(tmp_path)
    titles(reader)
    writer.rebuild([a_document("Đạo hàm mới", id=1)])
    assert titles_in_time(reader, "đạo hàm", ["Đạo hàm mới"]) == ["Đạo hàm mới"]
    monkeypatch.setattr(vars(SegmentView)["words"], "func", lambda _view: pytest.fail("read while somebody waits"))
    assert reader.find(SearchQuery("đạo hàmm")).total == 1
