"""Files that were cut off, garbled or removed: the index says so, answers nothing wrong, and is rebuilt by itself."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from repository.search.documents import DocumentSource, SearchQuery
from repository.search.embedded.index import WhooshIndex
from repository.search.embedded.sections import Damaged, Sections, SectionWriter
from repository.search.engine import SearchUnavailable
from repository.search.following import Follower
from repository.services import Services
from tests.repository.search.builders import an_index, many_documents

MANY = many_documents(300)
TEXTS = ("hàm số", "đường thẳng", "H2O", "", "phương trình bậc hai", "ma má mạ", "giới hạn 0,25")

Harm = Callable[[Path], None]


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


def garble(path: Path) -> None:
    """Many wrong bytes at once, in place, as a reader that has the file open sees them."""
    chance = random.Random(1)
    with path.open("r+b") as file:
        for _ in range(40):
            file.seek(chance.randrange(path.stat().st_size))
            file.write(b"\xa5\x5a")


HARMS = (cut_in_half, empty, remove, garble)
FILES = ("g*/*.seg", "g*/*.toc", "current", "g*.position", "g*/lexicon", "g*.titles")


def harm(folder: Path, pattern: str, doing: Harm) -> None:
    for path in folder.glob(pattern):
        doing(path)


def a_followed_index(services: Services) -> Follower:
    """An index of questions that was built by its follower."""
    questions = {d.id: d for d in MANY if d.kind == "question"}
    services.document_sources["question"] = DocumentSource(
        lambda session: list(questions), lambda session, ids: [questions[id] for id in ids]
    )
    follower = Follower(services.search, services.sessions, services.document_sources)
    follower.catch_up()
    return follower


def answers(index: WhooshIndex) -> list[int | None]:
    """How much each text finds, None where the index is unavailable."""
    return [total_of(index, text) for text in TEXTS]


def total_of(index: WhooshIndex, text: str) -> int | None:
    try:
        index.suggest(text)
        return index.find(SearchQuery(text, limit=50, wants_facets=True, sees_explanations=True)).total
    except SearchUnavailable:
        return None


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("doing", HARMS)
def test_damage_is_found_at_the_start_and_mended(services: Services, pattern: str, doing: Harm) -> None:
    follower = a_followed_index(services)
    right = answers(services.search)
    harm(services.search.generations.folder, pattern, doing)
    fresh = WhooshIndex(services.search.generations.folder)
    fresh.verify()
    assert all(found in (None, expected) for found, expected in zip(answers(fresh), right, strict=True))
    Follower(fresh, services.sessions, services.document_sources).catch_up()
    assert answers(fresh) == right == answers(services.search)
    follower.catch_up()


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("doing", [cut_in_half, empty, remove])
def test_a_reader_that_has_the_files_open_survives_their_loss(services: Services, pattern: str, doing: Harm) -> None:
    a_followed_index(services)
    right = answers(services.search)
    harm(services.search.generations.folder, pattern, doing)
    assert all(found in (None, expected) for found, expected in zip(answers(services.search), right, strict=True))


@pytest.mark.parametrize("doing", [cut_in_half, garble])
def test_a_query_that_meets_damage_has_the_index_rebuilt(services: Services, doing: Harm) -> None:
    follower = a_followed_index(services)
    right = answers(services.search)
    reader = WhooshIndex(services.search.generations.folder)
    harm(reader.generations.folder, "g*/*.seg", doing)
    assert None in answers(reader)
    assert reader.position() is None
    follower.catch_up()
    assert answers(reader) == right


def test_damage_says_503(services: Services) -> None:
    a_followed_index(services)
    harm(services.search.generations.folder, "g*/*.seg", cut_in_half)
    with pytest.raises(SearchUnavailable) as caught:
        WhooshIndex(services.search.generations.folder).find(SearchQuery("hàm"))
    assert (caught.value.status, caught.value.facts["problem"]) == (503, "corrupt")


def test_a_mistake_of_the_program_is_not_taken_for_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = an_index(tmp_path, *MANY[:20])
    with pytest.raises(ZeroDivisionError), index._readers.reading():
        raise ZeroDivisionError
    assert index.find(SearchQuery("")).total == 20


# A file of sections


def a_file(path: Path) -> Path:
    writer = SectionWriter(path)
    writer.add("words", b"mot hai ba" * 5_000)
    writer.add("empty", b"")
    start = writer.start()
    for number in range(100):
        writer.append(bytes([number]))
    writer.end("numbers", start)
    writer.close()
    return path


def test_sections_come_back_as_they_were_written(tmp_path: Path) -> None:
    sections = Sections(a_file(tmp_path / "file"))
    assert sections.read("words") == bytes(sections.bytes_in_place("words")) == b"mot hai ba" * 5_000
    assert sections.read("empty") == b""
    assert sections.read_piece("numbers", 3, 6) == b"\x03\x04\x05"


@pytest.mark.parametrize("place", [0, 9_999, 30_000, 50_010, -1, -20, -60])
def test_every_wrong_byte_is_noticed(tmp_path: Path, place: int) -> None:
    path = a_file(tmp_path / "file")
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damaged):
        Sections(path).check_all()


def test_only_what_is_used_is_checked(tmp_path: Path) -> None:
    path = a_file(tmp_path / "file")
    content = bytearray(path.read_bytes())
    content[40_000] ^= 1
    path.write_bytes(content)
    sections = Sections(path)
    assert sections.read_piece("words", 0, 3) == b"mot"
    with pytest.raises(Damaged):
        sections.read_piece("words", 39_990, 40_010)


def test_a_file_that_was_never_finished_is_not_opened(tmp_path: Path) -> None:
    writer = SectionWriter(tmp_path / "file")
    writer.add("words", b"mot" * 100_000)
    writer._file.close()
    with pytest.raises(Damaged):
        Sections(tmp_path / "file")


def test_a_piece_outside_its_section_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        Sections(a_file(tmp_path / "file")).read_piece("numbers", 90, 120)
