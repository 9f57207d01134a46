"""What papers of one subject may be drawn from, in columns: where each question stands, how hard it is, its relatives.

A row is a question with the version that is used: the published one, or a draft of its owner that no reader of papers
doubted. A stock never changes: ``with_rows`` makes a new one. Pure; ``stock_reading`` keeps it current.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizbank.questions.shelf import Values
from quizbank.quizzes.estimates import statement_counts
from quizbank.quizzes.priors import Prior, prior_of

Numbers = NDArray[np.int64]
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
Ranks = NDArray[np.uint64]
SHARE_UNIT = 10_000
"""Shares of marks are whole ten-thousandths, so that every machine adds up the same."""
NOTHING = 0


class Place(NamedTuple):
    """Where a question stands, and all that is expected of it by that. ``statements`` as ``levels_text`` writes it."""

    programme: str
    grade: int | None
    topic: str | None
    level: str | None
    type: str
    statements: str
    has_text: bool


class StockRow(NamedTuple):
    """A question that may be drawn. ``passage``, ``family``: 0 for none; ``owner``: 0 for nobody."""

    question_id: int
    version_id: int
    is_published: bool
    owner: int
    passage: int
    family: int
    uses: int
    answers: int
    wrong_fraction: float
    place: Place


class Places(Values[Place]):
    """The places of a stock, and which of them each cell of a matrix takes: remembered, for matrices come again."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[Hashable, Mask] = {}

    def fitting_as(self, name: Hashable, fits: Callable[[Place], bool]) -> Mask:
        """Code -> whether its place fits; ``name`` says all that ``fits`` depends on."""
        known = self.known.get(name, NO_MASK)
        names = self.names[len(known) :]
        if names:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            known = np.concatenate([known, np.fromiter(map(fits, names), np.bool_, len(names))])
            self.known[name] = known
        return known


NO_MASK = np.zeros(0, np.bool_)
MOST_KNOWN = 2_000


@dataclass(frozen=True, eq=False)
class Stock:
    """Columns of one length, ordered by question. ``shares``: the expected share of marks in ten-thousandths."""

    subject: str
    questions: Numbers
    versions: Numbers
    is_published: Mask
    owners: Numbers
    passages: Numbers
    families: Numbers
    uses: Numbers
    answers: Numbers
    shares: Numbers
    places: Codes
    names: Places = field(default_factory=Places)

    def __len__(self) -> int:
        return len(self.questions)

    def with_rows(self, rows: Sequence[StockRow], instead_of: Collection[int]) -> "Stock":
        """A stock with other rows for some questions, or with new questions."""
        stays = ~np.isin(self.questions, np.fromiter(instead_of, np.int64, len(instead_of)))
        new = stock_of(self.subject, rows, self.names)
        order = np.argsort(np.concatenate([self.questions[stays], new.questions]), kind="stable")
        columns = {name: np.concatenate([getattr(self, name)[stays], getattr(new, name)])[order] for name in COLUMNS}
        return Stock(self.subject, **columns, names=self.names)

    def rows_of(self, question_ids: Collection[int]) -> dict[int, int]:
        """Question -> its row; questions that are not in stock are left out."""
        wanted = np.fromiter(question_ids, np.int64, len(question_ids))
        if not len(self) or not len(wanted):
            return {}
        rows = np.minimum(np.searchsorted(self.questions, wanted), len(self) - 1)
        found = self.questions[rows] == wanted
        return dict(zip(wanted[found].tolist(), rows[found].tolist(), strict=True))


COLUMNS = tuple(one.name for one in fields(Stock) if one.name not in ("subject", "names"))


def stock_of(subject: str, rows: Sequence[StockRow], names: Places | None = None) -> Stock:
    """A stock of these rows, which must be ordered by question."""
    names = names or Places()
    columns: list[Sequence[object]] = list(zip(*rows, strict=True)) or [() for _ in StockRow._fields]
    questions, versions, is_published, owners, passages, families, uses, answers, wrong, places = columns
    counted, missed = np.array(answers, np.int64), np.array(wrong, np.float64)
    priors = [expected(place, subject) for place in places if isinstance(place, Place)]
    whole = (np.array(one, np.int64) for one in (questions, versions, owners, passages, families, uses))
    return Stock(
        subject,
        **dict(zip(("questions", "versions", "owners", "passages", "families", "uses"), whole, strict=True)),
        is_published=np.array(is_published, np.bool_),
        answers=counted,
        shares=shares_of(priors, counted, missed),
        places=names.code_all([place for place in places if isinstance(place, Place)]),
        names=names,
    )


def expected(place: Place, subject: str) -> Prior:
    return prior_of(place.type, place.level, statement_counts(place.statements), subject, place.has_text)


def shares_of(priors: Sequence[Prior], answers: Numbers, wrong: NDArray[np.float64]) -> Numbers:
    """The estimates of ``estimates.estimate_of``, for many questions at once."""
    weights = np.array([one.answers for one in priors], np.float64)
    means = np.array([one.right_fraction for one in priors], np.float64)
    shares = (weights * means + answers * (1 - wrong)) / (weights + answers) if len(priors) else means
    return np.rint(shares * SHARE_UNIT).astype(np.int64)


def ranks_of(questions: Numbers, passages: Numbers, seed: int) -> Ranks:
    """A fixed random rank for every question under a seed, in which the questions of a passage are neighbours."""
    groups = np.where(passages == NOTHING, -1 - questions, passages)
    return (
        random_numbers(groups, seed, "group") & ~LAST_BITS | random_numbers(questions, seed, "question") >> FIRST_BITS
    )


FIRST_BITS = np.uint64(48)
LAST_BITS = np.uint64(2**16 - 1)


def random_numbers(numbers: Numbers, seed: int, use: str) -> Ranks:
    """A fixed 64-bit random number for each number (SplitMix64, keyed by seed and use)."""
    digest = sha256(f"{use}\x1f{seed}".encode()).digest()
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(int.from_bytes(digest[:8], "big"))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
