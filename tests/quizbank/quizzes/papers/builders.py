"""Papers for tests, with and without a database."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from quizbank.questions.rules import OPTION_LETTERS, QuestionType
from quizbank.quizzes.papers.paper import Block, Choice, Heading, Paper, PaperOptions, PaperPart, PaperQuestion
from quizbank.quizzes.papers.wording import NOTES, part_order, part_title
from repository.errors import NotFound

HEADING = Heading(
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ NỘI",
    "TRƯỜNG THPT SÔNG HỒNG",
    "KIỂM TRA CUỐI HỌC KÌ I",
    "NĂM HỌC 2026 - 2027",
    "Môn: TOÁN – Lớp 12",
    "Thời gian làm bài: 90 phút, không kể thời gian phát đề",
    NOTES,
)


def a_paper_question(
    number: int = 1,
    stem: str = "Thủ đô của Việt Nam là",
    options: Sequence[str] = ("Hà Nội", "Huế", "Đà Nẵng", "Cần Thơ"),
    *,
    type: QuestionType = QuestionType.SINGLE_CHOICE,
    key: str = "",
    explanation: str = "",
    label: str = "",
) -> PaperQuestion:
    letters = OPTION_LETTERS.lower() if type is QuestionType.TRUE_FALSE else OPTION_LETTERS
    choices = tuple(Choice(letter, text) for letter, text in zip(letters, options, strict=False))
    label = label or f"Câu {number}"
    return PaperQuestion(number, label, type, stem, choices, Decimal("0.25"), 4, number, key, explanation)


def a_paper_part(part: int, *blocks: Block, present: Sequence[int] = (1, 2, 3)) -> PaperPart:
    types = [one.type for block in blocks for one in block.questions]
    return PaperPart(part, part_title(part, present), part_order(part, types), blocks)


def a_paper(*parts: PaperPart, code: str = "101", **options: object) -> Paper:
    parts = parts or (a_paper_part(1, Block((a_paper_question(),))),)
    return Paper("Kiểm tra cuối học kì I", HEADING, parts, code, PaperOptions(**options))  # type: ignore[arg-type]


def a_solved_paper(code: str = "101") -> Paper:
    choice = a_paper_question(1, "Thủ đô?", key="A", explanation="Vì $x=1$ nên chọn A.")
    choice = replace(choice, choices=tuple(replace(one, is_true=one.letter == "A") for one in choice.choices))
    cluster = a_paper_question(1, "Cụm", ("a", "b", "c", "d"), type=QuestionType.TRUE_FALSE, key="ĐSĐS")
    cluster = replace(cluster, choices=tuple(replace(one, is_true=one.letter in "ac") for one in cluster.choices))
    short = a_paper_question(1, "Số nào?", (), type=QuestionType.SHORT_ANSWER, key="2,5", explanation="Đếm.")
    parts = [a_paper_part(part, Block((one,))) for part, one in ((1, choice), (2, cluster), (3, short))]
    return a_paper(*parts, code=code, with_keys=True)


def no_media(sha256: str) -> bytes:
    raise NotFound("Không có tệp này.")
