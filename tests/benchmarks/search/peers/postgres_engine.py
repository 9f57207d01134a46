"""PostgreSQL full text as people use it: a weighted tsvector without accents, GIN, ``ts_rank``, facets in a table."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from repository.search.documents import SearchDocument
from repository.search.embedded.schema import ident_of
from tests.benchmarks.search.peers.base import BOOSTS, Answer, facets_of, texts_of
from tests.benchmarks.search.queries import Ask

WORD = re.compile(r"\w+")
TABLES = """
CREATE EXTENSION IF NOT EXISTS unaccent;
DROP TABLE IF EXISTS bench_docs, bench_facets;
DROP TEXT SEARCH CONFIGURATION IF EXISTS vi;
CREATE TEXT SEARCH CONFIGURATION vi (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION vi ALTER MAPPING FOR asciiword, word, numword, hword, hword_part WITH unaccent, simple;
CREATE TABLE bench_docs (ident bigint PRIMARY KEY, title text, keywords text, body text, more text, words tsvector);
CREATE TABLE bench_facets (ident bigint, name text, value text);
"""
AFTERWARDS = """
UPDATE bench_docs SET words = setweight(to_tsvector('vi', title), 'A') || setweight(to_tsvector('vi', keywords), 'B')
    || setweight(to_tsvector('vi', body), 'C') || setweight(to_tsvector('vi', more), 'D');
CREATE INDEX ON bench_docs USING gin (words) WITH (fastupdate = off);
CREATE INDEX ON bench_facets (ident);
CREATE INDEX ON bench_facets (name, value, ident);
"""
WEIGHTS = "{" + ",".join(str(boost / max(BOOSTS.values())) for boost in reversed(BOOSTS.values())) + "}"
FILTER = " AND EXISTS (SELECT 1 FROM bench_facets f WHERE f.ident = d.ident AND f.name = %s AND f.value = %s)"
FIND = """
SELECT d.ident, d.title, count(*) OVER (), d.body, d.more FROM bench_docs d, to_tsquery('vi', %s) q
WHERE d.words @@ q {condition} ORDER BY ts_rank(%s, d.words, q) DESC, d.ident LIMIT %s
"""
COUNT_FACETS = """
SELECT f.name, f.value, count(*) FROM bench_facets f
JOIN bench_docs d USING (ident) WHERE d.words @@ to_tsquery('vi', %s) GROUP BY 1, 2
"""
HEADLINES = """
SELECT ts_headline('vi', t, to_tsquery('vi', %s), 'MaxFragments=1,MaxWords=30,MinWords=10') FROM unnest(%s::text[]) t
"""


class PostgresPlain:
    name = "PostgreSQL, ts_rank"

    def __init__(self, url: str) -> None:
        self.url = url

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        with psycopg.connect(self.url, autocommit=True) as database:
            database.execute(TABLES)
            facets: list[tuple[int, str, str]] = []
            with database.cursor().copy("COPY bench_docs (ident, title, keywords, body, more) FROM STDIN") as copy:
                for document in documents:
                    ident = ident_of(document.kind, document.id)
                    copy.write_row((ident, *texts_of(document).values()))
                    facets += [(ident, name, value) for name, some in facets_of(document).items() for value in some]
            with database.cursor().copy("COPY bench_facets FROM STDIN") as copy:
                for row in facets:
                    copy.write_row(row)
            database.execute(AFTERWARDS)
            database.execute("VACUUM FULL ANALYZE bench_docs")
            database.execute("VACUUM ANALYZE bench_facets")

    def open(self, folder: Path) -> None:
        self.database = psycopg.connect(self.url, autocommit=True, prepare_threshold=2)

    def ask(self, ask: Ask) -> Answer:
        words = match_of(ask)
        chosen = [part for pair in ask.filters.items() for part in pair]
        find: Any = FIND.format(condition=FILTER * len(ask.filters))
        rows = self.database.execute(find, (words, *chosen, WEIGHTS, ask.limit)).fetchall()
        if ask.highlights:
            self.database.execute(
                HEADLINES, (words, [text for row in rows for text in (row[1], row[3], row[4])])
            ).fetchall()
        counts = self.database.execute(COUNT_FACETS, (words,)).fetchall() if ask.facets else []
        return Answer(rows[0][2] if rows else 0, tuple(row[0] for row in rows), len(counts))


def match_of(ask: Ask) -> str:
    words = [f"'{word}'" for word in WORD.findall(ask.text)]
    return (" <-> " if ask.shape == "phrase" else " & ").join(words) + (":*" if ask.shape == "prefix" else "")
