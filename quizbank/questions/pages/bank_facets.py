"""What the list of the bank offers to narrow, widen and sort it: addresses, so that it works without JavaScript."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from urllib.parse import quote_plus

from flask_babel import get_locale
from flask_babel import gettext as _

from quizbank.questions.filtering import EVERYTHING, FALLS_WITH, NONE, YES, QuestionFilter
from quizbank.questions.listing import DEFAULT_SORT, BankPage
from quizbank.questions.pages.blueprint import licence_labels, name_of, state_labels, type_labels
from repository.search.documents import FacetCount
from repository.search.narrowing import FIRST_VALUES, MOST_VALUES, Choice, FacetGroup, Toggles, topic_choices

PAGE = "/questions"
PARAMETERS = {"import_id": "import", "organisation_id": "organisation", "is_own": "own"}
OPEN_AT_FIRST = frozenset({"subject", "grade", "topic", "level", "type", "state"})
ALWAYS_WORTH = frozenset({"subject", "grade", "state"})
Names = Mapping[str, Mapping[str, str]]


def facet_labels() -> dict[str, str]:
    return {
        "text": _("Có chữ"),
        "tag": _("Nhãn"),
        "subject": _("Môn"),
        "grade": _("Lớp"),
        "topic": _("Chủ đề"),
        "level": _("Mức độ"),
        "type": _("Dạng câu hỏi"),
        "state": _("Tình trạng"),
        "own": _("Người soạn"),
        "doubts": _("Điều còn ngờ"),
        "explained": _("Lời giải"),
        "used": _("Đã dùng"),
        "licence": _("Giấy phép"),
        "import": _("Lần nhập"),
        "organisation": _("Đơn vị"),
    }


def sort_labels() -> dict[str, str]:
    return {
        "newest": _("Mới nhất"),
        "oldest": _("Cũ nhất"),
        "changed": _("Vừa thay đổi"),
        "used": _("Dùng nhiều nhất"),
        "hardest": _("Khó nhất"),
        "easiest": _("Dễ nhất"),
    }


def value_label(name: str, value: str, names: Names) -> str:
    """A facet's value in the reader's words."""
    if value == NONE:
        return without_label(name)
    if name == "grade":
        return str(_("Lớp %(grade)s", grade=value))
    if name in ("subject", "topic", "level"):
        return name_of(value)
    fixed = {"type": type_labels, "state": state_labels, "licence": licence_labels}
    if name in fixed:
        return fixed[name]().get(value, value)
    if name in ("doubts", "explained", "used", "own"):
        return flag_label(name, value == YES)
    if name == "import":
        return f"#{value} {names.get(name, {}).get(value, '')}".strip()
    return names.get(name, {}).get(value, value)


def without_label(name: str) -> str:
    words = {
        "grade": _("Chưa xếp lớp"),
        "topic": _("Chưa xếp chủ đề"),
        "level": _("Chưa xếp mức độ"),
        "licence": _("Không ghi giấy phép"),
        "import": _("Không nhập từ tệp"),
    }
    return str(words.get(name) or _("Không có"))


def flag_label(name: str, is_so: bool) -> str:
    words = {
        "doubts": (_("Còn điều ngờ"), _("Không còn điều ngờ")),
        "explained": (_("Có lời giải"), _("Không có lời giải")),
        "used": (_("Đã dùng trong đề hay bài làm"), _("Chưa dùng")),
        "own": (_("Chỉ câu của tôi"), _("Của mọi người")),
    }
    return str(words[name][0 if is_so else 1])


def pairs_of(wanted: QuestionFilter, sort: str = DEFAULT_SORT) -> list[tuple[str, str]]:
    """The list's address, taken apart."""
    pairs = [("sort", sort)] if sort != DEFAULT_SORT else []
    for one in fields(wanted):
        value = getattr(wanted, one.name)
        if value in ("", None) or value is False:
            continue
        pairs.append((PARAMETERS.get(one.name, one.name), YES if value is True else str(value or NONE)))
    return pairs


def address(pairs: Iterable[tuple[str, str]]) -> str:
    parts = "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)
    return f"{PAGE}?{parts}" if parts else PAGE


class OneOf(Toggles):
    """Addresses of the values of a facet of which one may be chosen."""

    def href(self, value: str) -> str:
        return (
            self.base
            if value in self.chosen
            else f"{self.base}{'&' if '?' in self.base else '?'}{self.name}={quote_plus(value)}"
        )


@dataclass(frozen=True)
class BankView:
    """The list of the bank as a page shows it. ``names``: of imports and organisations, by facet and value."""

    wanted: QuestionFilter
    sort: str
    page: BankPage
    names: Names

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        return pairs_of(self.wanted, self.sort)

    def without(self, *names: str) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] not in names]

    def toggles(self, name: str) -> OneOf:
        chosen = tuple(value for other, value in self.pairs if other == name)
        return OneOf(name, chosen, address(self.without(name, *FALLS_WITH.get(name, ()))))

    @property
    def chips(self) -> list[Choice]:
        """Every filter that holds, with the address that gives it up."""
        labels = facet_labels()
        return [
            Choice(f"{name}:{value}", self._chip_label(name, value, labels[name]), address(self.without(name)))
            for name, value in self.pairs
            if name != "sort"
        ]

    def _chip_label(self, name: str, value: str, label: str) -> str:
        if name in ("text", "tag"):
            return f"{label}: {value}"
        return value_label(name, value, self.names)

    @property
    def everything(self) -> str:
        """The list with no filter, in the order chosen."""
        return address(pair for pair in self.pairs if pair[0] == "sort")

    @property
    def sorts(self) -> list[Choice]:
        kept = self.without("sort")
        return [
            Choice(f"sort:{name}", label, address([*kept, *pairs_of(EVERYTHING, name)]), is_chosen=name == self.sort)
            for name, label in sort_labels().items()
        ]

    @property
    def groups(self) -> list[FacetGroup]:
        """The facets worth showing: those chosen, and those that part what is found."""
        labels = facet_labels()
        own = {"own": {YES: self.page.own}} if self.page.own or self.wanted.is_own else {}
        groups = []
        for name, counts in {**self.page.facets, **own}.items():
            toggles = self.toggles(name)
            make = self._topics if name == "topic" else self._values
            choices = make(toggles, counts)
            if toggles.chosen or len(choices) > 1 or (choices and name in {*ALWAYS_WORTH, "own"}):
                is_open = bool(toggles.chosen) or name in OPEN_AT_FIRST
                first, more = tuple(choices[:FIRST_VALUES]), tuple(choices[FIRST_VALUES:MOST_VALUES])
                groups.append(FacetGroup(name, labels[name], first, more, is_open))
        return groups

    def _values(self, toggles: Toggles, counts: Mapping[str, int]) -> list[Choice]:
        values = sorted(counts, key=ORDERS.get(toggles.name, lambda value: (-counts[value], value)))
        missing = [value for value in toggles.chosen if value not in counts]
        chosen_first = sorted([*values, *missing], key=lambda value: value not in toggles.chosen)
        shown = chosen_first if len(values) > FIRST_VALUES else [*values, *missing]
        return [self._choice(toggles, value, counts.get(value, 0)) for value in shown[:MOST_VALUES]]

    def _topics(self, toggles: Toggles, counts: Mapping[str, int]) -> list[Choice]:
        """The topics as a tree; where several subjects are left, the subjects say enough."""
        placed = [FacetCount(value, count) for value, count in counts.items() if value != NONE]
        chosen = tuple(value for value in toggles.chosen if value != NONE)
        tree = topic_choices("topic", OneOf("topic", chosen, toggles.base), placed, str(get_locale()))
        bare = [NONE] if (tree and NONE in counts) or NONE in toggles.chosen else []
        return [*tree, *(self._choice(toggles, value, counts.get(value, 0)) for value in bare)]

    def _choice(self, toggles: Toggles, value: str, count: int) -> Choice:
        label = value_label(toggles.name, value, self.names)
        return Choice(f"{toggles.name}:{value}", label, toggles.href(value), count, value in toggles.chosen)


def _by_number(value: str) -> tuple[int, str]:
    return (int(value) if value.isdecimal() else 99, value)


def _newest_first(value: str) -> tuple[int, str]:
    return (-int(value) if value.isdecimal() else 1, value)


ORDERS: Mapping[str, Callable[[str], tuple[int, str]]] = {"grade": _by_number, "import": _newest_first}


def ids_shown(page: BankPage, wanted: QuestionFilter) -> tuple[Sequence[int], Sequence[int]]:
    """The imports and organisations whose names the page needs."""
    imports = sorted(page.facets.get("import", {}), key=_newest_first)[:MOST_VALUES]
    organisations = page.facets.get("organisation", {})
    most = sorted(organisations, key=lambda value: (-organisations[value], value))[:MOST_VALUES]
    return (
        [int(value) for value in (*imports, str(wanted.import_id or NONE)) if value != NONE],
        [int(value) for value in (*most, str(wanted.organisation_id or NONE)) if value != NONE],
    )
