"""The 144 real papers beside the project: every question accounted for, every character where it was."""

import re
from functools import cache
from pathlib import Path

from quizbank.questions.formats.text import ParsedPaper, ParsedQuestion, parse_paper
from quizbank.questions.formats.text_lines import lines_of
from quizbank.questions.images import is_sound_image
from quizbank.questions.problems import Verdict
from quizbank.questions.rules import OPTION_LETTERS
from tests.shared_data import SHARED, needs_shared_data

pytestmark = needs_shared_data
EXAMS = SHARED / "exams"
HEADER = re.compile(r"^[ \t\u00a0]*(?:câu|question)[ \u00a0]*\d+[ \u00a0]*(?:[.:)]|$)", re.IGNORECASE | re.MULTILINE)
READ_OTHERWISE = {"option-mark", "option-order", "image-after-options", "stem-from-blank"}


@cache
def papers() -> dict[Path, ParsedPaper]:
    return {path: parse_paper(path.read_text(encoding="utf-8")) for path in sorted(EXAMS.glob("*/*.txt"))}


def questions() -> list[tuple[Path, ParsedQuestion]]:
    return [(path, question) for path, paper in papers().items() for question in paper.questions]


def test_every_question_is_found() -> None:
    assert len(papers()) == 144
    assert len(questions()) == 5_820


def test_every_header_is_a_question_or_a_problem() -> None:
    for path, paper in papers().items():
        headers = len(HEADER.findall(path.read_text(encoding="utf-8")))
        assert headers <= sum(bool(question.label) for question in paper.questions), path


def test_at_least_99_in_100_come_in_and_the_others_say_why() -> None:
    left_out = [question for _, question in questions() if question.verdict is Verdict.LEAVE_OUT]
    assert len(left_out) <= 58
    assert all(question.problems and question.lines[0] for question in left_out)


def test_all_images_are_named_and_sound() -> None:
    images = {path.parent / image for path, paper in papers().items() for image in paper.images}
    assert len(images) == 119
    assert all(is_sound_image(image.read_bytes()) for image in images)


def test_what_was_read_is_the_source_character_by_character() -> None:
    """Put together again, a question is its lines, white space aside; what was read otherwise is told by a note."""
    for path in papers():
        lines = [line.text for line in lines_of(path.read_text(encoding="utf-8"))]
        for question in papers()[path].questions:
            if question.verdict is Verdict.LEAVE_OUT or {p.code for p in question.problems} & READ_OTHERWISE:
                continue
            source = bare("".join(lines[question.lines[0] - 1 : question.lines[1]]))
            assert bare(again(question)).endswith(re.sub(r"^(?:câu|question)\d+[.:)]*", "", source, flags=re.I)), (
                path,
                question.lines,
            )


def again(question: ParsedQuestion) -> str:
    assert question.draft is not None
    options = "".join(
        f"{letter}.{part.text}" for letter, part in zip(OPTION_LETTERS, question.draft.parts, strict=False)
    )
    return f"{question.draft.stem}{options}Đáp án:{question.draft.key}Lời giải:{question.draft.explanation}"


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_passages_are_shared_by_the_questions_they_name() -> None:
    english = [question for path, question in questions() if path.parent.name == "tieng-anh"]
    assert sum(bool(question.passage) for question in english) == 53
    assert len({question.passage for question in english if question.passage}) <= 15
