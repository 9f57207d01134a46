"""Merging larger segments beside readers and commits: the new segment is written first, and takes its place at once."""

from collections.abc import Sequence
from pathlib import Path

from repository.search.embedded.codec import Codec, Segment, take_over, write_contents
from repository.search.embedded.generations import Generations
from repository.search.embedded.pool import ArrayPool
from repository.search.embedded.schema import SCHEMA
from repository.search.embedded.storage import Storage
from repository.search.embedded.writer import SMALL_DOCUMENTS, open_index

FANOUT = 8
MANY_OF_A_SIZE = 4
MOST_DOCUMENTS = 80_000
WORN_SHARE = 0.2
LOCK_SECONDS = 20.0


def tier_of(segment: Segment) -> int:
    """Segments of one tier are of about the same size; 0 is left to commits."""
    tier, size = 0, SMALL_DOCUMENTS
    while segment.doc_count() >= size:
        tier, size = tier + 1, size * FANOUT
    return tier


def worth_merging(segments: Sequence[Segment]) -> list[Segment]:
    """Some of one size, or one of which a good part was deleted; the smallest first. Empty when all is well."""
    tiers: dict[int, list[Segment]] = {}
    for segment in sorted(segments, key=Segment.doc_count):
        tiers.setdefault(tier_of(segment), []).append(segment)
    tiers.pop(0, None)
    for _, alike in sorted(tiers.items()):
        if len(alike) >= MANY_OF_A_SIZE:
            chosen = fitting(alike)
            if len(chosen) > 1:
                return chosen
    worn = [s for s in segments if tier_of(s) and s.deleted_count() > WORN_SHARE * s.doc_count_all()]
    return worn[:1]


def fitting(segments: Sequence[Segment]) -> list[Segment]:
    """As many, smallest first, as make a segment that is not too large to be merged in memory."""
    chosen: list[Segment] = []
    total = 0
    for segment in segments:
        total += segment.doc_count()
        if total > MOST_DOCUMENTS:
            break
        chosen.append(segment)
    return chosen


def merge(generations: Generations, folder: Path) -> int:
    """Make one segment of those that are worth it. Returns how many there were, 0 when nothing was worth it."""
    index = open_index(folder)
    storage: Storage = index.storage
    chosen = worth_merging(index._segments())
    if not chosen:
        return 0
    merged, origins = write_merged(storage, chosen)
    draft = storage.path(draft_name(merged))
    try:
        with generations.writing(LOCK_SECONDS):
            if not put_in_place(folder, chosen, merged, origins):
                return 0
    finally:
        draft.unlink(missing_ok=True)
    return len(chosen)


def draft_name(segment: Segment) -> str:
    """A name that no commit takes for one of its own and cleans away."""
    return f".{segment.filename}"


def write_merged(storage: Storage, chosen: Sequence[Segment]) -> tuple[Segment, dict[tuple[str, int], int]]:
    """A new segment with the live documents of others, as a draft, and where each document went."""
    merged = Segment(chosen[0].indexname)
    codec = Codec(file_name=draft_name)
    documents, fields = codec.per_document_writer(storage, merged), codec.field_writer(storage, merged)
    pool = ArrayPool()
    origins: dict[tuple[str, int], int] = {}
    try:
        for segment in chosen:
            first = documents.count
            for number, old in enumerate(take_over(storage, segment, first, documents, pool), first):
                origins[segment.segid, old] = number
        documents.close()
        fields.add_postings(SCHEMA, None, pool.iter_postings())
        fields.close()
    except BaseException:
        fields.abandon()
        raise
    merged.set_doc_count(documents.count)
    return merged, origins


def put_in_place(folder: Path, chosen: Sequence[Segment], merged: Segment, origins: dict[tuple[str, int], int]) -> bool:
    """Commit the draft in the place of its sources, less what was deleted meanwhile. Hold the writer's lock."""
    index = open_index(folder)
    contents = index._read_toc()
    now = {segment.segid: segment for segment in contents.segments}
    if any(segment.segid not in now for segment in chosen):
        return False
    for segment in chosen:
        for doc in now.pop(segment.segid).deleted_docs():
            if (segment.segid, doc) in origins:
                merged.delete_document(origins[segment.segid, doc])
    index.storage.path(draft_name(merged)).rename(index.storage.path(merged.filename))
    write_contents(index, SCHEMA, [*now.values(), merged], contents.generation + 1)
    return True
