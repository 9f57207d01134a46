"""Every node's index follows the log of changes. Whatever happens twice does no harm: what is true now is read anew.

The log is read from a floor upward. On SQLite ids come in the order of their commits, and the floor is the last line
taken in. On PostgreSQL a line may appear below others that were seen before it, so the floor stays two minutes behind
and the lines above it are remembered.
"""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from threading import Event
from time import monotonic

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from repository.db import writing
from repository.errors import HocLieuError
from repository.jobs import utc_now
from repository.search.documents import DocumentSource, LeftOut
from repository.search.engine import Position, SearchIndex
from repository.search.models import SearchChange
from repository.search.reading import read_documents, rebuild
from repository.search.soundness import reason_of

IDLE_SECONDS = 0.25
TROUBLE_SECONDS = 2.0
MOST_TROUBLE_SECONDS = 60.0
TIDY_SECONDS = 5.0
TRIM_SECONDS = 3_600.0
COMMIT_CHANGES = 500
COMMITS_PER_TIDYING = 8
OVERLAP = dt.timedelta(minutes=2)
KEPT = dt.timedelta(days=14)

Change = tuple[int, str, int]

log = structlog.get_logger("search")


class Follower:
    """Keeps one index level with the log. Use from one thread."""

    def __init__(
        self,
        index: SearchIndex,
        sessions: sessionmaker[Session],
        sources: Mapping[str, DocumentSource],
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self.index = index
        self.sessions = sessions
        self.sources = sources
        self.clock = clock
        self._position: Position | None = None
        self._floor = 0
        self._seen: set[int] = set()
        self._looked_at: tuple[int, int] | None = None

    def run(self, stop: Event) -> None:
        """Follow until ``stop`` is set; a damaged or missing index is rebuilt."""
        next_tidy = next_trim = monotonic()
        is_verified = False
        trouble_seconds = TROUBLE_SECONDS
        while not stop.is_set():
            try:
                if not self.index.leads():
                    stop.wait(TROUBLE_SECONDS)
                    continue
                if not is_verified:
                    self.index.verify()
                    is_verified = True
                has_worked = self.catch_up() > 0
                if not has_worked and monotonic() >= next_tidy:
                    self.index.tidy()
                    self.learn()
                    next_tidy = monotonic() + TIDY_SECONDS
                if monotonic() >= next_trim:
                    self.trim()
                    next_trim = monotonic() + TRIM_SECONDS
            except Exception:
                log.exception("the search index can't follow")
                stop.wait(trouble_seconds)
                trouble_seconds = min(2 * trouble_seconds, MOST_TROUBLE_SECONDS)
            else:
                trouble_seconds = TROUBLE_SECONDS
            stop.wait(IDLE_SECONDS)

    def catch_up(self) -> int:
        """Take in everything that is new, or rebuild. Returns how many lines of the log that were."""
        self._find_position()
        count = 0
        for number in itertools.count(1):
            changes = self._next_changes()
            if not changes:
                break
            self._take_in(changes)
            count += len(changes)
            if number % COMMITS_PER_TIDYING == 0:
                self.index.tidy()
        return count

    def learn(self) -> None:
        """Rebuild an index that updates have made much larger than what its suggestions were learnt from."""
        if self.index.state().has_outgrown_suggestions:
            rebuild(self.index, self.sessions, self.sources, log_progress)

    def trim(self) -> None:
        """Remove lines that are old; the newest always stays, for it tells where the log ends."""
        with self.sessions() as session:
            newest = session.scalar(select(func.max(SearchChange.id)))
            if newest is None:
                return
            old = (SearchChange.at < self.clock() - KEPT) & (SearchChange.id < newest)
            if session.scalar(select(SearchChange.id).where(old).limit(1)) is not None:
                session.rollback()
                writing(session).execute(delete(SearchChange).where(old))
                session.commit()

    def _find_position(self) -> None:
        """Know where the index stands, if need be after a rebuild."""
        position = self.index.position()
        if position is not None and position == self._position:
            return
        with self.sessions() as session:
            can_follow = position is not None and self._start_from(session, position)
        if not can_follow:
            rebuild(self.index, self.sessions, self.sources, log_progress)
            position = self.index.position()
            if position is None:
                raise RuntimeError("a rebuilt index has no position")
            with self.sessions() as session:
                self._start_from(session, position)

    def _next_changes(self) -> list[Change]:
        """The oldest lines that are not taken in yet."""
        with self.sessions() as session:
            above = SearchChange.id > self._floor
            newest, count = session.execute(select(func.max(SearchChange.id), func.count()).where(above)).one()
            if (newest, count) == self._looked_at:
                return []
            rows = session.execute(
                select(SearchChange.id, SearchChange.kind, SearchChange.thing_id)
                .where(above)
                .order_by(SearchChange.id)
                .limit(COMMIT_CHANGES + len(self._seen))
            )
            changes = [(id, kind, thing_id) for id, kind, thing_id in rows if id not in self._seen][:COMMIT_CHANGES]
            if not changes:
                self._rise(session)
                self._looked_at = (newest, count)
            return changes

    def _start_from(self, session: Session, position: Position) -> bool:
        """Go on where the index stands; False when the log doesn't reach back that far, or ends before it."""
        oldest, newest = session.execute(select(func.min(SearchChange.id), func.max(SearchChange.id))).one()
        if position.change_id > (newest or 0) or (oldest is not None and position.change_id < oldest - 1):
            log.warning("the log of changes doesn't lead on from the index", position=position.change_id, oldest=oldest)
            return False
        self._position, self._seen, self._looked_at = position, set(), None
        self._floor = self._overlapping(session, position.change_id)
        return True

    def _overlapping(self, session: Session, change_id: int) -> int:
        """The line from which on others may still appear among those that were taken in up to ``change_id``."""
        if session.get_bind().dialect.name == "sqlite":
            return change_id
        at = session.scalar(select(SearchChange.at).where(SearchChange.id == change_id))
        if at is None:
            return change_id
        return session.scalar(select(func.max(SearchChange.id)).where(SearchChange.at < at - OVERLAP)) or 0

    def _rise(self, session: Session) -> None:
        """Forget lines so old that nothing can appear below them any more."""
        if not self._seen:
            return
        settled = SearchChange.at < self.clock() - OVERLAP
        if session.get_bind().dialect.name == "sqlite":
            floor = max(self._seen)
        else:
            floor = session.scalar(select(func.max(SearchChange.id)).where(settled)) or 0
        self._floor = max(self._floor, floor)
        self._seen = {id for id in self._seen if id > self._floor}

    def _take_in(self, changes: Sequence[Change]) -> None:
        """Bring the things of the lines up to date in one commit, or one by one where one of them is in the way."""
        try:
            self._update(changes)
        except (SQLAlchemyError, HocLieuError, OSError):
            raise
        except Exception as error:
            if len(changes) > 1:
                for change in changes:
                    self._take_in([change])
                return
            self._leave_out(changes[0], error)
        self._seen.update(id for id, _, _ in changes)
        self._position = self._after(changes)

    def _update(self, changes: Sequence[Change]) -> None:
        ids: dict[str, set[int]] = defaultdict(set)
        for _, kind, thing_id in changes:
            if kind in self.sources:
                ids[kind].add(thing_id)
        chosen = {kind: sorted(things) for kind, things in ids.items()}
        gone = [(kind, id) for kind, things in chosen.items() for id in things]
        left_out: list[LeftOut] = []
        documents = read_documents(self.sessions, self.sources, chosen, left_out)
        self.index.update(documents, gone, position=self._after(changes), left_out=left_out)

    def _leave_out(self, change: Change, error: Exception) -> None:
        """Go on without a thing that the engine does not take; its older self goes."""
        _, kind, thing_id = change
        one = LeftOut(kind, thing_id, reason_of(error))
        log.error("a thing can't be indexed and is left out", **one._asdict(), exc_info=error)
        self.index.update((), [(kind, thing_id)], position=self._after([change]), left_out=[one])

    def _after(self, changes: Sequence[Change]) -> Position | None:
        """The position after the lines: a late one does not lead back."""
        if self._position is None:
            return None
        return Position(self._position.generation, max(self._position.change_id, *(id for id, _, _ in changes)))


def log_progress(done: int, total: int) -> None:
    log.info("rebuilding the search index", done=done, total=total)
