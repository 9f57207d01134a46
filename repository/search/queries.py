"""Asking the index from a door that must answer even while there is no index."""

import datetime as dt
from dataclasses import dataclass

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from repository.search.documents import SearchHit, SearchQuery, SearchResults
from repository.search.engine import SearchIndex, SearchUnavailable
from repository.search.models import SearchChange

NOTHING = SearchResults(total=0, hits=(), facets={}, took_ms=0)

log = structlog.get_logger("search")


def find_or_nothing(index: SearchIndex, query: SearchQuery) -> SearchResults:
    """For pages that search beside their main business: no index, no hits."""
    try:
        return index.find(query)
    except SearchUnavailable as error:
        log.warning("search unavailable", problem=error.facts["problem"])
        return NOTHING


@dataclass(frozen=True)
class Lag:
    """What an index has not taken in yet: how many lines of the log, and since when the oldest waits."""

    changes: int
    since: dt.datetime | None


def lag_of(session: Session, index: SearchIndex) -> Lag:
    """How far an index is behind the log; nothing is said of one that has to be rebuilt."""
    position = index.position()
    if position is None:
        return Lag(0, None)
    behind = SearchChange.id > position.change_id
    changes, since = session.execute(select(func.count(), func.min(SearchChange.at)).where(behind)).one()
    return Lag(changes, since)


def related_or_nothing(index: SearchIndex, kind: str, id: int, to_kind: str, *, limit: int) -> tuple[SearchHit, ...]:
    """For pages that show related things beside their main business: no index, none."""
    try:
        return index.related(kind, id, to_kind, limit=limit)
    except SearchUnavailable as error:
        log.warning("search unavailable", problem=error.facts["problem"])
        return ()
