"""Bundles of papers: who asked for what, and what came of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.permissions import MAKE_QUIZ, SEE_PAPER_BUILD, SEE_QUIZ_KEYS, signed_in_id
from quizbank.questions.rules import QuestionType
from quizbank.quizzes import queries
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.papers.bundle import count_files
from quizbank.quizzes.papers.models import PaperBuild
from quizbank.quizzes.papers.wishes import Wish, check_wish
from quizbank.quizzes.variant_actions import deal_codes
from repository.errors import Conflict, NotFound
from repository.files.store import FileStore
from repository.jobs import Job, JobState, enqueue
from repository.permissions import Actor

BUILD = "quizzes.papers"
MOST_WAITING = 3
PAGE_SIZE = 50


def ask_for_papers(session: Session, actor: Actor, quiz_id: int, wish: Wish, *, now: dt.datetime) -> PaperBuild:
    """Have a bundle made by the worker. The codes must be there; a wish without codes is for all that there are.

    Raises:
        Forbidden: another's quiz, or its keys are asked for by someone who may not see them.
        NotFound: no such quiz, or it has no such code.
        Invalid: see ``wishes.check_wish``.
        Conflict: this person waits for several already.
    """
    quiz = printable_quiz(session, actor, quiz_id, wish)
    wish = replace(wish, codes=wish.codes or tuple(places_of(session, quiz)))
    person_id = signed_in_id(actor)
    if count_waiting(session, person_id) >= MOST_WAITING:
        raise Conflict("Bạn đang chờ {count} bộ đề in: hãy đợi một bộ xong đã.", count=MOST_WAITING)
    build = PaperBuild(
        quiz_id=quiz.id,
        quiz_revision=quiz.revision,
        title=quiz.title,
        wanted=wish.as_data(),
        total_count=count_files(wish),
        losses=[],
        created_by_id=person_id,
        created_at=now,
    )
    session.add(build)
    session.flush()
    build.job_id = enqueue(session, BUILD, {"build_id": build.id}, now=now, created_by_id=person_id).id
    session.flush()
    return build


def printable_quiz(session: Session, actor: Actor, quiz_id: int, wish: Wish) -> Quiz:
    """The quiz, if all that is wanted of it can be printed for this actor."""
    quiz = queries.get_quiz(session, actor, quiz_id)
    if wish.needs_keys:
        SEE_QUIZ_KEYS.require(actor, quiz)
    missing = missing_codes(session, quiz, wish.codes)
    if missing:
        raise NotFound("Đề này không có mã đề {code}.", code=missing[0])
    versions = queries.versions_of(session, quiz)
    check_wish(wish, [QuestionType(versions[item.question_version_id].type) for item in quiz.items])
    return quiz


def places_of(session: Session, quiz: Quiz) -> dict[str, int]:
    """Every code of the quiz and of its other forms, with the id of the form that has it."""
    forms = [form.id for form in forms_of(session, quiz)]
    query = select(QuizVariant.code, QuizVariant.quiz_id).where(QuizVariant.quiz_id.in_(forms))
    return {row.code: row.quiz_id for row in session.execute(query.order_by(QuizVariant.code))}


def missing_codes(session: Session, quiz: Quiz, codes: Sequence[str]) -> list[str]:
    known = places_of(session, quiz)
    return [code for code in codes if code not in known]


def with_codes(session: Session, actor: Actor, quiz_id: int, codes: Sequence[str], *, now: dt.datetime) -> None:
    """Make the codes that are not there yet, dealt over the forms of the quiz.

    Raises:
        Forbidden: the quiz is another's.
        Conflict: a class has got it, and codes are missing.
    """
    quiz = queries.get_quiz(session, actor, quiz_id)
    missing = missing_codes(session, quiz, codes)
    if missing:
        deal_codes(session, actor, quiz_id, missing, now=now)


def count_waiting(session: Session, person_id: int) -> int:
    """How many bundles of a person the worker has yet to make."""
    query = (
        select(func.count())
        .select_from(PaperBuild)
        .join(Job, Job.id == PaperBuild.job_id)
        .where(PaperBuild.created_by_id == person_id, PaperBuild.finished_at.is_(None))
        .where(Job.state.in_([JobState.QUEUED, JobState.RUNNING]))
    )
    return session.scalar(query) or 0


def get_build(session: Session, actor: Actor, build_id: int) -> PaperBuild:
    """One bundle, for whoever asked for it, as long as they teach.

    Raises:
        NotFound: there is none, or none of this actor.
    """
    found = session.get(PaperBuild, build_id)
    if found is None or not SEE_PAPER_BUILD.allows(actor, found):
        raise NotFound("Không có bộ đề in này.")
    return found


def list_builds(
    session: Session, actor: Actor, quiz_id: int, *, after: int | None = None
) -> tuple[list[PaperBuild], int | None]:
    """The actor's bundles of a quiz, the newest first, and the key of the next page."""
    MAKE_QUIZ.require(actor)
    query = select(PaperBuild).where(PaperBuild.quiz_id == quiz_id, PaperBuild.created_by_id == actor.person_id)
    if after is not None:
        query = query.where(PaperBuild.id < after)
    found = list(session.scalars(query.order_by(PaperBuild.id.desc()).limit(PAGE_SIZE + 1)))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None


def revision_of(session: Session, build: PaperBuild) -> int | None:
    """The revision of the quiz as it is now."""
    return session.scalar(select(Quiz.revision).where(Quiz.id == build.quiz_id))


def progress_of(session: Session, build: PaperBuild, now: dt.datetime) -> tuple[str, Job | None]:
    """The state of a bundle, ``failed`` where the worker gave it up, and the job that it waits for."""
    state = build.state(now)
    job = session.get(Job, build.job_id) if state == "writing" and build.job_id is not None else None
    return "failed" if job is not None and job.state == JobState.FAILED else state, job


def file_of(build: PaperBuild, store: FileStore, now: dt.datetime) -> str:
    """The SHA-256 of the bundle, while it can be taken.

    Raises:
        NotFound: it isn't made yet, or was swept.
    """
    if build.file_sha256 is None or build.state(now) != "ready" or not store.has(build.file_sha256):
        raise NotFound("Bộ đề in này chưa xong hoặc không còn; hãy tạo lại.")
    return build.file_sha256
