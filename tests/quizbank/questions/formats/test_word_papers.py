"""Word papers of every convention import exactly: texts, keys, places, notes, character by character."""

from pathlib import Path

import pytest

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.rules import OPTION_LETTERS
from tests.quizbank.questions.formats import word_fixtures, word_fixtures_habits, word_fixtures_more
from tests.quizbank.questions.formats.word_documents import read_bytes
from tests.quizbank.questions.formats.word_fixtures import Expected, Paper
from tests.quizbank.questions.formats.word_fixtures_keys import KEY_TABLES

GROUPS = {**word_fixtures.GROUPS, **word_fixtures_more.GROUPS, **word_fixtures_habits.GROUPS, "key tables": KEY_TABLES}
PAPERS = {f"{group}: {name}": paper for group, papers in GROUPS.items() for name, paper in papers.items()}


def what_was_read(question: ParsedQuestion) -> Expected:
    draft = question.draft
    assert draft is not None, [str(problem) for problem in question.problems]
    return Expected(
        key=draft.key,
        stem=draft.stem,
        parts=tuple(part.text for part in draft.parts),
        label=question.label,
        at=question.at,
        part=question.part,
        explanation=draft.explanation,
        locked="".join(a for a, part in zip(OPTION_LETTERS, draft.parts, strict=False) if part.is_locked),
        level=question.level_code,
        codes=frozenset(problem.code for problem in question.problems),
    )


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_this_convention_imports_exactly(name: str, tmp_path: Path) -> None:
    paper: Paper = PAPERS[name]
    assert [what_was_read(question) for question in read_bytes(tmp_path, paper.document())] == list(paper.questions)


def test_there_are_enough_conventions() -> None:
    assert len(PAPERS) >= 60
