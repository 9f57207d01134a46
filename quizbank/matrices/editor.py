"""What the matrix editor shows: the table, its choices, its totals, and what the bank has for every filled cell."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quizbank.matrices.grid import ANY_LEVEL, MOST_ROWS, Grid, Row, grid_from, grid_of
from quizbank.matrices.grid_cells import Said, fields_of, said_by
from quizbank.matrices.matrix_file import DEFAULT_PROGRAMME
from quizbank.matrices.official import Table, table_of, types_of
from quizbank.matrices.rules import STATEMENTS_EACH, Cell, Matrix, Share, Supply, problems_of, shares_of
from quizbank.matrices.supplying import available_in
from quizbank.questions.problems import Problem
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum, Level, grade_id_of

SPARE_ROWS = 2
ROWS_AT_ONCE = 3
NOT_A_NUMBER = 0
ROW_STEP = re.compile(r"(up|down|remove)-([0-9]{1,2})")


@dataclass(frozen=True)
class Heading:
    """The head of the form, as typed."""

    title: str
    subject: str
    grade: int | None
    programme: str
    duration_minutes: str


@dataclass
class Editor:
    """One page of the editor.

    Attributes:
        matrix: what the rows say; may be unsound.
        table: its totals, of the cells that make sense.
        available: field name of a filled cell -> asks it wants, asks the bank has.
        errors: field name -> what is wrong there.
        has_any_level: whether there are columns for questions of any level.
    """

    heading: Heading
    grid: Grid
    said: Said
    matrix: Matrix
    levels: tuple[Level, ...]
    types: tuple[QuestionType, ...]
    table: Table
    has_any_level: bool = False
    available: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    advice: Sequence[Problem] = ()

    @property
    def level_columns(self) -> tuple[str, ...]:
        return (*(level.id for level in self.levels), *((ANY_LEVEL,) if self.has_any_level else ()))

    @property
    def question_count(self) -> Decimal:
        """Statements that do not make whole questions yet count as parts of one."""
        clusters = self.table.type(QuestionType.TRUE_FALSE).asks
        return self.table.whole.asks - clusters + Decimal(clusters) / STATEMENTS_EACH

    def row_level(self, place: int, level: str) -> Share:
        """What a row holds of one level."""
        shares = shares_of(self._sound_cells_of(place)).items()
        return sum((share for (_type, one), share in shares if (one or ANY_LEVEL) == level), Share())

    def row_share(self, place: int) -> Share:
        return sum(shares_of(self._sound_cells_of(place)).values(), Share())

    def _sound_cells_of(self, place: int) -> list[Cell]:
        pairs = zip(self.said.rows, self.said.cells, strict=True)
        return sound([cell for row, cell in pairs if row == place])


def sound(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.count > 0 and cell.marks > 0]


def heading_from(values: Mapping[str, str]) -> Heading:
    grade = values.get("grade", "")
    return Heading(
        title=values.get("title", "").strip(),
        subject=values.get("subject", ""),
        grade=int(grade) if grade.isdecimal() else None,
        programme=values.get("programme", DEFAULT_PROGRAMME),
        duration_minutes=values.get("duration_minutes", "45").strip(),
    )


def heading_of(matrix: Matrix) -> Heading:
    return Heading(matrix.title, matrix.subject, matrix.grade, matrix.programme, str(matrix.duration_minutes))


def editor_of(matrix: Matrix, curriculum: Curriculum) -> Editor:
    """The editor of a matrix, with spare rows to fill in."""
    grid = grid_of(matrix)
    grid.rows.extend(Row() for _ in range(SPARE_ROWS))
    return _editor(heading_of(matrix), grid, curriculum)


def editor_from(values: Mapping[str, str], curriculum: Curriculum) -> Editor:
    """The editor as a form sent it, mistakes included."""
    asked = {name for name in ("all-types", "any-level") if name in values or values.get("do") == name}
    return _editor(heading_from(values), grid_from(values), curriculum, asked)


def _editor(heading: Heading, grid: Grid, curriculum: Curriculum, asked: Collection[str] = ()) -> Editor:
    said = said_by(grid)
    minutes = heading.duration_minutes
    matrix = Matrix(
        title=heading.title,
        subject=heading.subject,
        grade=heading.grade,
        programme=heading.programme,
        duration_minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 5 else NOT_A_NUMBER,
        cells=tuple(said.cells),
        specification=said.specification,
    )
    used = {column for row in grid.rows for column in row.counts}
    types = types_of(heading.programme, list(QuestionType) if "all-types" in asked else {one for one, _level in used})
    has_any_level = "any-level" in asked or any(level == ANY_LEVEL for _type, level in used)
    levels = curriculum.levels_of(heading.programme)
    table = table_of(_only_sound(matrix), curriculum)
    return Editor(heading, grid, said, matrix, levels, types, table, has_any_level)


def _only_sound(matrix: Matrix) -> Matrix:
    return Matrix(
        matrix.title,
        matrix.subject,
        matrix.grade,
        matrix.programme,
        matrix.duration_minutes,
        tuple(sound(matrix.cells)),
        matrix.specification,
    )


def add_rows(editor: Editor) -> None:
    rows = [*editor.grid.rows, *(Row() for _number in range(ROWS_AT_ONCE))]
    editor.grid.rows = rows[:MOST_ROWS]


def step_rows(values: dict[str, str]) -> Grid | None:
    """The table after a row was moved up or down or taken out by a button, as ``values["do"]`` says."""
    step = ROW_STEP.fullmatch(values.get("do", ""))
    if step is None:
        return None
    grid = grid_from(values)
    rows, place = grid.rows, int(step[2])
    if place < len(rows) and step[1] == "remove":
        rows.pop(place)
        rows.extend([Row()] if not rows else [])
    other = place + {"up": -1, "down": 1}.get(step[1], 0)
    if step[1] != "remove" and max(place, other) < len(rows) and min(place, other) >= 0:
        rows[place], rows[other] = rows[other], rows[place]
    return grid


def with_grid(editor: Editor, grid: Grid, curriculum: Curriculum) -> Editor:
    """The same page with another table."""
    asked = {"all-types"} if QuestionType.MULTIPLE_RESPONSE in editor.types else set()
    return _editor(editor.heading, grid, curriculum, asked | ({"any-level"} if editor.has_any_level else set()))


def show_problems(editor: Editor, curriculum: Curriculum) -> bool:
    """Note what is wrong beside the fields; whether anything is."""
    editor.errors = fields_of(problems_of(editor.matrix, curriculum), editor.said.fields)
    return bool(editor.errors)


def show_supply(editor: Editor, supply: Sequence[Supply]) -> None:
    """Note beside every filled cell what the bank has for it."""
    editor.available = available_in(editor.grid, editor.said, supply, editor.heading.grade)


def fill_outcomes(editor: Editor, written: Mapping[tuple[str | None, str], str]) -> None:
    """Put outcomes that were written before into rows that have none yet."""
    for row in editor.grid.rows:
        row.outcomes = row.outcomes or written.get((row.topic or None, row.unit), "")


def topic_choices(
    curriculum: Curriculum, subject: str, grade: int | None, locale: str, any_label: str
) -> list[tuple[object, ...]]:
    """What the topic of a row may be: any, a grade, a strand, a topic."""
    choices: list[tuple[object, ...]] = [("", any_label)]
    for one in [grade] if grade is not None else curriculum.grades_of(subject):
        grade_id = grade_id_of(subject, one)
        choices.append((grade_id, curriculum.name_of(grade_id, locale)))
        topics = curriculum.topics_of(subject, one)
        for strand in curriculum.strands_of(subject, one):
            inside = [(topic.id, topic.name_in(locale)) for topic in topics if topic.strand == strand.id]
            if inside:
                label = f"{curriculum.name_of(grade_id, locale)}: {strand.name_in(locale)}"
                choices.append((label, None, [(strand.id, strand.name_in(locale)), *inside]))
    return choices
