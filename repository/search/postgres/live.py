"""What help while typing asks of the tables."""

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import Engine

from repository.search.embedded.schema import ident_of
from repository.search.postgres.reading import Reader, reading
from repository.search.postgres.rows import quoted
from repository.search.suggestions.fresh import FreshTitles
from repository.search.suggestions.helper import Helper
from repository.search.suggestions.lexicon import Lexicon

HOLDS = """WITH found AS MATERIALIZED (SELECT 1 FROM hoclieu_search.documents WHERE words @@ %s::text::tsquery)
    SELECT EXISTS (SELECT 1 FROM found)"""
"""Materialised, or the planner reads the whole table because one row is wanted."""
TITLE = "SELECT title FROM hoclieu_search.texts WHERE ident = %s"
LEXICON = "SELECT bytes FROM hoclieu_search.lexicon"
FRESH = "SELECT id, title FROM hoclieu_search.fresh_titles"


class LiveTables:
    """The public texts as they are in the tables now."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def holds_phrase(self, words: Sequence[str]) -> bool:
        return self._holds([f"{left} {right}" for left, right in pairwise(words)] or list(words))

    def holds_words(self, words: Sequence[str]) -> bool:
        return self._holds(words)

    def title_of(self, kind: str, id: int) -> str | None:
        with reading(self.engine) as reader:
            return next((title for (title,) in reader.rows(TITLE, ident_of(kind, id))), None)

    def _holds(self, lexemes: Sequence[str]) -> bool:
        if not lexemes:
            return False
        with reading(self.engine) as reader:
            known = len(reader.counts(lexemes))
            if known < len(set(lexemes)) or known == 1:
                return known == len(set(lexemes))
            ((holds,),) = reader.rows(HOLDS, " & ".join(map(quoted, lexemes)))
            return bool(holds)


def lexicon_of(reader: Reader) -> Lexicon:
    ((dumped,),) = reader.rows(LEXICON)
    return Lexicon.of(dumped)


def helper_of(engine: Engine, reader: Reader, lexicon: Lexicon) -> Helper:
    return Helper(lexicon, LiveTables(engine), FreshTitles(dict(reader.rows(FRESH))))
