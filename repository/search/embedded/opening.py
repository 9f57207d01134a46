"""The index as one process has it open: the segments of the newest commit, looked at again when that changes."""

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from repository.errors import HocLieuError
from repository.logs import Log
from repository.search.embedded import writer
from repository.search.embedded.generations import SETTLED_NS, Generations
from repository.search.embedded.sections import Damaged
from repository.search.embedded.segments import SegmentView
from repository.search.engine import SearchUnavailable

OPEN_TRIES = 10
OPEN_WAIT_SECONDS = 0.01

log = Log("search")


class OpenIndex:
    """``views`` are the open segments, ``folder`` the generation they belong to (None while there is none).

    Not for several threads at once: the caller holds a lock around ``refresh`` and all use of the views.
    """

    def __init__(self, generations: Generations) -> None:
        self.generations = generations
        self.views: list[SegmentView] = []
        self.folder: Path | None = None
        self._stamp: tuple[Path, int] | None = None
        self._unreadable: tuple[Path, int] | None = None
        self._index: FileIndex | None = None
        self._commit: int | None = None

    def refresh(self) -> bool:
        """See what was committed last; whether the views are others than before.

        A folder changed a moment ago may change again within its time stamp's tick, and is looked at again.

        Raises:
            SearchUnavailable: there is no index, or it can't be read.
        """
        stamp = self.generations.stamp()
        if stamp is None:
            self.close()
            raise SearchUnavailable("Chỉ mục tìm kiếm chưa có, đang được dựng.", problem="missing")
        if stamp[0] == self.folder:
            self._stay()
        if stamp == self._stamp:
            return False
        if stamp == self._unreadable:
            raise corrupt()
        is_new = not self._is_latest(stamp[0])
        if is_new:
            stamp = self._open(stamp)
        self._stamp = stamp if time.time_ns() - stamp[1] > SETTLED_NS else None
        return is_new

    def _stay(self) -> bool:
        """See that what is open can be read further."""
        if not all(view.reader._terms.is_whole() for view in self.views):
            raise Damaged(f"a segment in {self.folder} was cut off")
        return False

    @contextmanager
    def reading(self, *, stays: bool = False) -> Iterator[bool]:
        """Refresh unless what is open ``stays``, then let the views be used; whether they are new.

        Raises:
            SearchUnavailable: there is no index, or what was read of it can't be right: then that is reported.
        """
        try:
            yield self._stay() if stays else self.refresh()
        except HocLieuError:
            raise
        except Exception as error:
            if not self._is_damage(error):
                raise
            log.exception("search index damaged", folder=str(self.folder))
            if self.folder is not None:
                self.generations.report_damage(self.folder)
            self.close()
            raise corrupt() from error

    def _is_damage(self, error: Exception) -> bool:
        """Whether files are to blame: they say so, or what was checked and right once is no longer so."""
        if self.folder is None or isinstance(error, (Damaged, OSError)):
            return True
        try:
            writer.check(self.folder)
        except Exception:
            return True
        return False

    def close(self) -> None:
        """Give the open files back."""
        self._use([], None)
        self.look_again()

    def look_again(self) -> None:
        """Take the views for new ones when next refreshed, whether or not there was a commit."""
        self._stamp = self._commit = None

    def _is_latest(self, folder: Path) -> bool:
        """Whether the commit that is open is the last one of the folder."""
        if folder != self.folder or self._index is None:
            return False
        try:
            return bool(self._index.latest_generation() == self._commit)
        except OSError:
            return False

    def _open(self, stamp: tuple[Path, int]) -> tuple[Path, int]:
        """Open the newest commit; a writer may put another in its place while we look, so look again."""
        for _ in range(OPEN_TRIES):
            try:
                self._read(stamp[0])
            except Exception as error:
                problem = error
                time.sleep(OPEN_WAIT_SECONDS)
                stamp = self.generations.stamp() or stamp
            else:
                return stamp
        log.error("search index unreadable", folder=str(stamp[0]), exc_info=problem)
        self.close()
        self.generations.report_damage(stamp[0])
        self._unreadable = stamp
        raise corrupt()

    def _read(self, folder: Path) -> None:
        """Open the newest commit of a folder; segments that are open stay so."""
        index = self._index if self._index is not None and folder == self.folder else writer.open_index(folder)
        toc = index._read_toc()
        known = {view.segment_id: view for view in self.views} if folder == self.folder else {}
        views: list[SegmentView] = []
        for segment in toc.segments:
            view = known.get(segment.segment_id())
            view = view or SegmentView.open(SegmentReader(index.storage, toc.schema, segment))
            view.deleted = segment.deleted
            views.append(view)
        self._use(views, folder)
        self._index, self._commit = index, toc.generation

    def _use(self, views: list[SegmentView], folder: Path | None) -> None:
        kept = {id(view) for view in views}
        for view in self.views:
            if id(view) not in kept:
                with contextlib.suppress(Exception):
                    view.reader.close()
        self.views, self.folder = views, folder


def corrupt() -> SearchUnavailable:
    return SearchUnavailable("Chỉ mục tìm kiếm hỏng, đang được dựng lại.", problem="corrupt")
