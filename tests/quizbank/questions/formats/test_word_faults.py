"""A faulty Word paper says what is wrong, of the right question, at the right place; and guesses nothing."""

from pathlib import Path

import pytest

from tests.quizbank.questions.formats.word_documents import read_bytes
from tests.quizbank.questions.formats.word_faults import FAULTS


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_reported_at_its_place(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    found = {question.at: question for question in read_bytes(tmp_path, fault.document) if question.problems}
    assert fault.at in found, {at: [str(problem) for problem in one.problems] for at, one in found.items()}
    question = found[fault.at]
    assert {problem.code for problem in question.problems} == fault.codes
    assert (question.content is not None) == fault.is_in
