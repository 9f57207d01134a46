"""Questions asked of the question bank."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, lazyload

from quizbank.permissions import SEE_IMPORT, SEE_QUESTION
from quizbank.questions.filtering import QuestionFilter as QuestionFilter
from quizbank.questions.filtering import conditions_of as conditions_of
from quizbank.questions.models import (
    Question,
    QuestionDoubt,
    QuestionHistory,
    QuestionImport,
    QuestionStatistics,
    QuestionVersion,
)
from quizbank.questions.rules import NewQuestion, Placement
from quizbank.questions.states import QuestionEvent, QuestionState
from repository.accounts.models import Organisation, Person
from repository.errors import NotFound
from repository.permissions import Actor, is_staff

PAGE_SIZE = 20
EXPORT_BATCH = 500


@dataclass(frozen=True)
class QuestionRow:
    question: Question
    version: QuestionVersion


class VersionLine(NamedTuple):
    """What the list of a question's versions says of one."""

    id: int
    number: int
    created_at: dt.datetime


@dataclass(frozen=True)
class HistoryLine:
    row: QuestionHistory
    actor_name: str
    number: int | None


def get_question(session: Session, question_id: int) -> Question:
    """The question, whoever asks: the caller checks permission.

    Raises:
        NotFound: there is none.
    """
    question = session.get(Question, question_id)
    if question is None:
        raise NotFound("Không có câu hỏi này.")
    return question


def see_question(session: Session, actor: Actor, question_id: int) -> Question:
    """The question, if this actor may know of it.

    Raises:
        NotFound: there is none, or none for this actor.
    """
    question = session.get(Question, question_id)
    if question is None or not SEE_QUESTION.allows(actor, question):
        raise NotFound("Không có câu hỏi này.")
    return question


def get_version(session: Session, version_id: int | None) -> QuestionVersion:
    """One version with its parts, tags and passage.

    Raises:
        NotFound: there is none.
    """
    version = session.get(QuestionVersion, version_id) if version_id is not None else None
    if version is None:
        raise NotFound("Không có bản này của câu hỏi.")
    return version


def versions_by_id(session: Session, version_ids: Iterable[int]) -> Mapping[int, QuestionVersion]:
    """Versions with parts, tags and passages, in four queries however many they are."""
    query = select(QuestionVersion).where(QuestionVersion.id.in_(set(version_ids)))
    return {version.id: version for version in session.scalars(query)}


def shown_version(question: Question, actor: Actor) -> int | None:
    """Which version this actor meets first: strangers the published one, makers and reviewers the newest."""
    may_see_drafts = is_staff(actor) or (actor.is_signed_in and question.created_by_id == actor.person_id)
    return question.current_version_id if may_see_drafts else question.published_version_id


def find_version(session: Session, question_id: int, number: int) -> QuestionVersion | None:
    return session.scalar(select(QuestionVersion).filter_by(question_id=question_id, number=number))


def list_versions(session: Session, question_id: int) -> Sequence[QuestionVersion]:
    """All versions, the newest first."""
    query = select(QuestionVersion).filter_by(question_id=question_id).order_by(QuestionVersion.number.desc())
    return session.scalars(query).all()


def version_lines(session: Session, question_id: int) -> list[VersionLine]:
    """All versions without what they say, the newest first."""
    columns = (QuestionVersion.id, QuestionVersion.number, QuestionVersion.created_at)
    query = select(*columns).filter_by(question_id=question_id).order_by(QuestionVersion.number.desc())
    return [VersionLine(*row) for row in session.execute(query)]


def last_number(session: Session, question_id: int) -> int:
    return session.scalar(select(func.max(QuestionVersion.number)).filter_by(question_id=question_id)) or 0


def list_history(session: Session, question_id: int) -> list[HistoryLine]:
    """What happened, the newest first."""
    query = (
        select(QuestionHistory, Person.name, QuestionVersion.number)
        .outerjoin(Person, Person.id == QuestionHistory.actor_id)
        .outerjoin(QuestionVersion, QuestionVersion.id == QuestionHistory.version_id)
        .where(QuestionHistory.question_id == question_id)
        .order_by(QuestionHistory.id.desc())
    )
    return [HistoryLine(row, name or "", number) for row, name, number in session.execute(query)]


def doubts_of(session: Session, version_id: int) -> Sequence[QuestionDoubt]:
    return session.scalars(
        select(QuestionDoubt).filter_by(version_id=version_id).order_by(QuestionDoubt.position)
    ).all()


def new_question_of(version: QuestionVersion) -> NewQuestion:
    """The version as it could be stored again."""
    tags = tuple(row.tag for row in version.tags)
    placement = Placement(version.subject, version.programme, version.grade, version.topic, version.level, tags)
    return NewQuestion(
        content=version.content,
        placement=placement,
        passage=version.passage.text if version.passage else "",
        source=version.source,
        source_file=version.source_file,
        source_place=version.source_place,
        licence=version.licence,
    )


def count_in_review(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Question).filter_by(state=QuestionState.IN_REVIEW)) or 0


def get_import(session: Session, actor: Actor, import_id: int) -> QuestionImport:
    """One import, for its maker and for those who prepare content.

    Raises:
        NotFound: there is none, or none for this actor.
    """
    made = session.get(QuestionImport, import_id)
    if made is None or not SEE_IMPORT.allows(actor, made):
        raise NotFound("Không có lần nhập này.")
    return made


def list_imports(
    session: Session, actor: Actor, *, after: int | None = None
) -> tuple[list[QuestionImport], int | None]:
    """Imports, the newest first: all for staff, own ones for a teacher; and the key of the next page."""
    query = select(QuestionImport).order_by(QuestionImport.id.desc()).limit(PAGE_SIZE + 1)
    if not is_staff(actor):
        query = query.where(QuestionImport.created_by_id == actor.person_id)
    if after is not None:
        query = query.where(QuestionImport.id < after)
    found = list(session.scalars(query))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None


def ids_of_import(session: Session, import_id: int) -> Sequence[int]:
    return session.scalars(select(Question.id).filter_by(import_id=import_id).order_by(Question.id)).all()


def published_ids(session: Session) -> Sequence[int]:
    query = select(Question.id).where(Question.published_version_id.is_not(None)).order_by(Question.id)
    return session.scalars(query).all()


def published_rows(session: Session, question_ids: Iterable[int], *, has_parts: bool = True) -> list[QuestionRow]:
    """The published versions of these questions, by id, in a constant number of queries; others are left out.

    ``has_parts``: whether parts, tags and passages are read too, or only when they are asked for.
    """
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == Question.published_version_id)
        .where(Question.id.in_(set(question_ids)))
        .order_by(Question.id)
    )
    if not has_parts:
        version = QuestionVersion
        query = query.options(lazyload(version.parts), lazyload(version.tags), lazyload(version.passage))
    return [QuestionRow(question, version) for question, version in session.execute(query)]


@dataclass(frozen=True)
class QuestionStanding:
    """What search knows of a question beside its text. ``wrong_fraction`` is None where nothing was counted."""

    organisation: str = ""
    uses: int = 0
    answers: int = 0
    wrong_fraction: float | None = None
    is_reviewed: bool = False


def standings_of(session: Session, question_ids: Sequence[int]) -> Mapping[int, QuestionStanding]:
    """Organisation, figures and review of questions, in two queries however many they are."""
    approved = (
        select(Question.id)
        .join(QuestionHistory, QuestionHistory.question_id == Question.id)
        .where(
            Question.id.in_(question_ids),
            QuestionHistory.version_id == Question.published_version_id,
            QuestionHistory.event == QuestionEvent.APPROVED,
            QuestionHistory.actor_id.is_not(None),
        )
    )
    reviewed = set(session.scalars(approved))
    counted = QuestionStatistics
    query = (
        select(Question.id, Organisation.name, counted.uses, counted.answers, counted.wrong_fraction)
        .outerjoin(Organisation, Organisation.id == Question.organisation_id)
        .outerjoin(counted, counted.question_id == Question.id)
        .where(Question.id.in_(question_ids))
    )
    return {
        id: QuestionStanding(name or "", uses or 0, answers or 0, wrong_fraction, id in reviewed)
        for id, name, uses, answers, wrong_fraction in session.execute(query)
    }


def every_question(session: Session, wanted: QuestionFilter, actor: Actor) -> Iterator[QuestionRow]:
    """All questions that match, by id, in the version that the actor meets; read in batches, so memory stays small."""
    last = 0
    while True:
        query = (
            select(Question, QuestionVersion)
            .join(QuestionVersion, QuestionVersion.question_id == Question.id)
            .where(Question.id > last, *conditions_of(wanted, actor))
            .order_by(Question.id)
            .limit(EXPORT_BATCH)
        )
        found = session.execute(query).all()
        if not found:
            return
        yield from (QuestionRow(question, version) for question, version in found)
        last = found[-1][0].id
