"""Lectures made ready in processes of their own: the file made, kept, recognised and read.

What stands in these files is ours, so it is read here at once; an upload's file is read by a guarded process.
"""

import io
import itertools
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from quizbank.demo.lectures.generate import DemoLecture, lecture_of
from quizbank.demo.lectures.lessons import Lesson, written_lessons
from quizbank.demo.lectures.study_guides import study_guides
from repository.curriculum.queries import curriculum
from repository.files.packages.info import PackageInfo
from repository.files.store import LocalFileStore, StoredBytes
from repository.files.text_extraction import read_text
from repository.files.thumbnails import make_thumbnail
from repository.lectures.places import Marks, joined
from repository.lectures.receiving import recognise

LIMIT_BYTES = 200 << 20
CHUNK = 8


@dataclass(frozen=True)
class KeptFile:
    stored: StoredBytes
    info: PackageInfo
    text: str
    places: Marks
    thumbnail: StoredBytes | None


@dataclass(frozen=True)
class PreparedLecture:
    """A lecture whose bytes are in the store; ``file`` is None for a link."""

    lecture: DemoLecture
    file: KeptFile | None


def all_lessons(seed: int) -> Iterator[Lesson]:
    """The written lessons, then a study guide for every topic in every form."""
    return itertools.chain(written_lessons(), study_guides(curriculum(), Random(f"guides {seed}")))


def prepare_lectures(pool: Executor, root: Path, count: int, seed: int, skip: int = 0) -> Iterator[PreparedLecture]:
    """Prepare lectures ``skip`` to ``count`` in the pool's processes; they come in order."""
    lessons = itertools.islice(enumerate(all_lessons(seed)), skip, count)
    tasks = ((lesson, seed, place, root) for place, lesson in lessons)
    yield from pool.map(_prepare, tasks, chunksize=CHUNK)


def _prepare(task: tuple[Lesson, int, int, Path]) -> PreparedLecture:
    lesson, seed, place, root = task
    lecture = lecture_of(lesson, Random(f"lecture {seed} {place}"))
    if lecture.data is None:
        return PreparedLecture(lecture, None)
    store = LocalFileStore(root)
    stored = store.put(io.BytesIO(lecture.data), limit_bytes=LIMIT_BYTES)
    info = recognise(stored, lecture.file_name or "", store).info
    path = store.path(stored.sha256)
    text, places = joined(read_text(path, info.kind))
    picture = make_thumbnail(path, info.kind)
    thumbnail = store.put(io.BytesIO(picture), limit_bytes=LIMIT_BYTES) if picture else None
    kept = KeptFile(stored, info, text, places, thumbnail)
    return PreparedLecture(_without_bytes(lecture), kept)


def _without_bytes(lecture: DemoLecture) -> DemoLecture:
    return DemoLecture(**{**vars(lecture), "data": None})
