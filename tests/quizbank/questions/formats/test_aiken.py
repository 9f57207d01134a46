import io
from pathlib import Path

import pytest

from quizbank.questions.formats.aiken import read_aiken, write_aiken
from quizbank.questions.formats.writing import Export
from quizbank.questions.rules import NewQuestion, Part, Placement, QuestionContent, QuestionType
from tests.quizbank.questions.formats.generated import media, there_and_back
from tests.quizbank.questions.formats.reading import Read, codes, damaged, draft_of, ends_well, options, reader_of
from tests.shared_data import SHARED, needs_shared_data

FOLDER = SHARED / "formats/aiken/moodle__moodle/question/format/aiken/tests/fixtures"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reader_of(read_aiken, tmp_path / "q.txt")


def test_stem_options_and_key(read: Read) -> None:
    [question] = read("Tính $x^2$\nkhi x < 0:\nA. 1\nB) 2\nC.3\nANSWER: B\n")
    assert (draft_of(question).stem, options(question)) == ("Tính $x^2$\nkhi x < 0:", ["1", "*2", "3"])
    assert (question.lines, codes(question)) == ((1, 6), [])


def test_several_letters_make_several_keys(read: Read) -> None:
    [question] = read("Chọn\nA. 1\nB. 2\nC. 3\nANSWER: A, C")
    assert (draft_of(question).type, draft_of(question).key) == (QuestionType.MULTIPLE_RESPONSE, "AC")


@pytest.mark.parametrize(
    "text",
    [
        "Hỏi gì?\na) một\nb) hai\nANSWER:B",
        "Hỏi gì?\nA. một\nB. hai\nAnswer: b.",
        "Hỏi gì?\nA. một\nB. hai\nĐáp án: B",
        "Hỏi gì?\r\nA. một\r\nB. hai\r\nANSWER : B\r\n",
    ],
)
def test_keys_and_options_are_read_however_they_are_spelt(read: Read, text: str) -> None:
    [question] = read(text)
    assert (draft_of(question).stem, options(question), codes(question)) == ("Hỏi gì?", ["một", "*hai"], [])


def test_small_letters_in_a_stem_are_no_options(read: Read) -> None:
    [question] = read("Xét:\na) một\nb) hai\nA. cả hai\nB. không\nANSWER: A")
    assert (draft_of(question).stem, options(question)) == ("Xét:\na) một\nb) hai", ["*cả hai", "không"])


def test_feedback_below_the_key_is_the_explanation(read: Read) -> None:
    first, second = read("Một?\nA. 1\nB. 2\nANSWER: A\nFEEDBACK: vì thế\nHai?\nA. 1\nB. 2\nANSWER: B")
    assert (draft_of(first).explanation, first.lines, second.lines) == ("vì thế", (1, 5), (6, 9))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chọn\nA. 1\nB. 2\n", ["no-key"]),
        ("Chọn\nA. 1\nB. 2\nANSWER: D", ["key-not-an-option"]),
        ("Chọn\nA. 1\nA. 2\nANSWER: A", ["repeated-option", "two-keys"]),
        ("Chọn\nA. 1\nC. 2\nANSWER: A", ["option-order"]),
        ("Chọn\nA. 1\ntiếp\nB. 2\nANSWER: A", ["continued-option"]),
        ("A. 1\nB. 2\nANSWER: A", ["empty-stem"]),
        ("Một đoạn văn", ["no-key", "not-a-question"]),
    ],
)
def test_doubts(read: Read, text: str, expected: list[str]) -> None:
    [question] = read(text)
    assert codes(question) == expected


@needs_shared_data
def test_a_file_with_errors_gives_the_good_questions_and_names_the_others(read: Read) -> None:
    questions = read((FOLDER / "aiken_errors.txt").read_bytes())
    assert [(question.lines[0], codes(question)) for question in questions] == [
        (1, ["missing-option"]),
        (5, ["key-not-an-option", "empty-stem", "missing-option"]),
        (9, []),
        (14, ["no-key"]),
        (18, []),
        (23, []),
    ]


@needs_shared_data
def test_damaged_files_end_in_questions_or_a_refusal(read: Read) -> None:
    data = (FOLDER / "questions.aiken.txt").read_bytes()
    assert all(ends_well(read, broken) for broken in damaged(data, 150, seed=3))


def a_choice(stem: str, *texts: str, explanation: str = "") -> NewQuestion:
    parts = tuple(Part(text, place == 1) for place, text in enumerate(texts))
    content = QuestionContent(QuestionType.SINGLE_CHOICE, stem, parts, explanation)
    return NewQuestion(content, Placement("toan", "2018"))


def test_what_leaves_as_aiken_comes_back_the_same(tmp_path: Path) -> None:
    news = [a_choice("Tính $x^2 < 1$ & y", "1", r"$\frac{1}{2}$"), a_choice("Ai?", "Nguyễn Du", "Hồ Xuân Hương")]
    questions, losses = there_and_back(news, write_aiken, read_aiken, tmp_path / "q.txt")
    assert [question.draft for question in questions] == [new.content for new in news]
    assert losses == []


def test_what_aiken_cannot_hold_is_named() -> None:
    short = QuestionContent(QuestionType.SHORT_ANSWER, "Bao nhiêu?", (Part("5", is_true=True),))
    news = [
        ("a", NewQuestion(short, Placement("toan", "2018"))),
        ("b", a_choice("<b>Một</b>", "1", "2", explanation="vì thế")),
    ]
    output = io.BytesIO()
    losses = write_aiken(Export("Đề", news, media), output)
    assert [(loss.identifier, loss.problem.code, loss.problem.facts.get("what")) for loss in losses] == [
        ("a", "not-written", None),
        ("b", "cannot-hold", "định dạng của văn bản"),
        ("b", "cannot-hold", "lời giải"),
    ]
    assert output.getvalue().decode() == "Một\nA. 1\nB. 2\nANSWER: B\n\n"
