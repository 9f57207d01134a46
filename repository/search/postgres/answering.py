"""Which words stand together in the tables: what ``search.answering`` asks to understand a query."""

from collections.abc import Sequence

from sqlalchemy import Engine

from repository.search.documents import SearchResults
from repository.search.misspelt import OFTEN, Bagged
from repository.search.postgres.finding import nearest
from repository.search.postgres.reading import Reader, reading
from repository.search.postgres.rows import MARKS, quoted

FOUND = """SELECT place FROM unnest(%s::text[]) WITH ORDINALITY AS asked (condition, place)
    WHERE (SELECT count(*) FROM hoclieu_search.documents WHERE words @@ condition::tsquery) > 0"""
"""Counted, or the planner reads the whole table because one row is enough."""


class TableTexts:
    """The public texts in the tables now."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def known(self, words: Sequence[str]) -> set[str]:
        with reading(self.engine) as reader:
            return set(reader.counts(words))

    def often(self, pairs: Sequence[str]) -> set[str]:
        with reading(self.engine) as reader:
            return {pair for pair, count in reader.counts(pairs).items() if count >= OFTEN}

    def near(self, word: str) -> tuple[str, ...]:
        with reading(self.engine) as reader:
            return nearest(reader, word)

    def shows(self, found: SearchResults, words: Sequence[Bagged]) -> bool:
        return False

    def beside(self, words: Sequence[Bagged], others: Sequence[Bagged]) -> set[Bagged]:
        rest = [quoted(lexeme_of(word)) for word in words]
        with reading(self.engine) as reader:
            if len(others) > 1:
                counts = reader.counts([lexeme_of(other) for other in others])
                others = [other for other in others if lexeme_of(other) in counts]
                if not others or (rest and not found_with(reader, [rest])):
                    return set()
            places = found_with(reader, [[*rest, quoted(lexeme_of(other))] for other in others])
            return {others[place] for place in places}


def lexeme_of(word: Bagged) -> str:
    bag, text = word
    return MARKS[bag] + text


def found_with(reader: Reader, conditions: Sequence[Sequence[str]]) -> list[int]:
    """The places of those conditions, each of lexemes that must all be there, that some document meets."""
    asked = [" & ".join(lexemes) for lexemes in conditions]
    return [int(place) - 1 for (place,) in reader.rows(FOUND, asked)]
