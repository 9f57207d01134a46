"""What is written can be read again, whatever the questions."""

import io
import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.questions.formats.text import parse_paper
from quizbank.questions.formats.text_writer import write_text
from quizbank.questions.formats.writing import Export
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType
from tests.quizbank.questions.builders import a_new_question

WORDS = (
    "hàm số",
    "nước",
    "$x^2$",
    "AaBb",
    "Hà Nội",
    "đường thẳng",
    "10 %",
    "“ba”",
    "x < y & z",
    "anh A",
    "chị B",
    "ℤ",
    "ộ",
)


def texts() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def several(size: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(texts(), min_size=size, max_size=most, unique=True)


@st.composite
def choices(draw: st.DrawFn) -> QuestionContent:
    options = draw(several(4, 8))
    key = draw(st.integers(0, len(options) - 1))
    parts = tuple(Part(text, position == key) for position, text in enumerate(options))
    return QuestionContent(QuestionType.SINGLE_CHOICE, draw(texts()), parts, draw(texts()))


@st.composite
def multiple_responses(draw: st.DrawFn) -> QuestionContent:
    options = draw(several(4, 8))
    truths = [True, *draw(st.lists(st.booleans(), min_size=len(options) - 1, max_size=len(options) - 1))]
    parts = tuple(map(Part, options, truths))
    return QuestionContent(QuestionType.MULTIPLE_RESPONSE, draw(texts()), parts)


@st.composite
def clusters(draw: st.DrawFn) -> QuestionContent:
    parts = tuple(Part(text, draw(st.booleans())) for text in draw(several(4, 4)))
    return QuestionContent(QuestionType.TRUE_FALSE, draw(texts()), parts, draw(texts()))


@st.composite
def short_answers(draw: st.DrawFn) -> QuestionContent:
    number = draw(st.decimals(Decimal(-999), Decimal(999), places=2))
    parts = (Part(str(number).replace(".", ","), is_true=True),)
    return QuestionContent(QuestionType.SHORT_ANSWER, draw(texts()), parts, "", AnswerKind.NUMERIC)


@st.composite
def essays(draw: st.DrawFn) -> QuestionContent:
    return QuestionContent(QuestionType.ESSAY, draw(texts()), (), draw(texts()))


KINDS = (choices(), multiple_responses(), clusters(), short_answers(), essays())


@given(st.lists(st.one_of(*KINDS), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_every_paper_comes_back_as_it_was(questions: list[QuestionContent]) -> None:
    order = list(QuestionType)
    expected = sorted(questions, key=lambda content: order.index(content.type))
    parsed = parse_paper(paper_of(questions)).questions
    assert [plain(question.draft) for question in parsed if question.draft] == [plain(content) for content in expected]


def paper_of(questions: list[QuestionContent]) -> str:
    output = io.BytesIO()
    news = ((f"q-{number}", a_new_question(content)) for number, content in enumerate(questions))
    assert list(write_text(Export("Đề", news, lambda _: b""), output)) == []
    return output.getvalue().decode()


def plain(content: QuestionContent) -> tuple[object, ...]:
    """What a paper on paper carries: type, stem, parts and key; locks are found again from the words."""
    return content.type, content.stem, [(part.text, part.is_true) for part in content.parts], content.explanation


@given(st.text(max_size=400))
@settings(deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    for question in parse_paper(text).questions:
        assert question.content is None or not re.search(r"\r", question.content.stem)


@given(
    st.lists(
        st.sampled_from(
            (
                "Câu 1.",
                "Câu 2:",
                "A. x",
                "B. y",
                "C",
                "D.",
                "Đáp án: A",
                "Lời giải:",
                "PHẦN I.",
                "a) z",
                "",
                "![](a.png)",
                "1A 2B",
            )
        ),
        max_size=30,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_heap_of_marks_breaks_the_reader(lines: list[str]) -> None:
    parse_paper("\n".join(lines))
    parse_paper(" ".join(lines))
