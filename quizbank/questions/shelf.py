"""The bank in columns: what a list filters, counts and sorts by, of every question, in memory.

A row is a version that somebody may meet: the newest of a question, and the published one where that is another. At
400,000 questions a column is half a megabyte and a count half a millisecond, so every count is exact and no filter is
slower than another. Facets of few values share one column, whose values are combinations: one count of it counts them
all. A shelf never changes: ``with_rows`` makes a new one. Pure; ``shelf_reading`` keeps it current.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

CURRENT, PUBLISHED = 1, 2
UNKNOWN = -1
SMALL_FACETS = (
    *("subject", "grade", "level", "type", "state"),
    *("doubts", "explained", "used", "licence", "organisation"),
)
LARGE_FACETS = ("topic", "import")
Counts = dict[str, int]
T = TypeVar("T", bound=Hashable)
Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
Numbers = NDArray[np.int64]


class ShelfRow(NamedTuple):
    """A version as a list knows it.

    Attributes:
        faces: ``CURRENT`` if it is the newest version, plus ``PUBLISHED`` if it is the published one.
        owner: the person who made the question, 0 for nobody.
        changed_at: seconds since 1970; of a version that is only the published one, when it was published.
        uses: in papers and sittings, counted by night.
        wrong: the share of marks that answers missed, in thousandths; ``UNKNOWN`` where there are too few.
        topic: as an address writes it, like all that follows; ``-`` for none.
        imported: the import.
        small: a value for each of ``SMALL_FACETS``.
    """

    question_id: int
    version_id: int
    faces: int
    owner: int
    changed_at: int
    uses: int
    wrong: int
    topic: str
    imported: str
    small: tuple[str, ...]


class Sort(NamedTuple):
    """``column``: what is sorted by, the question's id where it is empty or equal."""

    column: str
    is_descending: bool = True


SORTS: Mapping[str, Sort] = {
    "newest": Sort(""),
    "oldest": Sort("", is_descending=False),
    "changed": Sort("changed_at"),
    "used": Sort("uses"),
    "hardest": Sort("wrong"),
    "easiest": Sort("wrong", is_descending=False),
}


class Key(NamedTuple):
    """Where a page begins: behind this question, in the order of the list."""

    value: int
    question_id: int

    def __str__(self) -> str:
        return f"{self.value}_{self.question_id}" if self.value else str(self.question_id)


def key_from(text: str | None) -> Key | None:
    """A key as an address writes it; None for anything else."""
    value, _, question_id = (text or "").rpartition("_")
    try:
        found = Key(int(value or 0), int(question_id))
    except ValueError:
        return None
    return found if max(map(abs, found)) < 2**62 else None


class Values(Generic[T]):
    """The values of a column, numbered as they come. Only ever grows, and so is shared by all shelves of a process."""

    def __init__(self) -> None:
        self.names: list[T] = []
        self.codes: dict[T, int] = {}

    def code_of(self, name: T) -> int:
        code = self.codes.get(name)
        if code is None:
            self.names.append(name)
            code = self.codes.setdefault(name, len(self.names) - 1)
        return code

    def code_all(self, names: Sequence[T]) -> Codes:
        return np.fromiter(map(self.code_of, names), np.int32, len(names))

    def fitting(self, fits: Callable[[T], bool]) -> Mask:
        """Code -> whether its value fits."""
        names = list(self.names)
        return np.fromiter(map(fits, names), np.bool_, len(names))


class Names:
    """The values behind the codes of a shelf. A combination of small facets is known by its place in ``small``.

    ``lock``: threads that count at once share ``parts``; one of them numbers what is new.
    """

    def __init__(self) -> None:
        self.large: dict[str, Values[str]] = {name: Values() for name in LARGE_FACETS}
        self.small: Values[tuple[str, ...]] = Values()
        self.parts: dict[str, Values[str]] = {name: Values() for name in SMALL_FACETS}
        self.codes: dict[str, Codes] = {name: np.zeros(0, np.int32) for name in SMALL_FACETS}
        self.lock = Lock()

    def codes_of(self, facet: str) -> Codes:
        """Code of a combination -> code of this facet's value in it."""
        known = self.codes[facet]
        if len(known) >= len(self.small.names):
            return known
        with self.lock:
            known, place = self.codes[facet], SMALL_FACETS.index(facet)
            new = [names[place] for names in self.small.names[len(known) :]]
            self.codes[facet] = np.concatenate([known, self.parts[facet].code_all(new)])
            return self.codes[facet]

    def sums(self, facet: str, counted: Numbers) -> Counts:
        """Value -> the sum over all combinations that have it."""
        sums = np.bincount(self.codes_of(facet)[: len(counted)], weights=counted)
        names = self.parts[facet].names
        return {names[code]: int(sums[code]) for code in np.flatnonzero(sums).tolist()}


@dataclass(frozen=True, eq=False)
class Shelf:
    """Columns of one length, ordered by question. ``small``: codes of combinations of the small facets."""

    questions: Numbers
    versions: Numbers
    faces: NDArray[np.int8]
    owners: Numbers
    changed_at: Numbers
    uses: Numbers
    wrong: Numbers
    topic: Codes
    imported: Codes
    small: Codes
    names: Names = field(default_factory=Names)

    def __len__(self) -> int:
        return len(self.questions)

    def with_rows(self, rows: Sequence[ShelfRow], instead_of: Collection[int]) -> "Shelf":
        """A shelf with other rows for some questions, or with new questions."""
        stays = ~np.isin(self.questions, np.fromiter(instead_of, np.int64, len(instead_of)))
        new = shelf_of(rows, self.names)
        questions = np.concatenate([self.questions[stays], new.questions])
        order = np.argsort(questions, kind="stable")
        columns = {name: np.concatenate([getattr(self, name)[stays], getattr(new, name)])[order] for name in COLUMNS}
        return Shelf(**columns, names=self.names)

    def large(self, facet: str) -> Codes:
        return self.topic if facet == "topic" else self.imported

    def equals(self, facet: str, value: str) -> Mask:
        if facet in LARGE_FACETS:
            return np.equal(self.large(facet), self.names.large[facet].codes.get(value, UNKNOWN))
        codes = self.names.codes_of(facet)
        return self._fitting(np.equal(codes, self.names.parts[facet].codes.get(value, UNKNOWN)), self.small)

    def within(self, facet: str, path: str) -> Mask:
        """The rows whose value is this path or lies below it."""
        fits = self.names.large[facet].fitting(lambda name: name == path or name.startswith(path + "."))
        return self._fitting(fits, self.large(facet))

    def _fitting(self, fits: Mask, codes: Codes) -> Mask:
        return fits[codes] if len(fits) else np.zeros(len(self), np.bool_)

    def among(self, version_ids: Sequence[int]) -> Mask:
        if not version_ids:
            return np.zeros(len(self), np.bool_)
        wanted = np.zeros(max(self.last_version, *version_ids) + 1, np.bool_)
        wanted[version_ids] = True
        return wanted[self.versions]

    @cached_property
    def last_version(self) -> int:
        return int(self.versions.max(initial=0))

    def counts(self, mask: Mask) -> dict[str, Counts]:
        """Facet -> value -> how many rows of the mask have it; values that none has are left out."""
        rows = None if mask.all() else np.flatnonzero(mask)
        return {**self._small_counts(rows), **{name: self._large_counts(name, rows) for name in LARGE_FACETS}}

    def count(self, facet: str, mask: Mask) -> Counts:
        """The counts of one facet."""
        rows = np.flatnonzero(mask)
        return self._large_counts(facet, rows) if facet in LARGE_FACETS else self._small_counts(rows)[facet]

    def _small_counts(self, rows: Numbers | None) -> dict[str, Counts]:
        counted = _counted(self.small, rows)
        return {name: self.names.sums(name, counted) for name in SMALL_FACETS}

    def _large_counts(self, facet: str, rows: Numbers | None) -> Counts:
        counted = _counted(self.large(facet), rows)
        names = self.names.large[facet].names
        return {names[code]: int(counted[code]) for code in np.flatnonzero(counted).tolist()}

    def page(self, mask: Mask, sort: Sort, after: Key | None, limit: int) -> list[int]:
        """The first rows of the mask behind ``after``, at most ``limit``, in order."""
        sign = -1 if sort.is_descending else 1
        if not sort.column:
            rows = np.flatnonzero(mask)
            if after is not None:
                place = int(np.searchsorted(self.questions[rows], after.question_id, "left" if sign < 0 else "right"))
                rows = rows[:place] if sign < 0 else rows[place:]
            return [int(row) for row in (rows[::-1] if sign < 0 else rows)[:limit]]
        return self._page_by(getattr(self, sort.column), mask, sign, after, limit)

    def _page_by(self, column: Numbers, mask: Mask, sign: int, after: Key | None, limit: int) -> list[int]:
        """Sorted by a column: what is unknown comes last, whichever way; of equals the newest question first."""
        rows = np.flatnonzero(mask)
        ranks = np.where(column[rows] == UNKNOWN, LAST, column[rows] * sign)
        if after is not None:
            rank = LAST if after.value == UNKNOWN else after.value * sign
            behind = (ranks > rank) | ((ranks == rank) & (self.questions[rows] < after.question_id))
            rows, ranks = rows[behind], ranks[behind]
        if len(rows) > limit:
            bound = np.partition(ranks, limit - 1)[limit - 1]
            first, equal = np.flatnonzero(ranks < bound), np.flatnonzero(ranks == bound)
            some = np.concatenate([first, equal[::-1][: limit - len(first)]])
            rows, ranks = rows[some], ranks[some]
        order = np.lexsort((-self.questions[rows], ranks))
        return [int(row) for row in rows[order][:limit]]

    def key_of(self, row: int, sort: Sort) -> Key:
        return Key(int(getattr(self, sort.column)[row]) if sort.column else 0, int(self.questions[row]))


COLUMNS = tuple(one.name for one in fields(Shelf) if one.name != "names")
LAST = np.int64(2**62)


def joined(shelves: Sequence[Shelf], names: Names) -> Shelf:
    """Shelves of the same names as one, in the order given."""
    if not shelves:
        return shelf_of((), names)
    return Shelf(**{name: np.concatenate([getattr(one, name) for one in shelves]) for name in COLUMNS}, names=names)


def _counted(codes: Codes, rows: Numbers | None) -> Numbers:
    return np.bincount(codes if rows is None else codes.take(rows))


def shelf_of(rows: Iterable[ShelfRow], names: Names | None = None) -> Shelf:
    """A shelf of these rows, which must be ordered by question."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [() for _ in ShelfRow._fields]
    names = names or Names()
    *plain, topic, imported, small = columns
    kinds = (np.int64, np.int64, np.int8, *[np.int64] * 4)
    made = {name: np.array(one, kind) for name, one, kind in zip(COLUMNS, plain, kinds, strict=False)}
    return Shelf(
        **made,
        topic=names.large["topic"].code_all(topic),
        imported=names.large["import"].code_all(imported),
        small=names.small.code_all(small),
        names=names,
    )
