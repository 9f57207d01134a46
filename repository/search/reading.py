"""Reading documents from what is published, for updates and for the whole index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from repository.search.documents import DocumentSource, SearchDocument
from repository.search.engine import Progress, SearchIndex
from repository.search.models import SearchChange
from repository.settings import available_cores

READ_BATCH = 200
WORTH_PROCESSES = 4_000
MAX_PROCESSES = 4


def rebuild(
    index: SearchIndex,
    sessions: sessionmaker[Session],
    sources: Mapping[str, DocumentSource],
    progress: Progress,
) -> int:
    """Build the index from everything that is published. Returns the number of documents."""
    with sessions() as session:
        change_id = session.scalar(select(func.max(SearchChange.id))) or 0
        ids = {kind: list(source.list_ids(session)) for kind, source in sources.items()}
    total = sum(map(len, ids.values()))
    processes = min(MAX_PROCESSES, available_cores()) if total >= WORTH_PROCESSES else 1
    documents = read_documents(sessions, sources, ids)
    return index.rebuild(documents, total=total, progress=progress, processes=processes, change_id=change_id)


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
