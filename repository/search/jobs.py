"""What the worker does for the index when it is asked to; what changes is followed beside the jobs (``following``)."""

from typing import Any

from sqlalchemy.orm import Session

from repository.jobs import Handler, JobContext
from repository.search.actions import REBUILD
from repository.search.engine import SearchIndex
from repository.search.following import Follower
from repository.search.reading import rebuild


def see_to_index(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Rebuild where there is no sound index, and take in what is new. May run twice."""
    index: SearchIndex = context.services.search
    sources = context.services.document_sources
    if index.position() is None or index.state().problem:
        rebuild(index, context.sessions, sources, context.progress)
    Follower(index, context.sessions, sources, context.clock).catch_up()


HANDLERS: dict[str, Handler] = {REBUILD: see_to_index}
