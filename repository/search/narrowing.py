"""What a search page offers to narrow, widen or sort a result. All of it is addresses: it works without JavaScript.

Filters typed in the text and filters of the address are one: every link writes them into the address.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote_plus

from repository.search.descriptions import FACET_LABELS, label_of
from repository.search.documents import FacetCount, SearchQuery
from repository.search.language import asked_of

PAGE = "/search"
SHOWN_FACETS = (
    "subject",
    "grade",
    "topic",
    "level",
    "type",
    "media",
    "difficulty",
    "explained",
    "year",
    "organisation",
    "licence",
    "programme",
)
FIRST_VALUES = 8
MOST_VALUES = 32
MEANINGLESS_ALONE = frozenset({"programme", "explained", "year", "licence", "organisation", "difficulty"})
IN_ORDER = {"difficulty": ("easy", "medium", "hard")}


@dataclass(frozen=True)
class Choice:
    """A link that chooses something, or gives it up again. ``depth`` counts from 0 in a tree."""

    key: str
    label: str
    href: str
    count: int = 0
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True)
class FacetGroup:
    """``first`` are shown at once, ``more`` on demand."""

    name: str
    label: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a search page was asked for, with the filters typed in the text taken out of it."""

    text: str
    kind: str
    sort: str
    chosen: Mapping[str, tuple[str, ...]]
    as_typed: bool = False

    @classmethod
    def of(cls, query: SearchQuery) -> "Wanted":
        asked = asked_of(query.text)
        typed = dict(asked.filters)
        kinds = typed.pop("kind", ())
        chosen = {name: tuple(values) for name, values in query.filters.items()}
        for name, values in typed.items():
            chosen[name] = tuple(dict.fromkeys((*chosen.get(name, ()), *values)))
        text = asked.said if asked.filters else query.text
        return cls(text, query.kind or (kinds[0] if kinds else ""), query.sort, chosen, query.as_typed)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The address, taken apart; a sort by relevance goes without saying."""
        sort = "" if self.sort == "relevance" else self.sort
        as_typed = "true" if self.as_typed else ""
        first = (("q", self.text), ("kind", self.kind), ("sort", sort), ("as_typed", as_typed))
        filters = ((name, value) for name, values in self.chosen.items() for value in values)
        return (*(pair for pair in first if pair[1]), *filters)

    def address(self, **changed: Iterable[str]) -> str:
        """The page with other values of some parameters, from its first hit on."""
        return address(self.without(*changed), ((name, value) for name, values in changed.items() for value in values))

    def without(self, *names: str) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] not in names]

    def toggles(self, name: str) -> "Toggles":
        return Toggles(name, self.chosen.get(name, ()), address(self.without(name)))


@dataclass(frozen=True)
class Toggles:
    """Addresses of the values of one facet; the values of a facet are alternatives to each other."""

    name: str
    chosen: tuple[str, ...]
    base: str

    def href(self, value: str) -> str:
        is_chosen = value in self.chosen
        values = [other for other in self.chosen if other != value] if is_chosen else [*self.chosen, value]
        parts = "&".join(f"{self.name}={quote_plus(value)}" for value in values)
        return self.base + (("&" if "?" in self.base else "?") + parts if parts else "")


def address(*groups: Iterable[tuple[str, str]]) -> str:
    parts = "&".join(f"{name}={quote_plus(value)}" for pairs in groups for name, value in pairs)
    return f"{PAGE}?{parts}" if parts else PAGE


def chips_of(wanted: Wanted, locale: str) -> tuple[Choice, ...]:
    """Every filter that holds, with the address that gives it up."""
    return tuple(
        Choice(f"{name}:{value}", label_of(name, value, locale), wanted.toggles(name).href(value), is_chosen=True)
        for name, values in wanted.chosen.items()
        for value in values
    )


def groups_of(
    wanted: Wanted, facets: Mapping[str, Sequence[FacetCount]], locale: str, *, most_open: int = 6
) -> tuple[FacetGroup, ...]:
    """The facets worth showing: those chosen, and those that would narrow the result."""
    groups: list[FacetGroup] = []
    for name in SHOWN_FACETS:
        chosen = wanted.chosen.get(name, ())
        make = topic_choices if name == "topic" else value_choices
        choices = make(name, wanted.toggles(name), facets.get(name, ()), locale)
        if chosen or len(choices) > 1 or (choices and name not in MEANINGLESS_ALONE):
            is_open = bool(chosen) or len(groups) < most_open
            label = str(FACET_LABELS[name])
            groups.append(FacetGroup(name, label, choices[:FIRST_VALUES], choices[FIRST_VALUES:MOST_VALUES], is_open))
    return tuple(groups)


def value_choices(name: str, toggles: Toggles, counts: Sequence[FacetCount], locale: str) -> tuple[Choice, ...]:
    """The values most often met; the chosen ones come first where there are many, even when nothing has them."""
    known = {count.value: count.count for count in counts}
    shown = dict.fromkeys([*toggles.chosen, *known] if len(known) > FIRST_VALUES else [*known, *toggles.chosen])
    values = list(shown)[:MOST_VALUES]
    if name == "grade":
        values.sort(key=lambda value: int(value) if value.isdecimal() else 0)
    elif name == "year":
        values.sort(reverse=True)
    elif name in IN_ORDER:
        values = [value for value in IN_ORDER[name] if value in shown]
    return tuple(
        Choice(
            f"{name}:{value}",
            label_of(name, value, locale),
            toggles.href(value),
            known.get(value, 0),
            value in toggles.chosen,
        )
        for value in values
    )


def topic_choices(name: str, toggles: Toggles, counts: Sequence[FacetCount], locale: str) -> tuple[Choice, ...]:
    """The topics as a tree: the level at which they first part, and the way down to every chosen one.

    Where they part by subject there is nothing to say that the subjects don't say already.
    """
    known = with_ancestors({count.value: count.count for count in counts}, toggles.chosen)
    below: dict[str, list[str]] = {}
    for topic in known:
        below.setdefault(topic.rpartition(".")[0], []).append(topic)
    start = ""
    while len(below.get(start, ())) == 1 and below[start][0] not in toggles.chosen:
        start = below[start][0]
    if not start and not toggles.chosen:
        return ()
    return tuple(
        Choice(
            f"{name}:{topic}",
            label_of(name, topic, locale),
            toggles.href(topic),
            known[topic],
            topic in toggles.chosen,
            depth,
        )
        for topic, depth in walk(below, start if below.get(start) else start.rpartition(".")[0], toggles.chosen, known)
    )


def with_ancestors(counts: Mapping[str, int], chosen: Iterable[str]) -> dict[str, int]:
    """The counts with those of all that stands above; one that the engine did not count has the sum below it."""
    sums: dict[str, int] = {}
    for topic, count in [*counts.items(), *((value, 0) for value in chosen if value not in counts)]:
        sums[topic] = sums.get(topic, 0) + count
        parent = topic.rpartition(".")[0]
        while parent and parent not in counts:
            sums[parent] = sums.get(parent, 0) + count
            parent = parent.rpartition(".")[0]
    return {topic: counts.get(topic, total) for topic, total in sums.items()}


def walk(
    below: Mapping[str, Sequence[str]], start: str, chosen: Sequence[str], known: Mapping[str, int], depth: int = 0
) -> Iterable[tuple[str, int]]:
    """The children of a topic, most often met first, and below them what leads to a chosen one or stands below it."""
    for topic in sorted(below.get(start, ()), key=lambda topic: (-known[topic], topic)):
        yield topic, depth
        if any(value == topic or value.startswith(topic + ".") for value in chosen):
            yield from walk(below, topic, chosen, known, depth + 1)
