"""Questions that belong together through any chain of pairs. Pure."""

from collections.abc import Iterable, Mapping


def families_of(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The family of every question that is in a pair, named by its smallest question."""
    parents: dict[int, int] = {}

    def root_of(one: int) -> int:
        while parents.setdefault(one, one) != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    for left, right in pairs:
        smaller, larger = sorted((root_of(left), root_of(right)))
        parents[larger] = smaller
    return {one: root_of(one) for one in list(parents)}


def joined_families(decided: Mapping[int, int], born: Mapping[int, int]) -> dict[int, int]:
    """The families that people decided, joined by those into which questions were born.

    Args:
        decided: question -> the smallest question of its family.
        born: question -> the number of the template it was made of.
    """
    first: dict[int, int] = {}
    return families_of([*decided.items(), *((one, first.setdefault(family, one)) for one, family in born.items())])
