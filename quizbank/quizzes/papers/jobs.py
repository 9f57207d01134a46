"""Making bundles of papers. Killed, the job begins again; a bundle is there whole, or not at all."""

import tempfile
import time
from typing import Any, BinaryIO, cast

from sqlalchemy.orm import Session

from quizbank.quizzes.papers.builds import BUILD, printable_quiz
from quizbank.quizzes.papers.bundle import Bundle, Materials, files_of
from quizbank.quizzes.papers.materials import materials_of
from quizbank.quizzes.papers.models import KEPT, PaperBuild
from quizbank.quizzes.papers.wishes import Wish, wish_from
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.errors import HocLieuError
from repository.files.queries import known_of
from repository.files.store import ORPHAN_AGE, FileStore, StoredBytes
from repository.jobs import Handler, JobContext, enqueue

EXPIRE = "quizzes.expire_papers"
MAX_BYTES = 2 << 30
LOOK_SECONDS = 0.5
MOST_LOSSES = 200


def build_papers(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Make a bundle. What the person who asked may see by now decides whether it is made."""
    build = session.get(PaperBuild, payload["build_id"])
    if build is None or build.finished_at is not None:
        return
    actor, wish = actor_of(session.get_one(Person, build.created_by_id)), wish_from(build.wanted)
    title, total, store = build.title, build.total_count, context.services.store
    made: tuple[StoredBytes, int] | HocLieuError
    losses: list[str] = []
    revision = build.quiz_revision
    try:
        quiz = printable_quiz(session, actor, build.quiz_id, wish)
        revision, materials = quiz.revision, materials_of(session, actor, quiz, wish, store=store)
        session.commit()
        made = write_bundle(materials, wish, title, Follower(context, total), store=store)
        losses = materials.losses
    except HocLieuError as error:
        session.rollback()
        made = error
    session.expunge_all()
    end_build(writing(session), payload["build_id"], made, losses, revision, context)


def write_bundle(
    materials: Materials, wish: Wish, title: str, follower: "Follower", *, store: FileStore
) -> tuple[StoredBytes, int]:
    """Write a bundle into the store; returns the file and how many files are in it."""
    with tempfile.TemporaryFile() as file:
        bundle = Bundle(cast(BinaryIO, file), title)
        for one in files_of(materials, wish):
            bundle.add(one)
            follower.look(len(bundle.names))
        bundle.end(materials.losses)
        file.seek(0)
        return store.put(cast(BinaryIO, file), limit_bytes=MAX_BYTES), len(bundle.names)


class Follower:
    """Shows twice a second how many files are done."""

    def __init__(self, context: JobContext, total: int) -> None:
        self.context, self.total = context, total
        self.looked_at = time.monotonic()

    def look(self, count: int) -> None:
        if time.monotonic() - self.looked_at >= LOOK_SECONDS:
            self.context.progress(count, max(count, self.total))
            self.looked_at = time.monotonic()


def end_build(
    session: Session,
    build_id: int,
    made: tuple[StoredBytes, int] | HocLieuError,
    losses: list[str],
    revision: int,
    context: JobContext,
) -> None:
    """Lay down what came of a bundle, and have it swept after a day."""
    build, now = session.get(PaperBuild, build_id), context.now()
    if build is None:
        return
    build.finished_at, build.quiz_revision = now, revision
    if isinstance(made, HocLieuError):
        build.trouble = {"message": made.message, "facts": {key: str(fact) for key, fact in made.facts.items()}}
        return
    stored, build.count = made
    build.file_sha256, build.size_bytes, build.losses = stored.sha256, stored.size_bytes, losses[:MOST_LOSSES]
    enqueue(session, EXPIRE, {"build_id": build_id}, now=now, run_after=now + KEPT)


def expire_papers(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Sweep a bundle, unless somebody had the same bytes made since, or keeps them as a file."""
    build = writing(session).get(PaperBuild, payload["build_id"])
    if build is None or build.file_sha256 is None:
        return
    if not known_of(session, [build.file_sha256]):
        context.services.store.delete_if_older(build.file_sha256, context.now() - ORPHAN_AGE)
    build.file_sha256 = None


HANDLERS: dict[str, Handler] = {BUILD: build_papers, EXPIRE: expire_papers}
