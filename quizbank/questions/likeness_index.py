"""Look questions up by likeness: signatures under the keys of their bands, then an exact look at what is found.

The ground floor of finding near-duplicates: who may is asked above, and nothing here commits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import TextClause, delete, func, insert, select, text
from sqlalchemy.orm import Session

from quizbank.questions.likeness import (
    ALIKE,
    PROMISING,
    Keys,
    Signatures,
    band_keys,
    bytes_of,
    estimates_of,
    folded_text,
    grams_of,
    keys_disagree,
    signatures_from,
    signatures_of,
    similarity_of,
)
from quizbank.questions.likeness_models import QuestionBand, QuestionSignature
from quizbank.questions.models import Question, QuestionPart, QuestionVersion
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType
from quizbank.questions.states import QuestionState

MOST = 5
"""So many of the questions most alike are kept for each one: thousands made of one template don't fill the list."""

CROWD = 20
"""So many of the newest questions are looked at under one key."""

KEYS_AT_ONCE = 4_000
IDS_AT_ONCE = 500
DIGITS = 4
LARGEST_ID = 1 << 40
TEXTS_KEPT = 100_000
_SIGNATURES: Any = QuestionSignature.__table__
_BANDS: Any = QuestionBand.__table__
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Alike:
    """A question of the bank that is like the one asked about. ``is_conflict``: their keys disagree."""

    question_id: int
    similarity: float
    is_conflict: bool
    place: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (f"#{self.question_id}", self.place)))


@dataclass(frozen=True)
class Compared:
    """A version with what it is compared by."""

    question_id: int
    version_id: int
    content: QuestionContent
    place: str = ""


class Finder(Protocol):
    """Where questions are found that share a key: in the tables, or in memory where many are asked about."""

    def candidates(self, keys: Keys) -> tuple[Numbers, Numbers]:
        """Rows of ``keys`` and ids of questions that share one of the row's keys; a pair may come twice."""

    def signatures(self, ids: Numbers) -> tuple[Numbers, Signatures]:
        """Those of ``ids`` that have signatures, ascending, and their signatures."""


def find_alike(session: Session, contents: Sequence[QuestionContent]) -> list[list[Alike]]:
    """What the bank holds that is like each of these questions that are not in it, the most alike first."""
    texts = [folded_text(one) for one in contents]
    rows, ids = promising(InTables(session), signatures_of(texts), None)
    pairs = similar(texts, Texts(session).of(ids.tolist()), rows, ids)
    others = {one.question_id: one for one in read_compared(session, sorted({id_ for _, id_, _ in pairs}))}
    found: list[list[Alike]] = [[] for _ in contents]
    for row, id_, similarity in pairs:
        other = others[id_]
        found[row].append(Alike(id_, similarity, keys_disagree(contents[row], other.content), other.place))
    return [sorted(some, key=lambda one: (-one.similarity, one.question_id)) for some in found]


def promising(finder: Finder, signatures: Signatures, own_ids: Numbers | None) -> tuple[Numbers, Numbers]:
    """Pairs of a row of ``signatures`` and a question with a like signature, ``MOST`` at most for each row.

    Args:
        finder: where others are.
        signatures: (N, ``VALUES``).
        own_ids: the questions that they are, which are not like themselves; None where they are in no bank.
    """
    rows, ids = finder.candidates(band_keys(signatures))
    rows, ids = np.divmod(np.unique(rows * LARGEST_ID + ids), LARGEST_ID)
    if own_ids is not None:
        is_other = own_ids[rows] != ids
        rows, ids = rows[is_other], ids[is_other]
    known, stored = finder.signatures(np.unique(ids))
    is_known = np.isin(ids, known)
    rows, ids = rows[is_known], ids[is_known]
    estimates = estimates_of(signatures[rows], stored[np.searchsorted(known, ids)])
    is_promising = estimates >= PROMISING
    rows, ids, estimates = rows[is_promising], ids[is_promising], estimates[is_promising]
    best = np.lexsort((ids, -estimates, rows))
    rows, ids = rows[best], ids[best]
    is_best = np.arange(len(rows)) - np.searchsorted(rows, rows, "left") < MOST
    return rows[is_best], ids[is_best]


def similar(
    texts: Sequence[str], others: Mapping[int, str], rows: Numbers, ids: Numbers
) -> list[tuple[int, int, float]]:
    """The pairs whose folded texts are alike indeed: row, question, similarity."""
    own = {row: grams_of(texts[row]) for row in np.unique(rows).tolist()}
    theirs = {id_: grams_of(others[id_]) for id_ in np.unique(ids).tolist() if id_ in others}
    looked_at = (
        (row, id_, similarity_of(own[row], theirs[id_]))
        for row, id_ in zip(rows.tolist(), ids.tolist(), strict=True)
        if id_ in theirs
    )
    return [(row, id_, round(similarity, DIGITS)) for row, id_, similarity in looked_at if similarity >= ALIKE]


class Texts:
    """Folded texts of questions, read once and kept as long as there is room."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: dict[int, str] = {}

    def keep(self, compared: Sequence[Compared], texts: Sequence[str]) -> None:
        if len(self._kept) < TEXTS_KEPT:
            self._kept.update((one.question_id, text) for one, text in zip(compared, texts, strict=True))

    def of(self, ids: Sequence[int]) -> dict[int, str]:
        """Question -> text, without the withdrawn ones."""
        found = {id_: self._kept[id_] for id_ in ids if id_ in self._kept}
        missing = read_compared(self._session, sorted(set(ids) - found.keys()))
        texts = [folded_text(one.content) for one in missing]
        self.keep(missing, texts)
        return found | {one.question_id: text for one, text in zip(missing, texts, strict=True)}


def _crossed(known: Keys, ids: Numbers, keys: Keys) -> tuple[Numbers, Numbers]:
    """Every row of ``keys`` with the ids whose known key it has. ``known`` and ``ids`` go together."""
    flat = keys.ravel()
    order = np.argsort(flat, kind="stable")
    first = np.searchsorted(flat, known, "left", sorter=order)
    counts = np.searchsorted(flat, known, "right", sorter=order) - first
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(first, counts) + within] // keys.shape[1], np.repeat(ids, counts)


@dataclass(frozen=True)
class InTables:
    """Looks up in the tables: for a few questions."""

    session: Session

    def candidates(self, keys: Keys) -> tuple[Numbers, Numbers]:
        wanted = np.unique(keys)
        found = [self._look_up(wanted[start : start + KEYS_AT_ONCE]) for start in range(0, len(wanted), KEYS_AT_ONCE)]
        known = np.concatenate([np.empty((0, 2), np.int64), *found])
        return _crossed(known[:, 0], known[:, 1], keys)

    def _look_up(self, keys: Keys) -> Numbers:
        """Rows of (key, question), the newest ``CROWD`` questions of each key."""
        place = func.row_number().over(partition_by=QuestionBand.key, order_by=QuestionBand.question_id.desc())
        some = select(QuestionBand.key, QuestionBand.question_id, place.label("place"))
        ranked = some.where(has_key(keys)).subquery()
        query = select(ranked.c.key, ranked.c.question_id).where(ranked.c.place <= CROWD)
        numbers = chain.from_iterable(self.session.execute(query))
        return np.fromiter(numbers, dtype=np.int64).reshape(-1, 2)

    def signatures(self, ids: Numbers) -> tuple[Numbers, Signatures]:
        return read_signatures(self.session, ids.tolist())


class InMemory:
    """All signatures of the bank at once, 400 bytes a question: for many questions."""

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
            within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
            rows.append(np.repeat(np.arange(len(column)), counts))
            ids.append(self._ids[order[np.repeat(first, counts) + within]])
        return np.concatenate(rows), np.concatenate(ids)

    def signatures(self, ids: Numbers) -> tuple[Numbers, Signatures]:
        return ids, self._signatures[np.searchsorted(self._ids, ids)]


def all_in_memory(session: Session) -> InMemory:
    query = select(QuestionSignature.question_id, QuestionSignature.signature).order_by(QuestionSignature.question_id)
    found = session.execute(query).all()
    return InMemory(np.array([row[0] for row in found], dtype=np.int64), signatures_from(row[1] for row in found))


def has_key(keys: Keys) -> TextClause:
    """Whether a band has one of these keys; written out, for thousands of bound numbers take longer to prepare."""
    listed = ", ".join(str(int(key)) for key in keys)
    return text(f"question_bands.key IN ({listed})")


def read_signatures(session: Session, ids: Sequence[int]) -> tuple[Numbers, Signatures]:
    """The signatures of these questions, by ascending ids."""
    found: list[tuple[int, bytes]] = []
    for some in _pieces(ids):
        query = select(QuestionSignature.question_id, QuestionSignature.signature)
        found += [
            (id_, stored) for id_, stored in session.execute(query.where(QuestionSignature.question_id.in_(some)))
        ]
    found.sort(key=lambda row: row[0])
    return np.array([row[0] for row in found], dtype=np.int64), signatures_from(row[1] for row in found)


def read_compared(session: Session, question_ids: Sequence[int]) -> list[Compared]:
    """The newest versions of these questions, without the withdrawn ones."""
    return [one for some in _pieces(question_ids) for one in _read_compared(session, some)]


def _read_compared(session: Session, question_ids: Sequence[int]) -> list[Compared]:
    version = QuestionVersion
    columns = (version.id, version.question_id, version.type, version.stem, version.answer_kind, version.tolerance)
    query = (
        select(*columns, version.source_file, version.source_place)
        .join(Question, Question.current_version_id == version.id)
        .where(Question.id.in_(question_ids), Question.state != QuestionState.WITHDRAWN)
        .order_by(version.question_id)
    )
    rows = session.execute(query).all()
    parts: dict[int, list[Part]] = {row[0]: [] for row in rows}
    listed = select(QuestionPart.version_id, QuestionPart.text, QuestionPart.is_true)
    listed = listed.where(QuestionPart.version_id.in_(parts)).order_by(QuestionPart.version_id, QuestionPart.position)
    for version_id, source, is_true in session.execute(listed):
        parts[version_id].append(Part(source, is_true))
    return [
        Compared(
            question_id,
            version_id,
            QuestionContent(
                QuestionType(type),
                stem,
                tuple(parts[version_id]),
                answer_kind=AnswerKind(kind) if kind else None,
                tolerance=tolerance,
            ),
            f"{file}, {place}" if file else "",
        )
        for version_id, question_id, type, stem, kind, tolerance, file, place in rows
    ]


def keep_signatures(session: Session, compared: Sequence[Compared], texts: Sequence[str]) -> None:
    """Write the signatures of these versions in place of what their questions had; they are to be compared.

    ``texts``: the folded text of each.
    """
    forget_signatures(session, [one.question_id for one in compared])
    if not compared:
        return
    signatures = signatures_of(texts)
    rows = [
        {
            "question_id": one.question_id,
            "version_id": one.version_id,
            "signature": bytes_of(signature),
            "is_compared": False,
        }
        for one, signature in zip(compared, signatures, strict=True)
    ]
    session.execute(insert(_SIGNATURES), rows)
    keys = band_keys(signatures).tolist()
    bands = {(key, one.question_id) for one, own in zip(compared, keys, strict=True) for key in own}
    session.execute(insert(_BANDS), [{"key": key, "question_id": id_} for key, id_ in sorted(bands)])


def forget_signatures(session: Session, question_ids: Sequence[int]) -> None:
    """Take these questions out of what is looked up."""
    for some in _pieces(question_ids):
        known, stored = read_signatures(session, some)
        keys = np.unique(band_keys(stored))
        for start in range(0, len(keys), KEYS_AT_ONCE):
            listed = has_key(keys[start : start + KEYS_AT_ONCE])
            session.execute(delete(QuestionBand).where(listed, QuestionBand.question_id.in_(known.tolist())))
        session.execute(delete(QuestionSignature).where(QuestionSignature.question_id.in_(some)))


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]
