"""From a seed to printed files: bytes recorded once, which come out of every Python and machine, next year too.

What is marked ``recorded``, here and beside what it tests, runs with ``make recorded``, in the other supported Pythons
of the machine as well. Whoever changes how papers look looks at them, then records what a failure prints. What is
recorded rests on the libraries of ``requirements.lock``, too.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from quizbank.cli import main
from quizbank.matrices.exchange.excel import write_excel
from quizbank.matrices.exchange.word import write_word
from quizbank.matrices.rules import Matrix
from quizbank.questions.rules import QuestionContent, QuestionType
from quizbank.quizzes import actions
from repository.curriculum.queries import curriculum
from repository.curriculum.rules import Curriculum
from repository.permissions import Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question, a_short_answer, an_essay

pytestmark = pytest.mark.recorded

TYPES = {
    QuestionType.SINGLE_CHOICE: (9, "0.25"),
    QuestionType.TRUE_FALSE: (2, "1"),
    QuestionType.SHORT_ANSWER: (3, "0.5"),
    QuestionType.ESSAY: (1, "2"),
}
FILES = {
    ".csv": (4, "bf93e059dde2b3d2"),
    ".docx": (7, "ebb769ba98bf7958"),
    ".html": (6, "11aa7c6a3199612a"),
    ".json": (1, "4f447eaae1cc3a4a"),
    ".pdf": (9, "75fdc80ad67ebeac"),
    ".txt": (1, "561009dccb4bdcf6"),
    ".xlsx": (4, "4b509d71a2b302f1"),
}
"""Kind of file -> how many there are, and the beginning of the SHA-256 of them all."""


def a_content(type: QuestionType, number: int) -> QuestionContent:
    formula = rf"Cho $\int_0^{{{number}}} \frac{{x^2+1}}{{\sqrt{{x}}}}\,dx$ và $\ce{{H2SO4}}$, câu {number}."
    match type:
        case QuestionType.SINGLE_CHOICE:
            return a_choice(formula, key="ABCD"[number % 4])
        case QuestionType.TRUE_FALSE:
            return a_cluster(formula, truths=f"{number % 16:04b}".replace("0", "F").replace("1", "T"))
        case QuestionType.SHORT_ANSWER:
            return a_short_answer(formula, f"{number},5")
        case _:
            return an_essay(formula)


def hash_of(paths: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def test_a_quiz_is_built_dealt_and_printed_in_the_recorded_bytes(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("quizbank.cli.papers.open_product", lambda: services)
    for type in TYPES:
        for number in range(1, 25):
            a_question(session, a_content(type, number))
    cells = [a_cell(level="hieu", type=type, count=count, marks=marks) for type, (count, marks) in TYPES.items()]
    quiz = actions.build_quiz(session, an_actor(session, Role.TEACHER), a_matrix(*cells), seed=2026, now=MOMENT)
    session.commit()
    options = ["--codes", "0101,0102", "--format", "pdf,docx,html,keys,sheet", "--solutions", "--large-print"]
    result = CliRunner().invoke(main, ["quiz", "papers", str(quiz.id), "-o", str(tmp_path / "in"), *options])
    assert result.exit_code == 0, result.output
    written: dict[str, list[Path]] = {}
    for path in sorted((tmp_path / "in").rglob("*.*")):
        written.setdefault(path.suffix, []).append(path)
    assert {kind: (len(paths), hash_of(paths)) for kind, paths in written.items()} == FILES


@pytest.mark.parametrize(("write", "recorded"), [(write_excel, "4c9c8abe83114e91"), (write_word, "def37a9bacb68321")])
def test_a_matrix_is_written_in_the_recorded_bytes(write: Callable[[Matrix, Curriculum], bytes], recorded: str) -> None:
    topic = "toan.l12.dai-so-giai-tich.nguyen-ham"
    cluster = replace(
        a_cell(topic, None, QuestionType.TRUE_FALSE, 1, "1"), statements=(("biet", 2), ("hieu", 1), ("van-dung", 1))
    )
    matrix = a_matrix(a_cell(topic, "biet"), a_cell(topic, "hieu", count=2), cluster)
    assert hashlib.sha256(write(matrix, curriculum())).hexdigest()[:16] == recorded
