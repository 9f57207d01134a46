"""What the product asks of a search engine, whichever it is: one embedded in the process, or PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from repository.errors import HocLieuError
from repository.search.documents import (
    IndexState,
    LeftOut,
    SearchDocument,
    SearchHit,
    SearchQuery,
    SearchResults,
    Suggestion,
)

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


class SearchUnavailable(HocLieuError):
    """There is no usable index just now. ``facts["problem"]`` is ``missing`` or ``corrupt``; a rebuild mends both."""

    status = 503
    code = "search-unavailable"


@dataclass(frozen=True)
class Position:
    """How far an index has followed the log of changes. Every rebuild makes a generation of another name."""

    generation: str
    change_id: int


class SearchIndex(Protocol):
    """What the product asks of a search engine."""

    def find(self, query: SearchQuery) -> SearchResults:
        """A page of hits. Any text is legal.

        Raises:
            SearchUnavailable: no index, or one that can't be read.
            Invalid: a kind, facet or page key that does not exist.
        """

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """What somebody who has typed ``text`` may want, best first; never from what is not published."""

    def related(self, kind: str, id: int, to_kind: str, *, limit: int = 6) -> tuple[SearchHit, ...]:
        """The published things of ``to_kind`` closest to one thing in topic and text; () where it is not known."""

    def update(
        self,
        documents: Iterable[SearchDocument],
        removed: Iterable[tuple[str, int]] = (),
        *,
        position: Position | None = None,
        left_out: Sequence[LeftOut] = (),
    ) -> None:
        """Drop ``removed`` (kind, id) and put ``documents`` in the place of their older selves, in one commit.

        ``documents`` is read only once nobody else writes, so that what is read last is also written last.

        Args:
            documents: what is published now.
            removed: whose older selves go, those of ``documents`` among them.
            position: where the index stands with them: ``position()`` gives it back together with or after the
                documents, never before. Ignored (the documents go in all the same) when the index is by now of
                another generation, which has to be followed up from its own position; None leaves it as it is.
            left_out: what could not be read; looked at when all documents were. ``state`` tells of it until those
                things are updated again.
        """

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        total: int = 0,
        progress: Progress | None = None,
        processes: int = 1,
        change_id: int | None = None,
        left_out: Sequence[LeftOut] = (),
    ) -> int:
        """Build a new index beside the one in use, then swap. Returns the number of documents.

        Updates go on meanwhile, into the index in use. ``change_id`` is the last line of the log before the first
        document was read: where the new index has to be followed up from. ``left_out`` is as in ``update``.
        """

    def position(self) -> Position | None:
        """How far this index has followed the log; None when it has to be rebuilt. Cheap: asked several times a second.

        Indexes that several nodes share (a table in the database) have one position for all of them.
        """

    def leads(self) -> bool:
        """Whether it is for this process to follow the log. An index that nodes share is followed by one of them;
        another takes over when that one ends."""

    def verify(self) -> None:
        """Look at all that is stored; what is damaged has no ``position`` afterwards. Asked when a worker starts."""

    def tidy(self) -> None:
        """Make the index quicker where updates have worn it. The follower asks often, when nothing else waits."""

    def state(self) -> IndexState:
        """How the index is."""

    def close(self) -> None:
        """Give open files and connections back."""
