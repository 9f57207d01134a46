"""Real papers leave in Moodle's formats and come back, question by question and sign by sign."""

from pathlib import Path

import pytest

from quizbank.questions.formats.gift import read_gift
from quizbank.questions.formats.gift_writer import write_gift
from quizbank.questions.formats.moodle_xml import read_moodle
from quizbank.questions.formats.moodle_xml_writer import write_moodle
from quizbank.questions.formats.paper import Reader
from quizbank.questions.formats.text import parse_paper
from quizbank.questions.formats.writing import Writer
from quizbank.questions.rules import NewQuestion, Placement
from tests.quizbank.questions.formats.generated import assert_the_same, there_and_back
from tests.shared_data import SHARED, needs_shared_data

Formats = tuple[Writer, Reader, str]
GIFT: Formats = (write_gift, read_gift, "thứ tự")
MOODLE: Formats = (write_moodle, read_moodle, "vị trí")


def questions_of(path: Path) -> list[NewQuestion]:
    parsed = parse_paper(path.read_text(encoding="utf-8-sig")).questions
    placement = Placement(path.parent.name, "ct-2006", 12)
    return [NewQuestion(one.content, placement, passage=one.passage) for one in parsed if one.content]


@needs_shared_data
@pytest.mark.parametrize("formats", [GIFT, MOODLE], ids=["gift", "moodle"])
def test_real_papers_come_back_the_same(formats: Formats, tmp_path: Path) -> None:
    write, read, about_order = formats
    papers = sorted((SHARED / "exams").rglob("*.txt"))[::9]
    count = 0
    for path in papers:
        news = questions_of(path)
        questions, losses = there_and_back(news, write, read, tmp_path / "export")
        assert len(questions) == len(news)
        assert all(loss.problem.facts["what"].startswith(about_order) for loss in losses)
        for number, (question, new) in enumerate(zip(questions, news, strict=True), start=1):
            assert_the_same(question, new, [loss for loss in losses if loss.identifier == f"q-{number}"], about_order)
            count += 1
    assert count > 500
