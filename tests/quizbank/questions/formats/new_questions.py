"""Questions of every kind that the model holds, for the round trips of formats that hold them all."""

from decimal import Decimal

from hypothesis import strategies as st

from quizbank.questions.rules import (
    AnswerKind,
    NewQuestion,
    Part,
    Placement,
    QuestionContent,
    QuestionType,
    check_content,
)

WORDS = st.sampled_from(
    r"""Cho | hàm | $x^2+1$ | $\frac{a}{b}$ | =SUM(A1) | <b>đậm</b> | H<sub>2</sub>O | a,b;c | "nháy" | {x} | ~=#: | \n
    100 % | Đúng | Sai | A | B | 2,5 | -3 | &amp; | Trường Sa | ' | // | -> | 1.""".replace("\n   ", "|").split("|")
)
TEXTS = st.lists(WORDS.map(str.strip), min_size=1, max_size=5).map(" ".join)
LINES = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
LEVELS = (None, "nhan-biet", "thong-hieu", "van-dung-cao")
NUMBERS = st.sampled_from(["2,5", "-3", "0", "12", "1/2"])


def placements() -> st.SearchStrategy[Placement]:
    return st.builds(
        Placement,
        subject=st.just("toan"),
        programme=st.just("ct-2006"),
        grade=st.sampled_from([None, 12]),
        topic=st.none(),
        level=st.sampled_from([None, "nhan-biet", "van-dung-cao"]),
        tags=st.sampled_from([(), ("thi thử",), ("thi thử", "2024")]),
    )


@st.composite
def choices(draw: st.DrawFn, kind: QuestionType) -> QuestionContent:
    texts = draw(st.lists(LINES, min_size=2, max_size=8, unique=True))
    count = 1 if kind is QuestionType.SINGLE_CHOICE else draw(st.integers(1, len(texts)))
    right = set(draw(st.permutations(range(len(texts))))[:count])
    locked = draw(st.sets(st.integers(0, len(texts) - 1), max_size=2))
    parts = tuple(Part(text, place in right, place in locked) for place, text in enumerate(texts))
    return QuestionContent(
        kind, draw(LINES), parts, draw(st.one_of(st.just(""), LINES)), keeps_order=draw(st.booleans())
    )


@st.composite
def clusters(draw: st.DrawFn) -> QuestionContent:
    texts = draw(st.lists(LINES, min_size=4, max_size=4, unique=True))
    levels = draw(st.one_of(st.just([None] * 4), st.lists(st.sampled_from(LEVELS), min_size=4, max_size=4)))
    parts = tuple(Part(text, draw(st.booleans()), level=level) for text, level in zip(texts, levels, strict=True))
    return QuestionContent(QuestionType.TRUE_FALSE, draw(LINES), parts, draw(st.one_of(st.just(""), LINES)))


@st.composite
def short_answers(draw: st.DrawFn) -> QuestionContent:
    is_number = draw(st.booleans())
    values = draw(
        st.lists(
            NUMBERS if is_number else st.sampled_from(["Hà Nội", "Huế", "x+1"]), min_size=1, max_size=3, unique=True
        )
    )
    kind = AnswerKind.NUMERIC if is_number else AnswerKind.TEXT
    tolerance = draw(st.sampled_from([None, Decimal("0.1"), Decimal("2")])) if is_number else None
    parts = tuple(Part(value, is_true=True) for value in values)
    return QuestionContent(QuestionType.SHORT_ANSWER, draw(LINES), parts, "", kind, tolerance)


def essays() -> st.SearchStrategy[QuestionContent]:
    guide = st.one_of(st.just(""), LINES)
    return st.builds(QuestionContent, st.just(QuestionType.ESSAY), LINES, st.just(()), guide)


def contents() -> st.SearchStrategy[QuestionContent]:
    kinds = (QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_RESPONSE)
    return st.one_of(*map(choices, kinds), clusters(), short_answers(), essays()).filter(
        lambda content: not check_content(content)
    )


def new_questions() -> st.SearchStrategy[NewQuestion]:
    return st.builds(
        NewQuestion,
        content=contents(),
        placement=placements(),
        passage=st.one_of(st.just(""), LINES),
        source=st.sampled_from(["", "Đề 101"]),
        licence=st.sampled_from(["", "cc-by-4.0"]),
    )
