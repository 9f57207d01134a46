"""The official table of a matrix (CV 7991, 19 columns; four levels where the programme has four), to be read.

What a cell shows is what the Ministry's table counts: questions, or statements of true/false questions.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from quizbank.matrices.rules import Cell, Matrix, Row, Share, Specification, shares_of
from quizbank.questions.rules import QuestionType
from repository.curriculum.rules import Curriculum, is_within

Column = tuple[QuestionType, str | None]
OFFICIAL_TYPES = (
    QuestionType.SINGLE_CHOICE,
    QuestionType.TRUE_FALSE,
    QuestionType.SHORT_ANSWER,
    QuestionType.ESSAY,
)


OLDER_TYPES = (QuestionType.SINGLE_CHOICE, QuestionType.ESSAY)
OLD_PROGRAMME = "ct-2006"


def types_of(programme: str, used: Collection[QuestionType]) -> tuple[QuestionType, ...]:
    """The types that have columns: those of the programme's tables (before 2025 TN and TL), and what else is used."""
    usual = OLDER_TYPES if programme == OLD_PROGRAMME else OFFICIAL_TYPES
    return tuple(type for type in QuestionType if type in usual or type in used)


@dataclass(frozen=True)
class TableRow:
    """One line: ``chapter`` and ``content`` in words, ``shares`` by column, ``marks_fraction`` of the whole."""

    number: int
    row: Row
    chapter: str
    content: str
    shares: dict[Column, Share]
    marks_fraction: Decimal
    specification: Specification

    def share(self, type: QuestionType, level: str | None) -> Share:
        return self.shares.get((type, level), Share())

    def level(self, level: str | None) -> Share:
        return _sum(share for (_type, one), share in self.shares.items() if one == level)


@dataclass(frozen=True)
class Table:
    """The whole table. ``levels`` ends with None where cells leave the level open."""

    types: tuple[QuestionType, ...]
    levels: tuple[str | None, ...]
    rows: tuple[TableRow, ...]
    shares: dict[Column, Share]

    @property
    def whole(self) -> Share:
        return _sum(self.shares.values())

    def share(self, type: QuestionType, level: str | None) -> Share:
        return self.shares.get((type, level), Share())

    def type(self, type: QuestionType) -> Share:
        return _sum(share for (one, _level), share in self.shares.items() if one is type)

    def level(self, level: str | None) -> Share:
        return _sum(share for (_type, one), share in self.shares.items() if one == level)

    def percent(self, share: Share) -> Decimal:
        """Of all marks, 0 to 100."""
        return 100 * share.marks / self.whole.marks if self.whole.marks else Decimal(0)


def table_of(matrix: Matrix, curriculum: Curriculum, locale: str = "vi", any_topic: str = "") -> Table:
    """The table of a matrix; ``any_topic`` names rows that take questions of every topic."""
    cells: dict[Row, list[Cell]] = {one.row: [] for one in matrix.specification}
    for cell in matrix.cells:
        cells.setdefault(cell.row, []).append(cell)
    specified = {one.row: one for one in matrix.specification}
    shares = shares_of(matrix.cells)
    whole = _sum(shares.values()).marks
    rows = []
    for number, (row, members) in enumerate(cells.items(), 1):
        chapter, content = names_of(row, curriculum, locale, any_topic)
        own = shares_of(members)
        fraction = _sum(own.values()).marks / whole if whole else Decimal(0)
        said = specified.get(row, Specification(*row))
        rows.append(TableRow(number, row, chapter, content, own, fraction, said))
    levels = tuple(level.id for level in curriculum.levels_of(matrix.programme))
    open_levels = (None,) if any(level is None for _type, level in shares) else ()
    types = types_of(matrix.programme, {type for type, _level in shares})
    return Table(types, (*levels, *open_levels), tuple(rows), shares)


def names_of(row: Row, curriculum: Curriculum, locale: str = "vi", any_topic: str = "") -> tuple[str, str]:
    """Chủ đề/Chương and Nội dung/đơn vị kiến thức of a row: the strand and the topic, or the maker's own words."""
    topic_id, unit = row
    if topic_id is None:
        return any_topic, unit
    topic = curriculum.find_topic(topic_id)
    if topic is None:
        return curriculum.name_of(topic_id, locale), unit
    strand = next((one for one in curriculum.strands_of(topic.subject) if is_within(topic_id, one.id)), None)
    return strand.name_in(locale) if strand else "", unit or topic.name_in(locale)


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, Share())
