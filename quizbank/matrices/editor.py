"""What the matrix editor shows: the grid, its choices, its totals, and what the bank has for every filled cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quizbank.matrices.grid import ANY_LEVEL, Row, cells_of, fields_of, grid_of, rows_from
from quizbank.matrices.matrix_file import DEFAULT_PROGRAMME
from quizbank.matrices.rules import Matrix, Supply, Totals, available_for, problems_of, totals_of
from quizbank.questions.problems import Problem
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum, Level, grade_id_of

SPARE_ROWS = 2
USUAL_TYPES = (QuestionType.SINGLE_CHOICE, QuestionType.TRUE_FALSE, QuestionType.SHORT_ANSWER)
NOT_A_NUMBER = 0


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
        available: field name of a filled cell -> questions in the bank.
        errors: field name -> what is wrong there.
    """

    heading: Heading
    rows: list[Row]
    matrix: Matrix
    levels: tuple[Level, ...]
    types: tuple[QuestionType, ...]
    totals: Totals
    available: Mapping[str, int] = field(default_factory=dict)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    advice: Sequence[Problem] = ()

    @property
    def level_columns(self) -> tuple[str, ...]:
        return (*(level.id for level in self.levels), ANY_LEVEL)


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
    return _editor(heading_of(matrix), [*grid_of(matrix), *(Row() for _ in range(SPARE_ROWS))], curriculum)


def editor_from(values: Mapping[str, str], curriculum: Curriculum) -> Editor:
    """The editor as a form sent it, mistakes included."""
    return _editor(heading_from(values), rows_from(values), curriculum, has_all_types="all-types" in values)


def _editor(heading: Heading, rows: list[Row], curriculum: Curriculum, has_all_types: bool = False) -> Editor:
    cells, _ = cells_of(rows)
    minutes = heading.duration_minutes
    matrix = Matrix(
        title=heading.title,
        subject=heading.subject,
        grade=heading.grade,
        programme=heading.programme,
        duration_minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 5 else NOT_A_NUMBER,
        cells=tuple(cells),
    )
    used = {cell.type for cell in cells}
    types = tuple(type for type in QuestionType if has_all_types or type in USUAL_TYPES or type in used)
    sound = [cell for cell in cells if cell.count > 0 and cell.marks > 0]
    return Editor(heading, rows, matrix, curriculum.levels_of(heading.programme), types, totals_of(sound))


def show_problems(editor: Editor, curriculum: Curriculum) -> bool:
    """Note what is wrong beside the fields; whether anything is."""
    _, fields = cells_of(editor.rows)
    editor.errors = fields_of(problems_of(editor.matrix, curriculum), fields)
    return bool(editor.errors)


def show_supply(editor: Editor, supply: Sequence[Supply]) -> None:
    """Note beside every filled cell what the bank has for it."""
    _, fields = cells_of(editor.rows)
    counts = available_for(editor.matrix, supply)
    editor.available = {fields[f"cells[{place}].count"]: count for place, count in enumerate(counts)}


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
