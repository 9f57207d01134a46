"""Real files by others: each is read, or refused with a reason that names the place, and the guide says what became of
them; mutations of them never crash."""

import random
from pathlib import Path

import pytest

from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.problems import Verdict
from repository.errors import Invalid
from tests.quizbank.questions.formats.foreign_files import FOLDERS, documented, files_of, read_folder, reader_for, table
from tests.shared_data import needs_shared_data

pytestmark = needs_shared_data

MUTATIONS = 150


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_or_refused_with_a_reason_and_a_place(folder: str, tmp_path: Path) -> None:
    for found in read_folder(folder, tmp_path):
        if found.refusal is not None:
            assert str(found.refusal)
            assert {"place", "reason", "name"} & set(found.refusal.facts), (found.name, found.refusal.facts)
            continue
        assert found.questions, found.name
        assert all(is_accounted_for(question) for question in found.questions), found.name


def is_accounted_for(question: ParsedQuestion) -> bool:
    """Whether a question says where it stands, and if it does not come in, why; what no type holds is kept whole."""
    is_whole = all(problem.code != "unsupported-type" for problem in question.problems) or question.draft is None
    has_source = bool(question.source) or any(problem.code == "no-questions" for problem in question.problems)
    has_place = bool(question.at or question.lines[0] or question.number)
    return has_place and has_source and is_whole and (question.content is not None or bool(question.problems))


def test_the_guide_says_what_became_of_every_file() -> None:
    assert documented() == table(), "out of date: python -m tests.quizbank.questions.formats.foreign_files"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_damaged_file_gives_questions_and_problems_or_is_refused(folder: str, tmp_path: Path) -> None:
    chance = random.Random(folder)
    paths = [path for _, path in files_of(folder, tmp_path) if path.stat().st_size < 200_000]
    damaged = tmp_path / "damaged"
    for _ in range(MUTATIONS):
        path = chance.choice(paths)
        damaged.write_bytes(mutated(path.read_bytes(), chance))
        try:
            questions = list(reader_for(folder, path)(SourceFile(damaged, path.name)))
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
