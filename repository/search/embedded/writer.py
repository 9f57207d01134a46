"""Putting documents into a Whoosh index on disk."""

import json
import multiprocessing
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Full
from typing import Any

from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from repository.search.documents import LeftOut, SearchDocument
from repository.search.embedded.codec import Segment, open_writer, take_over, write_contents
from repository.search.embedded.pool import Weights
from repository.search.embedded.schema import SCHEMA, amounts_of, fields_of, key_of, weights_of
from repository.search.embedded.storage import Storage
from repository.search.embedded.terms import SegmentTerms
from repository.search.engine import Progress
from repository.search.soundness import fault_of, reason_of

BATCH = 200
LEFT_OUT_FILE = "left-out"
SMALL_DOCUMENTS = 64
"""Segments of fewer documents are taken into every commit, so that there is never more than one of them."""
MOST_POSTINGS = 24_000_000
"""A build starts another segment after so many: some 70,000 documents, 700 MB of memory while they are sorted."""


def open_index(folder: Path) -> FileIndex:
    """The index in a folder, with our schema rather than the pickled one."""
    return FileIndex(Storage(folder), schema=SCHEMA)


def create_index(folder: Path) -> FileIndex:
    return FileIndex.create(Storage(folder), SCHEMA)


def change(folder: Path, documents: Iterable[SearchDocument], removed: Iterable[tuple[str, int]]) -> None:
    """Replace and remove documents in one commit. Of a document given twice, the last counts."""
    latest = {key_of(document.kind, document.id): document for document in documents}
    gone = latest.keys() | {key_of(kind, id) for kind, id in removed}
    index = open_index(folder)
    found = places_of(index, gone)
    if not latest and not found:
        return
    writer = open_writer(index)
    try:
        for number, doc in found:
            writer.segments[number].delete_document(doc)
        for document in [ready(document) for document in latest.values()]:
            add(writer, document)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=take_small_segments)


def places_of(index: FileIndex, keys: Iterable[str]) -> list[tuple[int, int]]:
    """Where the live documents with one of the keys are: number of the segment, number in it."""
    wanted = [key.encode() for key in keys]
    found: list[tuple[int, int]] = []
    for number, segment in enumerate(index._segments()):
        terms = SegmentTerms(index.storage.sections(segment.filename))
        docs = (doc for key in wanted for doc in terms.postings("key", key).docs.tolist())
        found.extend((number, doc) for doc in docs if not segment.is_deleted(doc))
    return found


@dataclass(frozen=True)
class Ready:
    """All that is made of a document before any of it is written."""

    bags: Mapping[str, tuple[Collection[str], Weights]]
    fields: Mapping[str, Any]


def ready(document: SearchDocument) -> Ready:
    """Raises an exception of whatever kind when nothing can be made of the document."""
    fault = fault_of(document)
    if fault is not None:
        raise ValueError(fault)
    bags = {name: (bag.keys(), weights_of(bag)) for name, bag in amounts_of(document).items()}
    return Ready(bags, fields_of(document))


def add(writer: SegmentWriter, document: Ready) -> None:
    """Index one document: its bags go straight to the pool, the rest through Whoosh."""
    for name, (terms, weights) in document.bags.items():
        writer.pool.add_bag(name, writer.docnum, terms, weights)
    writer.add_document(**document.fields)


def take_small_segments(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """A merge policy for Whoosh: what is small is written anew together with what is added; what is empty goes."""
    kept: list[Segment] = []
    for segment in segments:
        live = segment.doc_count()
        if live >= SMALL_DOCUMENTS:
            kept.append(segment)
        elif live:
            take_over(writer.storage, segment, writer.docnum, writer.perdocwriter, writer.pool)
            writer.docnum += live
            writer._added = True
    return kept


def build(
    folder: Path, documents: Iterable[SearchDocument], total: int, progress: Progress, processes: int
) -> tuple[int, list[LeftOut]]:
    """Fill an empty folder with an index of its own.

    Args:
        documents: no two of the same kind and id.
        total: how many there will be, as far as known; for ``progress(done, total)``.
        processes: more than one starts others, each of which makes a segment.

    Returns:
        How many documents there were, and those of them that could not be taken in.
    """
    count = 0

    def counted() -> Iterator[SearchDocument]:
        nonlocal count
        for count, document in enumerate(documents, 1):
            if count % BATCH == 0:
                progress(count, max(total, count))
            yield document

    try:
        if processes > 1:
            left_out = build_together(folder, counted(), processes)
        else:
            left_out = build_alone(folder, counted())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    progress(count, max(total, count))
    return count, left_out


def build_alone(folder: Path, documents: Iterable[SearchDocument]) -> list[LeftOut]:
    """In this process; one segment unless there are very many documents. Returns what could not be taken."""
    index = create_index(folder)
    left_out: list[LeftOut] = []
    source = those_ready(documents, left_out)
    while document := next(source, None):
        writer = open_writer(index)
        try:
            add(writer, document)
            while writer.pool.count < MOST_POSTINGS and (document := next(source, None)):
                add(writer, document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=False)
    return left_out


def those_ready(documents: Iterable[SearchDocument], left_out: list[LeftOut]) -> Iterator[Ready]:
    """The documents as they are written; of whom nothing can be made is left out."""
    for document in documents:
        try:
            made = ready(document)
        except Exception as error:
            left_out.append(LeftOut(document.kind, document.id, reason_of(error)))
        else:
            yield made


def build_together(folder: Path, documents: Iterable[SearchDocument], processes: int) -> list[LeftOut]:
    """A segment per process, each built as an index of its own, then all put into one folder."""
    spawn = multiprocessing.get_context("spawn")
    queue: Queue[list[SearchDocument] | None] = spawn.Queue(maxsize=2 * processes)
    parts = [folder / f"part-{number}" for number in range(processes)]
    builders = [spawn.Process(target=build_part, args=(str(part), queue), daemon=True) for part in parts]
    for part, builder in zip(parts, builders, strict=True):
        part.mkdir()
        builder.start()
    try:
        for batch in batched(documents, BATCH):
            put(queue, batch, builders)
        for _ in builders:
            put(queue, None, builders)
        for builder in builders:
            builder.join()
            check_alive_or_done(builder)
    finally:
        for builder in builders:
            builder.kill()
            builder.join()
        queue.cancel_join_thread()
        queue.close()
    return gather(folder, parts)


def build_part(folder: str, queue: "Queue[list[SearchDocument] | None]") -> None:
    left_out = build_alone(Path(folder), chain.from_iterable(iter(queue.get, None)))
    Path(folder, LEFT_OUT_FILE).write_text(json.dumps(left_out))


def put(queue: "Queue[list[SearchDocument] | None]", batch: list[SearchDocument] | None, builders: list[Any]) -> None:
    """Hand a batch on, unless a builder died: then nobody might ever take it."""
    while True:
        try:
            return queue.put(batch, timeout=1)
        except Full:
            for builder in builders:
                check_alive_or_done(builder)


def check_alive_or_done(builder: Any) -> None:
    if builder.exitcode not in (None, 0):
        raise RuntimeError(f"a process that built the index ended with {builder.exitcode}")


def gather(folder: Path, parts: list[Path]) -> list[LeftOut]:
    """Move the segments of the parts into one index. Returns what none of them could take."""
    left_out: list[LeftOut] = []
    index = create_index(folder)
    segments: list[Any] = []
    for part in parts:
        segments.extend(open_index(part)._segments())
        left_out.extend(LeftOut(*row) for row in json.loads((part / LEFT_OUT_FILE).read_text()))
        for file in part.glob(f"{index.indexname}_*.seg"):
            file.rename(folder / file.name)
        shutil.rmtree(part)
    write_contents(index, SCHEMA, segments, 1)
    return left_out


def batched(documents: Iterable[SearchDocument], size: int) -> Iterator[list[SearchDocument]]:
    source = iter(documents)
    while batch := list(islice(source, size)):
        yield batch


def check(folder: Path) -> None:
    """Look at every byte of the newest commit.

    Raises:
        Exception: of whatever kind, when it is not what was written.
    """
    index = open_index(folder)
    for segment in index._segments():
        index.storage.sections(segment.filename).check_all()
