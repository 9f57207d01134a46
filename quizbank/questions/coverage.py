"""How well a subject's topics are covered: published questions by topic and level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions.models import Question, QuestionVersion
from repository.curriculum.queries import curriculum
from repository.permissions import Actor

HOTTEST = 3
Cells = Mapping[tuple[str | None, str | None], int]


@dataclass(frozen=True)
class CoverageRow:
    """A topic with its counts in the order of the levels; ``strand`` and ``topic`` are None for questions without."""

    strand: str | None
    topic: str | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Coverage:
    """Every topic of the subject and grade, whether there are questions or not; a level of None is without level."""

    levels: tuple[str | None, ...]
    rows: tuple[CoverageRow, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """The sums of the columns."""
        return tuple(map(sum, zip(*(row.counts for row in self.rows), strict=True)))

    @property
    def most(self) -> int:
        return max((count for row in self.rows for count in row.counts), default=0)

    @property
    def gaps(self) -> int:
        """How many pairs of topic and level have no question."""
        levels = [place for place, level in enumerate(self.levels) if level is not None]
        return sum(row.counts[place] == 0 for row in self.rows if row.topic is not None for place in levels)


def heat_of(count: int, most: int) -> int:
    """0 for nothing, else 1 to 3: which third of the largest count this one is in."""
    return -(-HOTTEST * count // most) if count else 0


def coverage_of(session: Session, actor: Actor, subject: str, grade: int | None, programme: str) -> Coverage:
    """What is published of a subject, of one grade or all of them: one query.

    Raises:
        Forbidden: the bank is for those who teach.
    """
    SEE_QUESTION_BANK.require(actor)
    version = QuestionVersion
    query = (
        select(version.topic, version.level, func.count().label("questions"))
        .join(Question, Question.published_version_id == version.id)
        .where(version.subject == subject, version.programme == programme)
        .group_by(version.topic, version.level)
    )
    if grade is not None:
        query = query.where(version.grade == grade)
    cells = {(row.topic, row.level): row.questions for row in session.execute(query)}
    topics = [(topic.strand, topic.id) for topic in curriculum().topics_of(subject, grade)]
    return laid_out(cells, topics, [level.id for level in curriculum().levels_of(programme)])


def laid_out(cells: Cells, topics: Iterable[tuple[str, str]], levels: Iterable[str]) -> Coverage:
    """The counts as a table: topics in the order of the curriculum, then what it doesn't know, then no topic.

    Args:
        cells: (topic, level) -> how many.
        topics: pairs of strand and topic.
        levels: those of the programme.
    """
    places: list[tuple[str | None, str | None]] = list(topics)
    known, columns = {topic for _strand, topic in places}, list[str | None](levels)
    other_topics, other_levels = {topic for topic, _ in cells} - known, {level for _, level in cells} - set(columns)
    places += [(None, topic) for topic in sorted(other_topics, key=lambda topic: (topic is None, topic or ""))]
    columns += sorted(other_levels, key=lambda level: (level is None, level or ""))
    rows = [
        CoverageRow(strand, topic, tuple(cells.get((topic, level), 0) for level in columns)) for strand, topic in places
    ]
    return Coverage(tuple(columns), tuple(rows))
