"""The bank in columns: what a list filters, counts and sorts by, of every question, in memory.

A row is a version that somebody may meet: the newest of a question, and the published one where that is another. At
400,000 questions a column is half a megabyte and a count half a millisecond, so every count is exact and no filter is
slower than another. A shelf never changes: ``with_rows`` makes a new one. Pure; ``shelf_reading`` keeps it current.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

CURRENT, PUBLISHED = 1, 2
UNKNOWN = -1
FACET_NAMES = (
    *("subject", "grade", "topic", "level", "type", "state", "doubts", "explained", "used"),
    *("licence", "import", "organisation"),
)
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
        facets: a value for each of ``FACET_NAMES``, as an address writes it; ``-`` for none.
    """

    question_id: int
    version_id: int
    faces: int
    owner: int
    changed_at: int
    uses: int
    wrong: int
    facets: tuple[str, ...]


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


class Values:
    """The values of a facet, numbered as they come. Only ever grows, and so is shared by all shelves of a process."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.codes: dict[str, int] = {}

    def code_of(self, name: str) -> int:
        code = self.codes.get(name)
        if code is None:
            self.names.append(name)
            code = self.codes.setdefault(name, len(self.names) - 1)
        return code

    def code_all(self, names: Sequence[str]) -> Codes:
        for name in dict.fromkeys(names):
            self.code_of(name)
        return np.fromiter(map(self.codes.__getitem__, names), np.int32, len(names))


def new_values() -> dict[str, Values]:
    return {name: Values() for name in FACET_NAMES}


@dataclass(frozen=True, eq=False)
class Shelf:
    """Columns of one length, ordered by question. ``values``: the names behind the codes of each facet."""

    questions: Numbers
    versions: Numbers
    faces: NDArray[np.int8]
    owners: Numbers
    changed_at: Numbers
    uses: Numbers
    wrong: Numbers
    facets: Mapping[str, Codes]
    values: Mapping[str, Values] = field(default_factory=new_values)

    def __len__(self) -> int:
        return len(self.questions)

    def with_rows(self, rows: Sequence[ShelfRow], instead_of: Collection[int]) -> "Shelf":
        """A shelf with other rows for some questions, or with new questions."""
        stays = ~np.isin(self.questions, np.fromiter(instead_of, np.int64, len(instead_of)))
        new = shelf_of(rows, self.values)
        questions = np.concatenate([self.questions[stays], new.questions])
        order = np.argsort(questions, kind="stable")
        plain = {
            name: np.concatenate([getattr(self, name)[stays], getattr(new, name)])[order] for name in PLAIN_COLUMNS
        }
        facets = {name: np.concatenate([codes[stays], new.facets[name]])[order] for name, codes in self.facets.items()}
        return Shelf(**plain, facets=facets, values=self.values)

    def equals(self, facet: str, value: str) -> Mask:
        code = self.values[facet].codes.get(value, UNKNOWN)
        return np.equal(self.facets[facet], code)

    def within(self, facet: str, path: str) -> Mask:
        """The rows whose value is this path or lies below it."""
        names = self.values[facet].names
        fits = np.fromiter((name == path or name.startswith(path + ".") for name in list(names)), np.bool_)
        return fits[self.facets[facet]] if len(fits) else np.zeros(len(self), np.bool_)

    def among(self, version_ids: Sequence[int]) -> Mask:
        if not version_ids:
            return np.zeros(len(self), np.bool_)
        wanted = np.zeros(max(self.last_version, *version_ids) + 1, np.bool_)
        wanted[version_ids] = True
        return wanted[self.versions]

    @cached_property
    def last_version(self) -> int:
        return int(self.versions.max(initial=0))

    def counts(self, facet: str, mask: Mask) -> dict[str, int]:
        """Value -> how many rows of the mask have it; those that none has are left out."""
        names = self.values[facet].names
        counted = np.bincount(self.facets[facet][mask], minlength=len(names))
        return {names[code]: int(counted[code]) for code in np.flatnonzero(counted)}

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


PLAIN_COLUMNS = tuple(one.name for one in fields(Shelf) if one.name not in ("facets", "values"))
LAST = np.int64(2**62)


def shelf_of(rows: Iterable[ShelfRow], values: Mapping[str, Values] | None = None) -> Shelf:
    """A shelf of these rows, which must be ordered by question."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [() for _ in ShelfRow._fields]
    values = values if values is not None else new_values()
    facets = list(zip(*columns[-1], strict=True)) or [() for _ in FACET_NAMES]
    kinds = (np.int64, np.int64, np.int8, *[np.int64] * 4)
    plain = {
        name: np.array(column, kind) for name, column, kind in zip(PLAIN_COLUMNS, columns[:-1], kinds, strict=True)
    }
    coded = {name: values[name].code_all(column) for name, column in zip(FACET_NAMES, facets, strict=True)}
    return Shelf(**plain, facets=coded, values=values)
