"""Our engine for many nodes: PostgreSQL's storage and matching, our words and our ranking."""

from collections.abc import Iterable
from pathlib import Path

from repository.db import make_engine
from repository.search.documents import SearchDocument
from repository.search.postgres.index import PostgresIndex
from repository.settings import normal_database_url
from tests.benchmarks.search.peers.base import Answer
from tests.benchmarks.search.peers.hoclieu import ask_index
from tests.benchmarks.search.queries import Ask


class HocLieuPostgres:
    name = "Học Liệu (PostgreSQL)"

    def __init__(self, url: str) -> None:
        engine = make_engine(normal_database_url(url))
        self.index = PostgresIndex(engine)

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        self.index.rebuild(documents)

    def open(self, folder: Path) -> None:
        """It is open."""

    def ask(self, ask: Ask) -> Answer:
        return ask_index(self.index, ask)
