"""What is unusual in a matrix but allowed: advice, never a refusal."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from quizbank.matrices.rules import FULL_MARKS, LEVEL_SHARES, Matrix, Totals, totals_of
from quizbank.questions.problems import Problem
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum

SHARE_TOLERANCE = Decimal("0.05")
CURRENT = "gdpt-2018"
USUAL_SHARES = {
    CURRENT: LEVEL_SHARES,
    "ct-2006": {
        "nhan-biet": Decimal("0.4"),
        "thong-hieu": Decimal("0.3"),
        "van-dung-thap": Decimal("0.2"),
        "van-dung-cao": Decimal("0.1"),
    },
}
USUAL_MARKS = {
    QuestionType.SINGLE_CHOICE: Decimal(3),
    QuestionType.TRUE_FALSE: Decimal(2),
    QuestionType.SHORT_ANSWER: Decimal(2),
    QuestionType.ESSAY: Decimal(3),
}


def advice_of(matrix: Matrix, curriculum: Curriculum) -> tuple[Problem, ...]:
    """Marks that do not make 10, level shares far from 40/30/30, unusual marks of a part, cells written twice."""
    totals = totals_of(matrix.cells)
    advice = []
    if totals.whole.marks != FULL_MARKS:
        advice.append(
            Problem("marks-sum", "Tổng điểm là {marks}, không phải 10.", {"marks": _text(totals.whole.marks)})
        )
    if None not in totals.by_level:
        advice.extend(_level_advice(totals, curriculum, matrix.programme))
    advice.extend(_type_advice(totals))
    cells = Counter((c.topic, c.unit, c.level, c.statements, c.type, c.marks) for c in matrix.cells)
    if twice := sum(times > 1 for times in cells.values()):
        advice.append(
            Problem("cell-twice", "Có {count} ô ghi hai lần cùng chủ đề, mức độ và dạng.", {"count": str(twice)})
        )
    return tuple(advice)


def _text(marks: Decimal) -> str:
    return f"{marks.normalize():f}".replace(".", ",")


def level_shares(totals: Totals, curriculum: Curriculum, programme: str = CURRENT) -> dict[str, Decimal]:
    """Levels of the table 40/30/30, or of a programme with a table of its own -> their share of the marks, 0 to 1.

    A level of another programme counts as the one it maps to.
    """
    shares = dict.fromkeys(usual_shares(programme), Decimal(0))
    for level_id, total in totals.by_level.items():
        level = curriculum.find_level(level_id or "")
        name = level.id if level and level.id in shares else level.maps_to if level else None
        if name in shares:
            shares[name] += total.marks_fraction
    return shares


def usual_shares(programme: str) -> dict[str, Decimal]:
    """Level -> the usual share of the marks, 0 to 1."""
    return USUAL_SHARES.get(programme, LEVEL_SHARES)


def _level_advice(totals: Totals, curriculum: Curriculum, programme: str) -> Iterable[Problem]:
    """The shares of the levels, true/false by statement.

    Source: CV 7991/BGDĐT-GDTrH, 40 % / 30 % / 30 % of the marks; before it 40 % / 30 % / 20 % / 10 % by custom.
    """
    shares = level_shares(totals, curriculum, programme)
    for name, usual in usual_shares(programme).items():
        if abs(shares[name] - usual) > SHARE_TOLERANCE:
            facts = {
                "level": curriculum.name_of(name),
                "share": f"{shares[name] * 100:.0f}",
                "usual": f"{usual * 100:.0f}",
            }
            yield Problem("level-share", "{level} chiếm {share} % số điểm; thông thường khoảng {usual} %.", facts)


def _type_advice(totals: Totals) -> Iterable[Problem]:
    """The usual marks of the parts of a periodic test: one with essays and questions to choose in.

    Source: CV 7991/BGDĐT-GDTrH: 3, 2, 2 and 3 marks; without short answers their marks go to true/false.
    """
    usual = dict(USUAL_MARKS)
    if QuestionType.SHORT_ANSWER not in totals.by_type:
        usual[QuestionType.TRUE_FALSE] += usual.pop(QuestionType.SHORT_ANSWER)
    if not {QuestionType.ESSAY, QuestionType.TRUE_FALSE} <= totals.by_type.keys():
        return
    for type, marks in usual.items():
        if type in totals.by_type and totals.by_type[type].marks != marks:
            facts = {"marks": _text(totals.by_type[type].marks), "usual": _text(marks)}
            yield Problem("type-marks", TYPE_MESSAGES[type], facts)


TYPE_MESSAGES = {
    QuestionType.SINGLE_CHOICE: "Phần nhiều lựa chọn có {marks} điểm; thông thường {usual} điểm.",
    QuestionType.TRUE_FALSE: "Phần đúng/sai có {marks} điểm; thông thường {usual} điểm.",
    QuestionType.SHORT_ANSWER: "Phần trả lời ngắn có {marks} điểm; thông thường {usual} điểm.",
    QuestionType.ESSAY: "Phần tự luận có {marks} điểm; thông thường {usual} điểm.",
}
