"""Questions that belong together through any chain of pairs. Pure."""

from collections.abc import Iterable


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
