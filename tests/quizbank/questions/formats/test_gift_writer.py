from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from quizbank.questions.formats.gift import read_gift
from quizbank.questions.formats.gift_writer import write_gift
from quizbank.questions.rules import NewQuestion
from tests.quizbank.questions.formats.generated import (
    content_back,
    new_questions,
    there_and_back,
    with_media,
    without_order,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gift") / "export.gift"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new_questions())
def test_what_leaves_as_gift_comes_back_the_same(path: Path, new: NewQuestion) -> None:
    [question], losses = there_and_back([new], write_gift, read_gift, path)
    lost = [loss.problem.facts["what"] for loss in losses]
    if any(not what.startswith("thứ tự") for what in lost):
        return
    assert content_back(question) == without_order(new.content)
    assert bool(lost) == (new.content != without_order(new.content))
    assert with_media(question, question.passage) == new.passage
    said = question.said
    assert (said.subject, said.programme, said.grade, said.topic, said.level, said.tags, said.licence, said.source) == (
        new.placement.subject,
        new.placement.programme,
        new.placement.grade,
        new.placement.topic or "",
        new.placement.level or "",
        new.placement.tags,
        new.licence,
        new.source,
    )
    assert [found for found in question.problems if found.code != "missing-image"] == []
