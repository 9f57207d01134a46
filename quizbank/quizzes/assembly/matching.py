"""Who gets which question where cells want the same: a largest assignment, and its deal to several forms. Pure."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Assignment:
    """Questions given to strata so far. A family gives at most ``capacity`` of its questions."""

    lists: Sequence[Sequence[int]]
    key_of: Mapping[int, int]
    capacity: int
    owner: dict[int, int] = field(default_factory=dict)
    given: dict[int, list[int]] = field(default_factory=dict)

    def is_open(self, question: int) -> bool:
        """Whether the family of the question can give one more."""
        return len(self.given.get(self.key_of[question], ())) < self.capacity

    def give(self, stratum: int, question: int) -> None:
        self.owner[question] = stratum
        self.given.setdefault(self.key_of[question], []).append(question)

    def take_back(self, question: int) -> None:
        del self.owner[question]
        self.given[self.key_of[question]].remove(question)

    def augment(self, start: int) -> bool:
        """Give ``start`` one question more by moving others along the shortest chain; False when none exists.

        A step of the chain: a stratum gets ``question`` and with it ``lost`` is taken from another stratum, because it
        is the same question, or one of a family that gives no more.
        """
        came_by: dict[int, tuple[int, int, int]] = {}
        seen = {start}
        queue = deque([start])
        while queue:
            stratum = queue.popleft()
            for question in self.lists[stratum]:
                if question in self.owner:
                    losses: Sequence[int] = (question,)
                elif self.is_open(question):
                    self._shift(start, stratum, question, came_by)
                    return True
                else:
                    losses = self.given[self.key_of[question]]
                for lost in losses:
                    other = self.owner[lost]
                    if other not in seen:
                        seen.add(other)
                        came_by[other] = (stratum, question, lost)
                        queue.append(other)
        return False

    def _shift(self, start: int, stratum: int, question: int, came_by: Mapping[int, tuple[int, int, int]]) -> None:
        """Walk the chain back to ``start``; every stratum on it gives up one question and gets another."""
        gains = [(stratum, question)]
        while stratum != start:
            stratum, question, lost = came_by[stratum]
            self.take_back(lost)
            gains.append((stratum, question))
        for stratum, question in gains:
            self.give(stratum, question)


def match(
    counts: Sequence[int], lists: Sequence[Sequence[int]], key_of: Mapping[int, int], capacity: int = 1
) -> list[list[int]]:
    """A largest assignment of questions to strata, in which each takes what comes first in its list and is free.

    The stratum with the shortest list chooses first, and gives way only where the whole would be smaller otherwise.

    Args:
        counts: how many questions each stratum wants.
        lists: for each stratum the questions that fit it, first choice first.
        key_of: question -> its family; a family gives at most ``capacity`` questions, each question stands once.

    Returns:
        For each stratum its questions in the order of its list: as many as it wants, or fewer where there are no more.
    """
    found = Assignment(lists, key_of, capacity)
    for stratum in sorted(range(len(counts)), key=lambda one: len(lists[one])):
        left = counts[stratum]
        for question in lists[stratum]:
            if left and question not in found.owner and found.is_open(question):
                found.give(stratum, question)
                left -= 1
        while left and found.augment(stratum):
            left -= 1
    return [[one for one in some if found.owner.get(one) == stratum] for stratum, some in enumerate(lists)]


def deal(slots: Sequence[Sequence[int]], key_of: Mapping[int, int], forms: int) -> list[list[int]]:
    """Deal the questions of each slot to as many forms, one to each, so that no form gets two of a family.

    Args:
        slots: each with ``forms`` questions; no family has more than ``forms`` of them all.

    Returns:
        For each form its question from every slot.

    Source: colouring the edges of a bipartite graph with as many colours as its largest degree (König 1916).
    """
    at_slot: list[dict[int, int]] = [{} for _ in slots]
    at_family: dict[int, dict[int, int]] = {}
    slot_of = {question: place for place, slot in enumerate(slots) for question in slot}
    for place, slot in enumerate(slots):
        for number, question in enumerate(slot):
            family = at_family.setdefault(key_of[question], {})
            wanted = number if number not in family and number not in at_slot[place] else None
            free = wanted if wanted is not None else _first_free(at_slot[place], forms)
            if free in family:
                _flip(question, free, _first_free(family, forms), at_slot, at_family, slot_of, key_of)
            at_slot[place][free] = question
            family[free] = question
    return [[at_slot[place][form] for place in range(len(slots))] for form in range(forms)]


def _first_free(colours: Mapping[int, int], forms: int) -> int:
    return next(form for form in range(forms) if form not in colours)


def _flip(
    question: int,
    free: int,
    other: int,
    at_slot: Sequence[dict[int, int]],
    at_family: Mapping[int, dict[int, int]],
    slot_of: Mapping[int, int],
    key_of: Mapping[int, int],
) -> None:
    """Change ``free`` and ``other`` along the chain that begins at the question's family, so that ``free`` is free."""
    chain = []
    colours, colour = at_family[key_of[question]], free
    while colour in colours:
        link = colours[colour]
        chain.append((link, colour))
        is_at_slot = len(chain) % 2 == 1
        colours = at_slot[slot_of[link]] if is_at_slot else at_family[key_of[link]]
        colour = other if colour == free else free
    for link, colour in chain:
        for place in (at_slot[slot_of[link]], at_family[key_of[link]]):
            if place.get(colour) == link:
                del place[colour]
    for link, colour in chain:
        changed = other if colour == free else free
        at_slot[slot_of[link]][changed] = link
        at_family[key_of[link]][changed] = link
