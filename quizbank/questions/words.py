"""Finding questions by their words, drafts too: folded words of every version, kept by the database itself.

SQLite keeps them in an FTS5 table that a trigger fills (a version is never changed after it is written), PostgreSQL in
a GIN index over a function of the text. Accents, case and y or i at the end of a syllable make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import (
    DDL,
    ColumnElement,
    FunctionElement,
    Integer,
    Select,
    String,
    column,
    event,
    false,
    literal,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles

from quizbank.questions.models import QuestionVersion

CHUNK = re.compile(r'"([^"]*)"|([^\s"]+)')
WORD = re.compile(r"[^\W_]+")
WHOLE_SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]+|qu)[yi]")
MOST_CHUNKS = 12
MOST_WORDS = 4


@dataclass(frozen=True)
class Chunk:
    """Words that stand in a row, each with its spellings."""

    words: tuple[tuple[str, ...], ...]

    @property
    def spellings(self) -> list[tuple[str, ...]]:
        return list(product(*self.words))


def folded(text: str) -> str:
    """Lower case without marks, đ as d."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(bare)).lower().replace("đ", "d")


def chunks_of(text: str) -> list[Chunk]:
    """What was asked for; a text without a word asks for nothing that there is."""
    return list(_chunks(text))[:MOST_CHUNKS]


def _chunks(text: str) -> Iterator[Chunk]:
    for found in CHUNK.finditer(text):
        words = [_spellings(word) for word in WORD.findall(folded(found[0]))]
        for start in range(0, len(words), MOST_WORDS):
            yield Chunk(tuple(words[start : start + MOST_WORDS]))


def _spellings(word: str) -> tuple[str, ...]:
    if WHOLE_SYLLABLE.fullmatch(word):
        return (word[:-1] + "i", word[:-1] + "y")
    return (word,)


def fts5_query(chunks: list[Chunk]) -> str:
    return " AND ".join("(" + " OR ".join(f'"{" ".join(words)}"' for words in one.spellings) + ")" for one in chunks)


def postgres_query(chunks: list[Chunk]) -> str:
    return " & ".join("(" + " | ".join(_in_a_row(words) for words in one.spellings) + ")" for one in chunks)


def _in_a_row(words: tuple[str, ...]) -> str:
    return " <-> ".join(f"'{word}'" for word in words)


class HasWords(FunctionElement[Any]):
    """A condition on a version. Typed as a number: for a truth value SQLAlchemy writes ``= 1``, and no index serves."""

    name = "has_words"
    type = Integer()
    inherit_cache = True


@compiles(HasWords, "sqlite")
def _on_sqlite(element: HasWords, compiler: Any, **more: Any) -> str:
    version_id, _text, query, _ = (compiler.process(one, **more) for one in element.clauses)
    found = f"SELECT rowid FROM question_words WHERE question_words MATCH {query}"  # noqa: S608 - a bound parameter
    return f"{version_id} IN ({found})"


@compiles(HasWords, "postgresql")
def _on_postgres(element: HasWords, compiler: Any, **more: Any) -> str:
    _id, text, _, query = (compiler.process(one, **more) for one in element.clauses)
    return f"question_words({text}) @@ to_tsquery('simple', {query})"


def has_words(text: str) -> ColumnElement[Any]:
    """That a version has these words: all chunks anywhere, the words of a chunk in a row."""
    chunks = chunks_of(text)
    if not chunks:
        return false()
    version = QuestionVersion
    return HasWords(version.id, version.text, literal(fts5_query(chunks)), literal(postgres_query(chunks)))


def versions_with(text: str, dialect: str) -> Select[int]:
    """Ids of the versions that have these words, in SQLite the newest first: nothing but the ids is read.

    PostgreSQL gives them as it finds them: asked for the newest, it would read the texts of the whole bank backwards.
    """
    chunks = chunks_of(text)
    if chunks and dialect == "sqlite":
        words = table("question_words", column("rowid", Integer), column("question_words", String))
        query = select(words.c.rowid).where(words.c.question_words.op("MATCH")(fts5_query(chunks)))
        return query.order_by(words.c.rowid.desc())
    return select(QuestionVersion.id).where(has_words(text))


def _marked_letters() -> tuple[str, str]:
    """Letters with marks, and beside each the bare one."""
    letters = [chr(code) for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00), 0x1A0, 0x1A1, 0x1AF, 0x1B0)]
    pairs = [(letter, folded(letter)) for letter in letters]
    bare = [(letter, base) for letter, base in pairs if len(base) == 1 and base.isascii() and letter != base]
    return "".join(letter for letter, _ in bare), "".join(base for _, base in bare)


MARKED, BARE = _marked_letters()
SQLITE = (
    "CREATE VIRTUAL TABLE question_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER question_words_of_version AFTER INSERT ON question_versions BEGIN "
    "INSERT INTO question_words (rowid, words) "
    "VALUES (new.id, replace(replace(new.text, 'đ', 'd'), 'Đ', 'd')); END",
)
POSTGRESQL = (
    "CREATE FUNCTION question_words(value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ "
    f"SELECT to_tsvector('simple', regexp_replace(lower(translate(value, '{MARKED}', '{BARE}')), "
    "'[[:punct:][:space:]]+', ' ', 'g')) $$",
    "CREATE INDEX ix_question_versions_words ON question_versions USING gin (question_words(text))",
)
for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for statement in statements:
        ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(QuestionVersion.__table__, "after_create", ddl)
