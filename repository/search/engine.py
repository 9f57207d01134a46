"""What the product asks of a search engine, whichever it is: one embedded in the process, or PostgreSQL."""

from collections.abc import Callable, Iterable
from typing import Protocol

from repository.errors import HocLieuError
from repository.search.documents import (
    IndexState,
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

    def update(self, documents: Iterable[SearchDocument], removed: Iterable[tuple[str, int]] = ()) -> None:
        """Drop ``removed`` (kind, id) and put ``documents`` in the place of their older selves, in one commit.

        ``documents`` is read only once nobody else writes, so that what is read last is also written last.
        """

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        total: int = 0,
        progress: Progress | None = None,
        processes: int = 1,
    ) -> int:
        """Build a new index beside the one in use, then swap. Returns the number of documents."""

    def state(self) -> IndexState:
        """How the index is."""

    def close(self) -> None:
        """Give open files and connections back."""
