"""Look questions up by likeness: signatures under the keys of their bands, then an exact look at what is found.

The ground floor of finding near-duplicates: who may is asked above, and nothing here commits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import numpy as np
from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.orm import Session

from quizbank.questions.likeness import (
    ALIKE,
    PROMISING,
    Keys,
    Numbers,
    Signatures,
    band_keys,
    bytes_of,
    distinct,
    estimates_of,
    places_of,
    signatures_from,
    signatures_of,
    similarities_of,
)
from quizbank.questions.likeness_folding import Folded, fold_contents
from quizbank.questions.likeness_keys import keys_disagree
from quizbank.questions.likeness_models import QuestionBand, QuestionSignature
from quizbank.questions.likeness_texts import Compared, Texts, is_one_of, pieces, table_of
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionContent

MOST = 5
"""So many of the questions most alike are kept for each one: thousands made of one template don't fill the list."""

CROWD = 20
"""So many of the newest questions are looked at under one key."""

LOOKED_AT = 128
"""So many questions are held against each one, those with which it shares most keys: a family has thousands."""

PAIRS_AT_ONCE = 20_000
KEYS_AT_ONCE = 4_000
ROWS_AT_ONCE = 400
DIGITS = 4
LARGEST_ID = 1 << 40
_SIGNATURES = table_of(QuestionSignature)


@dataclass(frozen=True)
class Alike:
    """A question of the bank that is like the one asked about. ``is_conflict``: their keys disagree."""

    question_id: int
    similarity: float
    is_conflict: bool
    place: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (f"#{self.question_id}", self.place)))


class Finder(Protocol):
    """Where questions are found that share a key: in the tables, or in memory where many are asked about."""

    def candidates(self, keys: Keys) -> tuple[Numbers, Numbers]:
        """Rows of ``keys`` and ids of questions that share one of the row's keys; a pair may come twice."""

    def signatures(self, ids: Numbers) -> tuple[Numbers, Signatures]:
        """Those of ``ids`` that have signatures, ascending, and their signatures."""


def find_alike(
    session: Session, contents: Sequence[QuestionContent], finder: Finder | None = None, texts: Texts | None = None
) -> list[list[Alike]]:
    """What the bank holds that is like each of these questions that are not in it, the most alike first.

    Args:
        session: where the bank is.
        contents: the questions.
        finder: where others are found, the tables unless told otherwise.
        texts: what others ask, as far as it was read before.
    """
    asked = fold_contents(contents)
    rows, ids = promising(finder or InTables(session), signatures_of([one.text for one in asked]), None)
    others = (texts or Texts()).of(session, distinct(ids).tolist())
    pairs = similar(dict(enumerate(asked)), others, rows, ids)
    places = _places_of(session, sorted({id_ for _, id_, _ in pairs}))
    found: list[list[Alike]] = [[] for _ in contents]
    for row, id_, similarity in pairs:
        found[row].append(Alike(id_, similarity, keys_disagree(asked[row], others[id_]), places.get(id_, "")))
    return [sorted(some, key=lambda one: (-one.similarity, one.question_id)) for some in found]


def _places_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Question -> file and place that it came from."""
    version = QuestionVersion
    query = select(Question.id, version.source_file, version.source_place)
    query = query.join(version, Question.current_version_id == version.id)
    return {
        id_: f"{file}, {place}" if file else ""
        for some in pieces(ids)
        for id_, file, place in session.execute(query.where(Question.id.in_(some)))
    }


def promising(finder: Finder, signatures: Signatures, own_ids: Numbers | None) -> tuple[Numbers, Numbers]:
    """Pairs of a row of ``signatures`` and a question with a like signature, ``MOST`` at most for each row.

    Args:
        finder: where others are.
        signatures: (N, ``VALUES``).
        own_ids: the questions that they are, which are not like themselves; None where they are in no bank.
    """
    rows, ids = _sharing_most(*finder.candidates(band_keys(signatures)))
    if own_ids is not None:
        is_other = own_ids[rows] != ids
        rows, ids = rows[is_other], ids[is_other]
    known, stored = finder.signatures(distinct(ids))
    is_known = np.isin(ids, known)
    rows, ids = rows[is_known], ids[is_known]
    places = np.searchsorted(known, ids)
    estimates = np.empty(len(rows))
    for start in range(0, len(rows), PAIRS_AT_ONCE):
        some = slice(start, start + PAIRS_AT_ONCE)
        estimates[some] = estimates_of(signatures[rows[some]], stored[places[some]])
    is_promising = estimates >= PROMISING
    rows, ids, estimates = rows[is_promising], ids[is_promising], estimates[is_promising]
    best = np.lexsort((ids, -estimates, rows))
    rows, ids = rows[best], ids[best]
    is_best = np.arange(len(rows)) - np.searchsorted(rows, rows, "left") < MOST
    return rows[is_best], ids[is_best]


def _sharing_most(rows: Numbers, ids: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair once; of a row with more than ``LOOKED_AT`` questions those that share most keys, then the newest."""
    pairs = np.sort(rows * LARGEST_ID + ids)
    first = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)])
    shared = np.diff(first, append=len(pairs))
    rows, ids = np.divmod(pairs[first], LARGEST_ID)
    if len(rows) and np.bincount(rows).max() > LOOKED_AT:
        most = np.lexsort((-ids, -shared, rows))
        is_looked_at = np.arange(len(rows)) - np.searchsorted(rows[most], rows[most], "left") < LOOKED_AT
        kept = np.sort(most[is_looked_at])
        rows, ids = rows[kept], ids[kept]
    return rows, ids


def similar(
    own: Mapping[int, Folded], others: Mapping[int, Folded], rows: Numbers, ids: Numbers
) -> list[tuple[int, int, float]]:
    """The pairs whose folded texts are alike indeed: row, question, similarity. What is not known is left out."""
    is_known = np.isin(rows, list(own)) & np.isin(ids, list(others))
    rows, ids = rows[is_known], ids[is_known]
    if own is others:
        known = distinct(np.concatenate([rows, ids]))
        texts = [own[id_].text for id_ in known.tolist()]
        places = np.searchsorted(known, rows), np.searchsorted(known, ids)
    else:
        left, right = distinct(rows), distinct(ids)
        texts = [own[row].text for row in left.tolist()] + [others[id_].text for id_ in right.tolist()]
        places = np.searchsorted(left, rows), np.searchsorted(right, ids) + len(left)
    similarities = similarities_of(texts, *places).tolist()
    looked_at = zip(rows.tolist(), ids.tolist(), similarities, strict=True)
    return [(row, id_, round(similarity, DIGITS)) for row, id_, similarity in looked_at if similarity >= ALIKE]


def _crossed(known: Keys, ids: Numbers, keys: Keys) -> tuple[Numbers, Numbers]:
    """Every row of ``keys`` with the ids whose known key it has. ``known`` and ``ids`` go together."""
    flat = keys.ravel()
    order = np.argsort(flat, kind="stable")
    first = np.searchsorted(flat, known, "left", sorter=order)
    counts = np.searchsorted(flat, known, "right", sorter=order) - first
    return order[places_of(first, counts)] // keys.shape[1], np.repeat(ids, counts)


@dataclass(frozen=True)
class InTables:
    """Looks up in the tables: for a few questions."""

    session: Session

    def candidates(self, keys: Keys) -> tuple[Numbers, Numbers]:
        wanted = distinct(keys.ravel())
        found = [self._look_up(wanted[start : start + KEYS_AT_ONCE]) for start in range(0, len(wanted), KEYS_AT_ONCE)]
        known = np.concatenate([np.empty((0, 2), np.int64), *found])
        return _crossed(known[:, 0], known[:, 1], keys)

    def _look_up(self, keys: Keys) -> Numbers:
        """Rows of (key, question), the newest ``CROWD`` questions of each key."""
        listed = ", ".join([f"({key})" for key in keys.tolist()])
        found = self.session.connection().exec_driver_sql(_NEWEST.format(wanted=listed, before_last=CROWD - 1))
        numbers = chain.from_iterable(found)
        return np.fromiter(numbers, dtype=np.int64).reshape(-1, 2)

    def signatures(self, ids: Numbers) -> tuple[Numbers, Signatures]:
        return read_signatures(self.session, ids.tolist())


_NEWEST = """WITH wanted (key) AS (VALUES {wanted})
SELECT band.key, band.question_id FROM wanted CROSS JOIN question_bands band
WHERE band.key = wanted.key AND band.question_id >= coalesce(
    (SELECT crowd.question_id FROM question_bands crowd WHERE crowd.key = wanted.key
    ORDER BY crowd.question_id DESC LIMIT 1 OFFSET {before_last}), 0)"""
"""However many questions have a key, only the rows of the newest are read."""


class InMemory:
    """All signatures of the bank at once, 640 bytes a question: for many questions."""

    def __init__(self, ids: Numbers, signatures: Signatures) -> None:
        self._ids, self._signatures = ids, signatures
        keys = band_keys(signatures)
        self._orders = [np.argsort(column, kind="stable").astype(np.int32) for column in keys.T]
        self._keys = [column[order] for column, order in zip(keys.T, self._orders, strict=True)]

    def candidates(self, keys: Keys) -> tuple[Numbers, Numbers]:
        rows, ids = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for column, known, order in zip(keys.T, self._keys, self._orders, strict=True):
            last = np.searchsorted(known, column, "right")
            first = np.maximum(np.searchsorted(known, column, "left"), last - CROWD)
            counts = last - first
            rows.append(np.repeat(np.arange(len(column)), counts))
            ids.append(self._ids[order[places_of(first, counts)]])
        return np.concatenate(rows), np.concatenate(ids)

    def signatures(self, ids: Numbers) -> tuple[Numbers, Signatures]:
        return ids, self._signatures[np.searchsorted(self._ids, ids)]


def count_signatures(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(QuestionSignature)) or 0


def all_in_memory(session: Session) -> InMemory:
    return InMemory(*_read(session.execute(_ALL.order_by(_SIGNATURES.c.question_id)).all()))


_ALL = select(_SIGNATURES.c.question_id, _SIGNATURES.c.signature)


def _read(rows: Iterable[Row[Any]]) -> tuple[Numbers, Signatures]:
    ids, stored = [], []
    for row in rows:
        ids.append(row.question_id)
        stored.append(row.signature)
    return np.array(ids, dtype=np.int64), signatures_from(stored)


def read_signatures(session: Session, ids: Sequence[int]) -> tuple[Numbers, Signatures]:
    """The signatures of these questions, by ascending ids."""
    found = [
        row
        for some in pieces(ids)
        for row in session.execute(_ALL.where(is_one_of("question_signatures.question_id", some))).all()
    ]
    return _read(sorted(found, key=lambda row: int(row.question_id)))


def read_uncompared(session: Session) -> tuple[Numbers, Signatures]:
    """The questions whose signatures were not compared, by ascending ids, and these."""
    query = _ALL.where(_SIGNATURES.c.is_compared.is_(False)).order_by(_SIGNATURES.c.question_id)
    return _read(session.execute(query).all())


def keep_signatures(session: Session, compared: Sequence[Compared], signatures: Signatures) -> None:
    """Write the signatures of these versions in place of what their questions had; they are to be compared.

    They are looked up from when ``keep_bands`` has written their bands.
    """
    forget_signatures(session, [one.question_id for one in compared])
    rows = [
        {
            "question_id": one.question_id,
            "version_id": one.version_id,
            "signature": bytes_of(signature),
            "is_compared": False,
        }
        for one, signature in zip(compared, signatures, strict=True)
    ]
    if rows:
        session.execute(insert(_SIGNATURES), rows)


def bands_of(ids: Numbers, signatures: Signatures) -> tuple[Keys, Numbers]:
    """Keys and questions, in the order in which the table keeps them: so it grows page by page."""
    keys = band_keys(signatures)
    order = np.argsort(keys, axis=None, kind="stable")
    return keys.ravel()[order], ids[order // keys.shape[1]]


def keep_bands(session: Session, keys: Keys, ids: Numbers) -> None:
    """Write under which keys questions are looked up; what is written already is passed over.

    Many rows to a statement: in SQLite a row to a statement takes three times as long.
    """
    connection = session.connection()
    marker = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    numbers = np.stack([keys, ids], axis=1)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        some = numbers[start : start + ROWS_AT_ONCE]
        listed = ", ".join([f"({marker}, {marker})"] * len(some))
        connection.exec_driver_sql(f"{_ADD} {listed} ON CONFLICT DO NOTHING", tuple(some.ravel().tolist()))


_ADD = "INSERT INTO question_bands (key, question_id) VALUES"


def forget_signatures(session: Session, question_ids: Sequence[int]) -> None:
    """Take these questions out of what is looked up."""
    for some in pieces(question_ids):
        known, stored = read_signatures(session, some)
        keys = distinct(band_keys(stored).ravel())
        for start in range(0, len(keys), KEYS_AT_ONCE):
            listed = is_one_of("question_bands.key", keys[start : start + KEYS_AT_ONCE].tolist())
            theirs = is_one_of("question_bands.question_id", known.tolist())
            session.execute(delete(QuestionBand).where(listed, theirs))
        if len(known):
            theirs = is_one_of("question_signatures.question_id", known.tolist())
            session.execute(delete(QuestionSignature).where(theirs))
