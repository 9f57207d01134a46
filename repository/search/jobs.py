"""What the worker does for the index. Both handlers may run twice: they read what is true now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from repository.jobs import Handler, JobContext
from repository.search.actions import REBUILD, UPDATE
from repository.search.documents import DocumentSource, SearchDocument
from repository.search.engine import Progress, SearchIndex
from repository.settings import available_cores

READ_BATCH = 200
COMMIT_BATCH = 2_000
WORTH_PROCESSES = 4_000
MAX_PROCESSES = 4


def update_index(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Look again at the things of the job; rebuild instead where there is no usable index."""
    index: SearchIndex = context.services.search
    if index.state().problem:
        rebuild_index(session, {}, context)
        return
    kind, ids = payload["kind"], payload["ids"]
    sources = {kind: context.services.document_sources[kind]}
    for first in range(0, len(ids), COMMIT_BATCH):
        some = ids[first : first + COMMIT_BATCH]
        index.update(read_documents(context.sessions, sources, {kind: some}), [(kind, id) for id in some])


def rebuild_index(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    rebuild(context.services.search, context.sessions, context.services.document_sources, context.progress)


def rebuild(
    index: SearchIndex,
    sessions: sessionmaker[Session],
    sources: Mapping[str, DocumentSource],
    progress: Progress,
) -> int:
    """Build the index from everything that is published. Returns the number of documents."""
    with sessions() as session:
        ids = {kind: list(source.list_ids(session)) for kind, source in sources.items()}
    total = sum(map(len, ids.values()))
    processes = min(MAX_PROCESSES, available_cores()) if total >= WORTH_PROCESSES else 1
    documents = read_documents(sessions, sources, ids)
    return index.rebuild(documents, total=total, progress=progress, processes=processes)


def read_documents(
    sessions: sessionmaker[Session],
    sources: Mapping[str, DocumentSource],
    ids: Mapping[str, Sequence[int]],
) -> Iterator[SearchDocument]:
    """The documents of all ids, read in batches, in a session that is opened when the first is asked for."""
    with sessions() as session:
        for kind, chosen in ids.items():
            batches = (chosen[first : first + READ_BATCH] for first in range(0, len(chosen), READ_BATCH))
            yield from chain.from_iterable(read_batch(session, sources[kind], batch) for batch in batches)


def read_batch(session: Session, source: DocumentSource, ids: Sequence[int]) -> Iterable[SearchDocument]:
    documents = list(source.read(session, ids))
    session.expunge_all()
    return documents


HANDLERS: dict[str, Handler] = {UPDATE: update_index, REBUILD: rebuild_index}
