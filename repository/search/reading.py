"""Reading documents from what is published, for updates and for the whole index.

A thing that can't be read, or not be taken by an engine, is left out and noted; nothing else suffers for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from repository.logs import Log
from repository.search.documents import DocumentSource, LeftOut, SearchDocument
from repository.search.engine import Progress, SearchIndex
from repository.search.models import SearchChange
from repository.search.soundness import check_few, fault_of, reason_of
from repository.settings import available_cores

READ_BATCH = 200
WORTH_PROCESSES = 4_000
MAX_PROCESSES = 4
TROUBLE = (OperationalError, InterfaceError, OSError, MemoryError)
"""The database or the machine is to blame, not what was read."""

log = Log("search")


def rebuild(
    index: SearchIndex,
    sessions: sessionmaker[Session],
    sources: Mapping[str, DocumentSource],
    progress: Progress,
) -> int:
    """Build the index from everything that is published. Returns the number of documents; those left out are in
    ``index.state()``.

    Raises:
        RuntimeError: so much would be left out that the documents can't be to blame; the index in use stays.
    """
    with sessions() as session:
        change_id = session.scalar(select(func.max(SearchChange.id))) or 0
        ids = {kind: list(source.list_ids(session)) for kind, source in sources.items()}
    total = sum(map(len, ids.values()))
    processes = min(MAX_PROCESSES, available_cores()) if total >= WORTH_PROCESSES else 1
    left_out: list[LeftOut] = []
    documents = few_missing(read_documents(sessions, sources, ids, left_out), left_out, total)
    return index.rebuild(
        documents, total=total, progress=progress, processes=processes, change_id=change_id, left_out=left_out
    )


def few_missing(
    documents: Iterable[SearchDocument], left_out: Sequence[LeftOut], total: int
) -> Iterator[SearchDocument]:
    """The documents, as long as few are left out."""
    for document in documents:
        check_few(left_out, total)
        yield document
    check_few(left_out, total)


def read_documents(
    sessions: sessionmaker[Session],
    sources: Mapping[str, DocumentSource],
    ids: Mapping[str, Sequence[int]],
    left_out: list[LeftOut],
) -> Iterator[SearchDocument]:
    """The documents of all ids, read in batches, in a session that is opened when the first is asked for.

    What can't be read or taken is added to ``left_out``.
    """
    with sessions() as session:
        for kind, chosen in ids.items():
            for first in range(0, len(chosen), READ_BATCH):
                batch = read_batch(session, kind, sources[kind], chosen[first : first + READ_BATCH], left_out)
                for document in batch:
                    fault = fault_of(document)
                    if fault is None:
                        yield document
                    else:
                        leave_out(left_out, LeftOut(document.kind, document.id, fault))


def read_batch(
    session: Session, kind: str, source: DocumentSource, ids: Sequence[int], left_out: list[LeftOut]
) -> Sequence[SearchDocument]:
    """The documents of some ids; where they can't be read together, those that can be read apart."""
    try:
        documents = list(source.read(session, ids))
    except TROUBLE:
        raise
    except Exception as error:
        session.rollback()
        if len(ids) == 1:
            leave_out(left_out, LeftOut(kind, ids[0], reason_of(error)), exc_info=error)
            return []
        middle = len(ids) // 2
        halves = (read_batch(session, kind, source, half, left_out) for half in (ids[:middle], ids[middle:]))
        return [document for half in halves for document in half]
    session.expunge_all()
    return documents


def leave_out(left_out: list[LeftOut], one: LeftOut, exc_info: BaseException | None = None) -> None:
    left_out.append(one)
    log.error("a thing can't be indexed and is left out", **one._asdict(), exc_info=exc_info)
