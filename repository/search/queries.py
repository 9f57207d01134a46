"""Asking the index from a door that must answer even while there is no index."""

import structlog

from repository.search.documents import SearchQuery, SearchResults
from repository.search.engine import SearchIndex, SearchUnavailable

NOTHING = SearchResults(total=0, hits=(), facets={}, took_ms=0)

log = structlog.get_logger("search")


def find_or_nothing(index: SearchIndex, query: SearchQuery) -> SearchResults:
    """For pages that search beside their main business: no index, no hits."""
    try:
        return index.find(query)
    except SearchUnavailable as error:
        log.warning("search unavailable", problem=error.facts["problem"])
        return NOTHING
