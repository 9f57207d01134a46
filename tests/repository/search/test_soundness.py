"""One bad document is left out and told of; the rest of the library goes in."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from repository.errors import Invalid
from repository.search import soundness
from repository.search.documents import DocumentSource, LeftOut, PlacedText, SearchDocument, SearchQuery, Where
from repository.search.embedded import schema, writer
from repository.search.embedded.index import WhooshIndex
from repository.search.following import Follower
from repository.search.reading import read_documents, rebuild
from repository.search.soundness import fault_of
from repository.search.suggestions.building import LexiconBuilder
from repository.services import Services
from tests.repository.search.builders import a_document, an_index
from tests.repository.search.test_following import Library, library

__all__ = ["library"]

HALF = "nửa chữ \ud83d"
FAULTS: dict[str, dict[str, Any]] = {
    "kind": {"kind": "poem"},
    "id": {"id": 0},
    "64 bits": {"id": 1 << 62},
    "facet": {"facets": {"colour": ("red",)}},
    "facets": {"facets": None},
    "number": {"quality_fraction": float("nan")},
    "difficulty": {"difficulty": 1.5},
    "uses": {"uses": 1 << 70},
    "half": {"body": HALF},
    "half keyword": {"keywords": (HALF,)},
    "half place": {"places": (PlacedText(Where("page", 1), HALF),)},
    "half facet": {"facets": {"subject": (HALF,)}},
    "NUL": {"more": "a\0b"},
    "text": {"explanation": None},
}


def nothing(done: int, total: int) -> None: ...


@pytest.mark.parametrize("name", FAULTS)
def test_a_document_no_engine_can_take_has_a_fault(name: str) -> None:
    assert fault_of(replace(a_document(), **FAULTS[name]))


def test_a_sound_document_has_none() -> None:
    assert fault_of(a_document("Sóng 🌊", subject="toan", body="$x^2$")) is None
    assert fault_of(replace(a_document(), difficulty=1.0, uses=10**9)) is None


class Source:
    """Things of which some can't be read."""

    def __init__(self, amount: int, bad: Iterable[int], error: Exception | None = None) -> None:
        self.ids, self.bad, self.error = list(range(1, amount + 1)), set(bad), error or KeyError("stem")
        self.calls = 0

    def read(self, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        self.calls += 1
        if not self.bad.isdisjoint(ids):
            raise self.error
        return [a_document(f"Số {id}", id=id) for id in ids]

    def plugged_into(self, services: Services) -> "Source":
        services.document_sources["question"] = DocumentSource(lambda session: self.ids, self.read)
        return self


def rebuilt(services: Services) -> int:
    return rebuild(services.search, services.sessions, services.document_sources, nothing)


def test_a_rebuild_leaves_out_what_cannot_be_read(services: Services) -> None:
    source = Source(300, bad=[7, 250]).plugged_into(services)
    assert rebuilt(services) == 298
    left_out = services.search.state().left_out
    assert [(one.kind, one.id) for one in left_out] == [("question", 7), ("question", 250)]
    assert left_out[0].reason == "KeyError: 'stem'"
    assert services.search.find(SearchQuery("so 8")).total
    assert source.calls < 50


def test_a_rebuild_leaves_out_what_no_engine_can_take(services: Services) -> None:
    documents = [a_document("Một", id=1), a_document(HALF, id=2)]
    source = DocumentSource(lambda session: [1, 2], lambda session, ids: documents)
    services.document_sources["question"] = source
    assert rebuilt(services) == 1
    assert services.search.state().left_out == (LeftOut("question", 2, "a text has half a character"),)


def test_a_statement_that_fails_spoils_nothing_that_is_read_after_it(services: Services) -> None:
    def read(session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        if 2 in ids:
            with suppress(DBAPIError):
                session.execute(text("SELECT nothing FROM nowhere"))
            raise KeyError("stem")
        session.execute(text("SELECT 1"))
        return [a_document("Số", id=id) for id in ids]

    services.document_sources["question"] = DocumentSource(lambda session: [1, 2, 3], read)
    left_out: list[LeftOut] = []
    documents = read_documents(services.sessions, services.document_sources, {"question": [1, 2, 3]}, left_out)
    assert [document.id for document in documents] == [1, 3]
    assert [one.id for one in left_out] == [2]


def test_trouble_with_the_database_is_no_fault_of_a_document(services: Services) -> None:
    Source(3, bad=[2], error=OperationalError("SELECT", {}, OSError("gone"))).plugged_into(services)
    with pytest.raises(OperationalError):
        rebuilt(services)


def test_where_much_would_be_left_out_the_index_in_use_stays(services: Services) -> None:
    source = Source(100, bad=[]).plugged_into(services)
    rebuilt(services)
    source.bad = set(range(1, 22))
    with pytest.raises(RuntimeError, match="of 100 things"):
        rebuilt(services)
    assert services.search.state().documents == 100


def test_the_follower_goes_on_without_a_thing_that_cannot_be_read(library: Library) -> None:
    follower = library.follower()
    follower.catch_up()
    error = Invalid("Không đọc được.")

    def read(session: Session, ids: Sequence[int]) -> Iterable[SearchDocument]:
        if 2 in ids:
            raise error
        return library.read(session, ids)

    kept = library.services.document_sources["question"]
    library.services.document_sources["question"] = replace(kept, read=read)
    library.publish(2, "Hai lần nữa")
    library.publish(3, "Ba")
    assert follower.catch_up() == 2
    assert library.titles() == ["Ba", "Một"]
    assert [one.id for one in library.services.search.state().left_out] == [2]
    library.services.document_sources["question"] = kept
    library.note(2)
    follower.catch_up()
    assert library.titles() == ["Ba", "Hai lần nữa", "Một"]
    assert library.services.search.state().left_out == ()


def test_the_follower_goes_on_without_a_thing_that_the_engine_refuses(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower: Follower = library.follower()
    follower.catch_up()
    refuse(monkeypatch, "Hai lần nữa")
    library.publish(2, "Hai lần nữa")
    library.publish(3, "Ba")
    assert follower.catch_up() == 2
    assert library.titles() == ["Ba", "Một"]
    assert library.services.search.state().left_out == (LeftOut("question", 2, "RecursionError: too deep"),)


def test_a_build_leaves_out_what_nothing_can_be_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "Hai")
    index = an_index(tmp_path, a_document("Một", id=1), a_document("Hai", id=2), a_document("Ba", id=3))
    assert index.state().documents == 2
    assert index.state().left_out == (LeftOut("question", 2, "RecursionError: too deep"),)
    assert index.find(SearchQuery("hai")).total == 0
    assert index.find(SearchQuery("ba")).total == 1


def test_processes_that_build_together_tell_what_they_left_out(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path)
    documents = [a_document(HALF if id in (5, 300) else "Số", id=id) for id in range(1, 401)]
    assert index.rebuild(documents, processes=2) == 398
    assert sorted(one.id for one in index.state().left_out) == [5, 300]


def test_an_engine_that_refuses_much_keeps_the_index_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = an_index(tmp_path, a_document("Một", id=1))
    monkeypatch.setattr(soundness, "MOST_LEFT_OUT", 1)
    with pytest.raises(RuntimeError, match="2 of 3 things"):
        index.rebuild([a_document(HALF, id=1), a_document(HALF, id=2), a_document("Ba", id=3)])
    assert index.find(SearchQuery("một")).total == 1


def test_what_suggestions_cannot_be_learnt_from_is_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(self: Any, document: SearchDocument) -> None:
        raise KeyError("syllable")

    monkeypatch.setattr(LexiconBuilder, "add", add)
    assert an_index(tmp_path, a_document("Một", id=1)).find(SearchQuery("một")).total == 1


def test_a_new_generation_forgets_what_the_one_before_left_out(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path)
    index.rebuild([a_document("Một", id=1)], left_out=[LeftOut("question", 9, "?")])
    assert index.state().left_out == (LeftOut("question", 9, "?"),)
    index.rebuild([a_document("Một", id=1)])
    assert index.state().left_out == ()


def refuse(monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    """Have the engine stumble over documents of a title."""

    def stumbling(document: SearchDocument) -> dict[str, Any]:
        if document.title == title:
            raise RecursionError("too deep")
        return schema.fields_of(document)

    monkeypatch.setattr(writer, "fields_of", stumbling)
