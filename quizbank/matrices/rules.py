"""An exam matrix (ma trận đề): topic x level x type -> how many questions, worth how much."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from quizbank.questions.rules import QuestionType, levels_from, levels_text
from repository.curriculum.rules import Curriculum, grade_id_of, is_within
from repository.errors import Invalid

K = TypeVar("K")

MOST_CELLS = 300
MOST_QUESTIONS = 200
MOST_MARKS = Decimal(100)
FULL_MARKS = Decimal(10)
LONGEST_MINUTES = 600
LONGEST_UNIT = 200
LONGEST_OUTCOMES = 4_000
LONGEST_COMPETENCE = 60
STATEMENTS_EACH = 4
LEVEL_SHARES = {"biet": Decimal("0.4"), "hieu": Decimal("0.3"), "van-dung": Decimal("0.3")}
Statements = tuple[tuple[str, int], ...]
Row = tuple[str | None, str]
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

    Attributes:
        topic: a topic, a strand or a grade of the subject, None for any.
        level: None is any level, or that of ``statements``.
        statements: for true/false questions whose statements lie on several levels: level -> statements of all
            ``count`` questions together, in the order of the ids, four for each question.
        unit: what of the topic is meant, in the maker's words ("Nội dung/đơn vị kiến thức"). People read it; questions
            are drawn by ``topic``.
    """

    topic: str | None
    level: str | None
    type: QuestionType
    count: int
    marks: Decimal
    statements: Statements = ()
    unit: str = ""

    @property
    def total_marks(self) -> Decimal:
        return self.count * self.marks

    @property
    def row(self) -> Row:
        """The row of the official table that the cell stands in."""
        return self.topic, self.unit

    @property
    def asks(self) -> int:
        """What the official table counts: statements of true/false questions, otherwise questions."""
        return self.count * STATEMENTS_EACH if self.type is QuestionType.TRUE_FALSE else self.count

    @property
    def asks_by_level(self) -> dict[str | None, int]:
        if self.statements:
            return dict(self.statements)
        return {self.level: self.asks}

    def accepts(self, topic: str | None, level: str | None, type: QuestionType) -> bool:
        """Whether a question placed there may stand in this cell."""
        if type is not self.type or self.level not in (None, level):
            return False
        return self.topic is None or (topic is not None and is_within(topic, self.topic))


def statements_of(counts: Mapping[str, int]) -> Statements:
    """Level -> statements, as a cell keeps them."""
    return tuple(sorted((level, count) for level, count in counts.items() if count))


def statements_text(statements: Statements) -> str:
    """As columns of the database keep them."""
    return levels_text(dict(statements))


def statements_from(text: str) -> Statements:
    """What ``statements_text`` wrote."""
    return statements_of(levels_from(text))


@dataclass(frozen=True)
class Competence:
    """The competence (năng lực) that the count of one column assesses, as its maker writes it, such as ``TD1``."""

    type: QuestionType
    level: str | None
    text: str


@dataclass(frozen=True)
class Specification:
    """What the specification (bản đặc tả) says of one row beside its counts.

    ``outcomes``: yêu cầu cần đạt, one to a line. Cells belong to the row of their ``topic`` and ``unit``.
    """

    topic: str | None
    unit: str = ""
    outcomes: str = ""
    competences: tuple[Competence, ...] = ()

    @property
    def row(self) -> Row:
        return self.topic, self.unit


@dataclass(frozen=True)
class Matrix:
    """``grade`` None: any grade. A cell that names a topic goes by that topic's grade, not by ``grade``.

    ``specification``: rows that have more to say than counts, or none yet.
    """

    title: str
    subject: str
    grade: int | None
    programme: str
    duration_minutes: int
    cells: tuple[Cell, ...]
    specification: tuple[Specification, ...] = ()


@dataclass(frozen=True)
class Total:
    """What some cells hold.

    Attributes:
        count: questions; None where a question lies on several levels, as true/false questions do.
        asks: what the official table counts: statements of true/false questions, otherwise questions.
        marks_fraction: of the whole matrix, 0 to 1.
    """

    count: int | None
    asks: int
    marks: Decimal
    marks_fraction: Decimal


@dataclass(frozen=True)
class Totals:
    """``by_level`` counts true/false questions by statement, each worth a quarter of its question."""

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
        _totals_by_level(all_cells, whole.marks),
        _totals_by(all_cells, lambda cell: cell.type, whole.marks),
        _totals_by(all_cells, lambda cell: cell.topic, whole.marks),
    )


@dataclass(frozen=True)
class Share:
    """What stands in one column of the official table."""

    asks: int = 0
    marks: Decimal = Decimal(0)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.asks + other.asks, self.marks + other.marks)


def shares_of(cells: Iterable[Cell]) -> dict[tuple[QuestionType, str | None], Share]:
    """What each column (type, level) of the official table adds up to."""
    shares: dict[tuple[QuestionType, str | None], Share] = {}
    for cell in cells:
        each = cell.marks / STATEMENTS_EACH if cell.type is QuestionType.TRUE_FALSE else cell.marks
        for level, asks in cell.asks_by_level.items():
            column = (cell.type, level)
            shares[column] = shares.get(column, Share()) + Share(asks, asks * each)
    return shares


def _totals_by_level(cells: tuple[Cell, ...], whole_marks: Decimal) -> dict[str | None, Total]:
    levels: dict[str | None, Share] = {}
    for (_type, level), share in shares_of(cells).items():
        levels[level] = levels.get(level, Share()) + share
    return {
        level: Total(None, share.asks, share.marks, _fraction(share.marks, whole_marks))
        for level, share in levels.items()
    }


def _totals_by(cells: tuple[Cell, ...], name_of: Callable[[Cell], K], whole_marks: Decimal) -> dict[K, Total]:
    names = dict.fromkeys(name_of(cell) for cell in cells)
    return {name: _total([cell for cell in cells if name_of(cell) == name], whole_marks) for name in names}


def _total(cells: Iterable[Cell], whole_marks: Decimal) -> Total:
    some = tuple(cells)
    marks = sum((cell.total_marks for cell in some), Decimal(0))
    asks = sum(cell.asks for cell in some)
    return Total(sum(cell.count for cell in some), asks, marks, _fraction(marks, whole_marks))


def _fraction(marks: Decimal, whole_marks: Decimal) -> Decimal:
    return marks / whole_marks if whole_marks else Decimal(0)


@dataclass(frozen=True)
class Supply:
    """How many questions the bank has in one place; ``statements``: the levels of their statements, where known."""

    topic: str | None
    level: str | None
    type: QuestionType
    grade: int | None
    count: int
    statements: str = ""


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
    for place, row in enumerate(matrix.specification):
        for name, message in _row_problems(row, matrix, curriculum):
            found[f"specification[{place}].{name}"] = [message]
    if not matrix.cells:
        found["cells"] = ["cần ít nhất một ô"]
    elif len(matrix.cells) > MOST_CELLS:
        found["cells"] = ["nhiều ô quá: tối đa 300"]
    elif len(matrix.specification) > MOST_CELLS:
        found["specification"] = ["nhiều hàng quá: tối đa 300"]
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


def _topic_problems(topic: str | None, unit: str, matrix: Matrix, curriculum: Curriculum) -> Iterable[tuple[str, str]]:
    if topic is not None and not curriculum.has(topic):
        yield "topic", "không có chủ đề này trong chương trình"
    elif topic is not None and not is_within(topic, matrix.subject):
        yield "topic", "chủ đề thuộc môn khác"
    if len(unit) > LONGEST_UNIT:
        yield "unit", "tối đa 200 kí tự"


def _row_problems(row: Specification, matrix: Matrix, curriculum: Curriculum) -> Iterable[tuple[str, str]]:
    yield from _topic_problems(row.topic, row.unit, matrix, curriculum)
    if len(row.outcomes) > LONGEST_OUTCOMES:
        yield "outcomes", "tối đa 4.000 kí tự"
    if any(len(one.text) > LONGEST_COMPETENCE for one in row.competences):
        yield "competences", "mỗi mã năng lực tối đa 60 kí tự"


def _cell_problems(cell: Cell, matrix: Matrix, levels: set[str], curriculum: Curriculum) -> Iterable[tuple[str, str]]:
    yield from _topic_problems(cell.topic, cell.unit, matrix, curriculum)
    if cell.statements:
        yield from _statement_problems(cell, levels)
    if cell.level is not None and cell.level not in levels:
        yield "level", "chương trình này không có mức độ đó"
    if not 1 <= cell.count <= MOST_QUESTIONS:
        yield "count", "phải là số nguyên từ 1 đến 200"
    if not 0 < cell.marks <= MOST_MARKS or cell.marks != round(cell.marks, 2):
        yield "marks", "phải là số dương, tối đa hai chữ số thập phân"


def _statement_problems(cell: Cell, levels: set[str]) -> Iterable[tuple[str, str]]:
    names = [level for level, _count in cell.statements]
    counts = [count for _level, count in cell.statements]
    if cell.type is not QuestionType.TRUE_FALSE or cell.level is not None:
        yield "statements", "chỉ dùng cho câu đúng/sai không ghi mức độ"
    elif sum(counts) != STATEMENTS_EACH * cell.count:
        yield "statements", "mỗi câu đúng/sai có bốn ý: tổng số ý phải bằng bốn lần số câu"
    elif not levels.issuperset(names):
        yield "statements", "chương trình này không có mức độ đó"
    elif len(names) < 2 or names != sorted(set(names)) or min(counts) < 1:
        yield "statements", "phải có từ hai mức độ trở lên, mỗi mức độ ít nhất một ý"
