"""SQLite FTS5: one table of four columns, diacritics removed (đ by hand), facets in a table beside it."""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from repository.search.documents import SearchDocument
from repository.search.embedded.schema import ident_of
from tests.benchmarks.search.peers.base import BOOSTS, Answer, facets_of, texts_of
from tests.benchmarks.search.queries import Ask

WORD = re.compile(r"\w+")
SCRIPT = """
CREATE VIRTUAL TABLE docs USING fts5(title, keywords, body, more, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE facets(doc INTEGER, name TEXT, value TEXT, PRIMARY KEY (doc, name, value)) WITHOUT ROWID;
"""
MATCHED = "SELECT rowid FROM docs WHERE docs MATCH ?"
COUNT_FACETS = f"SELECT name, value, count(*) FROM facets WHERE doc IN ({MATCHED}) GROUP BY name, value"
FILTER = " AND EXISTS (SELECT 1 FROM facets WHERE doc = docs.rowid AND name = ? AND value = ?)"
RANK = f"bm25(docs, {', '.join(map(str, BOOSTS.values()))})"
SNIPPETS = ", highlight(docs, 0, '[', ']'), snippet(docs, -1, '[', ']', '…', 32)"


class Fts5:
    name = "SQLite FTS5"

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        database = sqlite3.connect(folder / "fts5.sqlite")
        database.executescript(SCRIPT)
        for document in documents:
            ident = ident_of(document.kind, document.id)
            texts = [plain_d(text) for text in texts_of(document).values()]
            database.execute(
                "INSERT INTO docs(rowid, title, keywords, body, more) VALUES (?, ?, ?, ?, ?)", (ident, *texts)
            )
            rows = [(ident, name, value) for name, values in facets_of(document).items() for value in values]
            database.executemany("INSERT INTO facets VALUES (?, ?, ?)", rows)
        database.execute("INSERT INTO docs(docs) VALUES ('optimize')")
        database.commit()
        database.execute("ANALYZE")
        database.close()

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "fts5.sqlite")
        self.database.execute("PRAGMA mmap_size = 2000000000")
        self.database.execute("PRAGMA cache_size = -200000")

    def ask(self, ask: Ask) -> Answer:
        match = match_of(ask)
        condition, values = condition_of(ask.filters)
        total = self.database.execute(f"SELECT count(*) FROM docs WHERE docs MATCH ?{condition}", (match, *values))
        shown = SNIPPETS if ask.highlights else ""
        query = f"SELECT rowid, title{shown} FROM docs WHERE docs MATCH ?{condition} ORDER BY {RANK} LIMIT ?"
        rows = self.database.execute(query, (match, *values, ask.limit)).fetchall()
        counts = self.database.execute(COUNT_FACETS, (match,)).fetchall() if ask.facets else []
        return Answer(total.fetchone()[0], tuple(row[0] for row in rows), len(counts))


def match_of(ask: Ask) -> str:
    words = WORD.findall(plain_d(ask.text))
    if ask.shape == "phrase":
        return '"' + " ".join(words) + '"'
    quoted = [f'"{word}"' for word in words]
    return " ".join(quoted) + ("*" if ask.shape == "prefix" else "")


def condition_of(filters: Mapping[str, str]) -> tuple[str, list[str]]:
    return FILTER * len(filters), [part for pair in filters.items() for part in pair]


def plain_d(text: str) -> str:
    return text.replace("đ", "d").replace("Đ", "D")
