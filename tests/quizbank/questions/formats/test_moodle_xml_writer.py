from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from quizbank.questions.formats.moodle_xml import read_moodle
from quizbank.questions.formats.moodle_xml_writer import write_moodle
from quizbank.questions.rules import NewQuestion
from tests.quizbank.questions.formats.generated import (
    assert_the_same,
    new_questions,
    there_and_back,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moodle") / "export.xml"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new_questions())
def test_what_leaves_as_moodle_xml_comes_back_the_same(path: Path, new: NewQuestion) -> None:
    [question], losses = there_and_back([new], write_moodle, read_moodle, path)
    assert_the_same(question, new, losses, "vị trí")
