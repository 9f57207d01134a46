"""Bundles of papers for tests, made at once."""

import datetime as dt

from sqlalchemy.orm import Session

from quizbank.quizzes.papers.builds import ask_for_papers
from quizbank.quizzes.papers.jobs import build_papers
from quizbank.quizzes.papers.models import PaperBuild
from quizbank.quizzes.papers.wishes import Form, Wish
from repository.db import writing
from repository.jobs import Job, JobContext, JobState
from repository.permissions import Actor
from repository.services import Services
from tests.builders import MOMENT


class Quiet(JobContext):
    """Progress that is told to nobody: the test's own session is writing."""

    def progress(self, done: int, total: int, message: str = "") -> None:
        pass


def a_wish(*forms: Form, codes: tuple[str, ...] = ("101",), **more: object) -> Wish:
    return Wish(codes, forms or (Form.HTML,), **more)  # type: ignore[arg-type]


def a_bundle(
    session: Session,
    services: Services,
    actor: Actor,
    quiz_id: int,
    wish: Wish | None = None,
    now: dt.datetime = MOMENT,
) -> PaperBuild:
    """A bundle that the worker has made; committed on the way."""
    build = ask_for_papers(session, actor, quiz_id, wish or a_wish(), now=now)
    return made(session, services, build, now)


def made(session: Session, services: Services, build: PaperBuild, now: dt.datetime = MOMENT) -> PaperBuild:
    """The bundle after the worker has been at it."""
    build_id, job_id = build.id, build.job_id or 0
    session.commit()
    with services.sessions() as own:
        build_papers(own, {"build_id": build_id}, Quiet(job_id, services, services.sessions, lambda: now))
        writing(own).get_one(Job, job_id).state = JobState.DONE
        own.commit()
    writing(session).expire_all()
    return session.get_one(PaperBuild, build_id)
