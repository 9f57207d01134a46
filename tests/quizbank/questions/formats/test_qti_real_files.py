"""Real files by others: each is read, or refused with a reason that names the place; mutations of them never crash."""

import random
from pathlib import Path

import pytest

from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.problems import Verdict
from repository.errors import Invalid
from tests.quizbank.questions.formats.foreign_files import FOLDERS, files_of, read_folder, tallies
from tests.shared_data import needs_shared_data

pytestmark = needs_shared_data

EXPECTED = {
    "qti12": (176, 90, 34),
    "qti21": (197, 66, 77),
    "qti22": (171, 48, 1),
    "qti3": (213, 61, 34),
    "cc": (24, 11, 9),
    "h5p": (10, 6, 3),
}
"""Folder -> questions found, imported, files refused."""
MUTATIONS = 150


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_or_refused_with_a_reason_and_a_place(folder: str, tmp_path: Path) -> None:
    for found in read_folder(folder, tmp_path):
        if found.refusal is not None:
            assert str(found.refusal)
            assert found.refusal.facts.get("place") or found.refusal.facts.get("reason"), found.name
            continue
        assert found.questions, found.name
        for question in found.questions:
            assert question.at and question.source, found.name
            assert question.content is not None or question.problems, found.name
            if any(problem.code == "unsupported-type" for problem in question.problems):
                assert question.draft is None and question.source.lstrip()[:1] in "<{"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_fewer_questions_come_in_than_are_documented(folder: str, tmp_path: Path) -> None:
    counted = tallies(folder, tmp_path).values()
    questions, imported = sum(tally.questions for tally in counted), sum(tally.imported for tally in counted)
    assert (questions, imported, sum(tally.refused.total() for tally in counted)) == EXPECTED[folder]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_damaged_file_gives_questions_and_problems_or_is_refused(folder: str, tmp_path: Path) -> None:
    chance = random.Random(folder)
    paths = [path for _, path in files_of(folder, tmp_path) if path.stat().st_size < 200_000]
    damaged = tmp_path / "damaged"
    for _ in range(MUTATIONS):
        path = chance.choice(paths)
        damaged.write_bytes(mutated(path.read_bytes(), chance))
        try:
            questions = list(FOLDERS[folder](SourceFile(damaged, path.name)))
        except Invalid:
            continue
        assert all(question.verdict in Verdict for question in questions)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file cut off, or with pieces taken out, doubled or replaced."""
    if chance.random() < 0.3 or not data:
        return data[: chance.randrange(len(data) + 1)]
    written = bytearray(data)
    for _ in range(chance.choice((1, 4, 20))):
        at, length = chance.randrange(len(written) or 1), chance.randrange(1, 40)
        piece = chance.choice((b"", b"1e999", b"\0", b"<", b'""', b"&x;", bytes(written[:length]), b"\xff"))
        written[at : at + chance.choice((0, length))] = piece
    return bytes(written)
