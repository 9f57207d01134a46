"""An exam matrix (ma trận đề): topic x level x type -> how many questions, worth how much."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from quizbank.questions.problems import Problem
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum, grade_id_of, is_within
from repository.errors import Invalid

K = TypeVar("K")

MOST_CELLS = 300
MOST_QUESTIONS = 200
MOST_MARKS = Decimal(100)
FULL_MARKS = Decimal(10)
LONGEST_MINUTES = 600
LEVEL_SHARES = {"biet": Decimal("0.4"), "hieu": Decimal("0.3"), "van-dung": Decimal("0.3")}
SHARE_TOLERANCE = Decimal("0.05")
PARTS = {
    QuestionType.SINGLE_CHOICE: 1,
    QuestionType.MULTIPLE_RESPONSE: 1,
    QuestionType.TRUE_FALSE: 2,
    QuestionType.SHORT_ANSWER: 3,
    QuestionType.ESSAY: 4,
}


@dataclass(frozen=True)
class Cell:
    """``count`` questions of one topic, level and type, each worth ``marks``.

    ``topic`` may be a topic, a strand or a grade of the subject, None for any; ``level`` None is any level.
    """

    topic: str | None
    level: str | None
    type: QuestionType
    count: int
    marks: Decimal

    @property
    def total_marks(self) -> Decimal:
        return self.count * self.marks

    def accepts(self, topic: str | None, level: str | None, type: QuestionType) -> bool:
        """Whether a question placed there may stand in this cell."""
        if type is not self.type or self.level not in (None, level):
            return False
        return self.topic is None or (topic is not None and is_within(topic, self.topic))


@dataclass(frozen=True)
class Matrix:
    """``grade`` None: any grade. A cell that names a topic goes by that topic's grade, not by ``grade``."""

    title: str
    subject: str
    grade: int | None
    programme: str
    duration_minutes: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Total:
    """Questions and marks of some cells; ``marks_fraction`` of the whole matrix, 0 to 1."""

    count: int
    marks: Decimal
    marks_fraction: Decimal


@dataclass(frozen=True)
class Totals:
    whole: Total
    by_level: dict[str | None, Total]
    by_type: dict[QuestionType, Total]
    by_topic: dict[str | None, Total]


def totals_of(cells: Iterable[Cell]) -> Totals:
    """What a matrix adds up to, as a whole and by level, type and topic."""
    all_cells = tuple(cells)
    whole = _total(all_cells, sum((cell.total_marks for cell in all_cells), Decimal(0)))
    return Totals(
        whole,
        _totals_by(all_cells, lambda cell: cell.level, whole.marks),
        _totals_by(all_cells, lambda cell: cell.type, whole.marks),
        _totals_by(all_cells, lambda cell: cell.topic, whole.marks),
    )


def _totals_by(cells: tuple[Cell, ...], name_of: Callable[[Cell], K], whole_marks: Decimal) -> dict[K, Total]:
    names = dict.fromkeys(name_of(cell) for cell in cells)
    return {name: _total([cell for cell in cells if name_of(cell) == name], whole_marks) for name in names}


def _total(cells: Iterable[Cell], whole_marks: Decimal) -> Total:
    some = tuple(cells)
    marks = sum((cell.total_marks for cell in some), Decimal(0))
    return Total(sum(cell.count for cell in some), marks, marks / whole_marks if whole_marks else Decimal(0))


@dataclass(frozen=True)
class Supply:
    """How many questions the bank has in one place."""

    topic: str | None
    level: str | None
    type: QuestionType
    grade: int | None
    count: int


def is_wanted(cell: Cell, grade: int | None, placed: Supply) -> bool:
    """Whether questions placed there may stand in this cell of a matrix for ``grade``."""
    if cell.topic is None and grade not in (None, placed.grade):
        return False
    return cell.accepts(placed.topic, placed.level, placed.type)


def available_for(matrix: Matrix, supply: Iterable[Supply]) -> tuple[int, ...]:
    """For each cell the number of questions that may stand in it, as if it were alone."""
    places = tuple(supply)
    return tuple(sum(p.count for p in places if is_wanted(cell, matrix.grade, p)) for cell in matrix.cells)


def check_matrix(matrix: Matrix, curriculum: Curriculum) -> None:
    """Refuse a matrix that no quiz can be built from.

    Raises:
        Invalid: ``facts["fields"]`` maps ``title``, ``cells[3].count`` and so on to what is wrong there.
    """
    refuse_if_any(problems_of(matrix, curriculum))


def refuse_if_any(fields: dict[str, list[str]]) -> None:
    """Raise one error that names every wrong place; the sentence speaks of the first."""
    if fields:
        place, messages = next(iter(fields.items()))
        raise Invalid("Ma trận chưa dùng được: {place}: {problem}", place=place, problem=messages[0], fields=fields)


def problems_of(matrix: Matrix, curriculum: Curriculum) -> dict[str, list[str]]:
    """Place -> what is wrong there; empty for a sound matrix."""
    found = _heading_problems(matrix, curriculum)
    levels = {level.id for level in curriculum.levels_of(matrix.programme)}
    for place, cell in enumerate(matrix.cells):
        for name, message in _cell_problems(cell, matrix, levels, curriculum):
            found[f"cells[{place}].{name}"] = [message]
    if not matrix.cells:
        found["cells"] = ["cần ít nhất một ô"]
    elif len(matrix.cells) > MOST_CELLS:
        found["cells"] = ["nhiều ô quá: tối đa 300"]
    elif sum(cell.count for cell in matrix.cells) > MOST_QUESTIONS:
        found.setdefault("cells", ["nhiều câu hỏi quá: tối đa 200 câu một đề"])
    return found


def _heading_problems(matrix: Matrix, curriculum: Curriculum) -> dict[str, list[str]]:
    checks = {
        "title": (0 < len(matrix.title.strip()) <= 200, "cần một tên dài tối đa 200 kí tự"),
        "subject": (curriculum.find_subject(matrix.subject) is not None, "không có môn này"),
        "programme": (curriculum.find_programme(matrix.programme) is not None, "không có chương trình này"),
        "grade": (
            matrix.grade is None or curriculum.has(grade_id_of(matrix.subject, matrix.grade)),
            "môn này không học ở lớp đó",
        ),
        "duration_minutes": (0 < matrix.duration_minutes <= LONGEST_MINUTES, "phải là số phút từ 1 đến 600"),
    }
    return {name: [message] for name, (is_well, message) in checks.items() if not is_well}


def _cell_problems(cell: Cell, matrix: Matrix, levels: set[str], curriculum: Curriculum) -> Iterable[tuple[str, str]]:
    if cell.topic is not None and not curriculum.has(cell.topic):
        yield "topic", "không có chủ đề này trong chương trình"
    elif cell.topic is not None and not is_within(cell.topic, matrix.subject):
        yield "topic", "chủ đề thuộc môn khác"
    if cell.level is not None and cell.level not in levels:
        yield "level", "chương trình này không có mức độ đó"
    if not 1 <= cell.count <= MOST_QUESTIONS:
        yield "count", "phải là số nguyên từ 1 đến 200"
    if not 0 < cell.marks <= MOST_MARKS or cell.marks != round(cell.marks, 2):
        yield "marks", "phải là số dương, tối đa hai chữ số thập phân"


def advice_of(matrix: Matrix, curriculum: Curriculum) -> tuple[Problem, ...]:
    """What is unusual but allowed: marks that do not make 10, level shares far from 40/30/30, cells written twice."""
    totals = totals_of(matrix.cells)
    advice = []
    if totals.whole.marks != FULL_MARKS:
        marks = f"{totals.whole.marks.normalize():f}".replace(".", ",")
        advice.append(Problem("marks-sum", "Tổng điểm là {marks}, không phải 10.", {"marks": marks}))
    if None not in totals.by_level:
        advice.extend(_level_advice(totals, curriculum))
    twice = [cell for cell, times in Counter((c.topic, c.level, c.type) for c in matrix.cells).items() if times > 1]
    if twice:
        advice.append(
            Problem("cell-twice", "Có {count} ô ghi hai lần cùng chủ đề, mức độ và dạng.", {"count": str(len(twice))})
        )
    return tuple(advice)


def _level_advice(totals: Totals, curriculum: Curriculum) -> Iterable[Problem]:
    """The shares of Biết, Hiểu and Vận dụng; four-level matrices count by the level theirs maps to.

    Source: CV 7991/BGDĐT-GDTrH, 40 % / 30 % / 30 % of the marks.
    """
    shares = dict.fromkeys(LEVEL_SHARES, Decimal(0))
    for level_id, total in totals.by_level.items():
        level = curriculum.find_level(level_id or "")
        name = (level.maps_to or level.id) if level else None
        if name in shares:
            shares[name] += total.marks_fraction
    for name, usual in LEVEL_SHARES.items():
        if abs(shares[name] - usual) > SHARE_TOLERANCE:
            facts = {
                "level": curriculum.name_of(name),
                "share": f"{shares[name] * 100:.0f}",
                "usual": f"{usual * 100:.0f}",
            }
            yield Problem("level-share", "{level} chiếm {share} % số điểm; thông thường khoảng {usual} %.", facts)
