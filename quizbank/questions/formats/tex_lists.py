r"""Lists of LaTeX papers and the marks before their points: ``enumerate[a)]``, ``listEX``, ``itemchoice``."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizbank.questions.formats.tex_arguments import group_at, option_at

BULLETS = frozenset({"itemize", "description", "compactitem"})
NUMBERED = frozenset({"enumerate", "compactenum", "inparaenum", "enumEX", "listEX", "itemchoice", "tasks"})
LISTS = BULLETS | NUMBERED
_LETTERED = frozenset({"listEX", "itemchoice", "tasks", "enumEX"})
"""What ``ex_test`` and ``tasks`` letter where nothing else is said."""

_ITEM = re.compile(r"\\(?:item(?:ch)?|task)\*?(?![a-zA-Z])(?:\[(?P<mark>[^\]]*)\])?")
_NESTED = re.compile(r"\\begin\s*\{(?P<name>[a-zA-Z]+\*?)\}|\\end\s*\{[a-zA-Z]+\*?\}|(?P<item>" + _ITEM.pattern + ")")
_COUNTER = re.compile(
    r"\\(?P<command>alph|Alph|roman|Roman|arabic)\s*(?:\*|\{[a-z]+\})|(?<![a-zA-Z\\])(?P<plain>[aAiI1])(?![a-zA-Z])"
)
_LABEL = re.compile(r"label\s*=\s*(?P<braced>\{(?:[^{}]|\{[^{}]*\})*\})|label\s*=\s*(?P<bare>[^,\]]*)")
_KEYS = re.compile(r"[a-z-]+\s*=")
_STYLES = {"a": "alph", "A": "Alph", "i": "roman", "I": "Roman", "1": "arabic"}
_DEFAULT = re.compile(
    r"\\renewcommand\*?\s*\{?\s*\\(?:labelenumi|theenumi)\s*\}?\s*\{(?P<label>(?:[^{}]|\{[^{}]*\})*)\}"
    r"|\\setlist\s*\[\s*enumerate[^\]]*\]\s*\{(?P<keys>(?:[^{}]|\{[^{}]*\})*)\}"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_DRESS = re.compile(r"\\(?:textbf|textit|bfseries|bf|it|itshape|color\s*\{[^{}]*\}|protect)(?![a-zA-Z])|[{}]|\$")


@dataclass(frozen=True)
class Marks:
    """What stands before the points of a list: ``(``, a counter, ``)``; no counter for points without marks."""

    before: str = ""
    counter: str = ""
    after: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether a plain numbered list shows the same."""
        return self.counter == "arabic" and not self.before and self.after in {"", "."}

    def of(self, number: int) -> str:
        match self.counter:
            case "alph" | "Alph":
                letter = chr(ord("a") + (number - 1) % 26)
            case "roman" | "Roman":
                letter = _ROMAN[number] if number < len(_ROMAN) else str(number)
            case _:
                letter = str(number)
        return f"{self.before}{letter.upper() if self.counter[:1].isupper() else letter}{self.after}"


_ARABIC, _ALPH = Marks(counter="arabic", after="."), Marks(counter="alph", after=")")


def marks_of(label: str) -> Marks | None:
    r"""The marks that ``[a)]`` or ``[label=\alph*)]`` asks for; None where it asks for none."""
    found = _LABEL.search(label)
    if found:
        label = found["braced"] or found["bare"] or ""
    elif _KEYS.search(label):
        return None
    counter = _COUNTER.search(label)
    if counter is None:
        return None
    before, after = (_DRESS.sub("", part).strip() for part in (label[: counter.start()], label[counter.end() :]))
    return Marks(before, counter["command"] or _STYLES[counter["plain"]], after)


def default_marks(text: str) -> Marks | None:
    """The marks that the preamble gives every numbered list."""
    found = _DEFAULT.search(text)
    return marks_of(found["label"] or found["keys"] or "") if found else None


def list_of(name: str, body: str, markup: Callable[[str], str], default: Marks | None) -> str:
    """The list as markup: its points as lines where their marks say more than a plain list does."""
    option, at = option_at(body, 0)
    while (group := group_at(body, at)) is not None and not _ITEM.match(group[0].lstrip()):
        at = group[1]
    more, at = option_at(body, at)
    if body[at : at + 1] == "(":
        at = body.find(")", at) + 1
    said = marks_of(option) or marks_of(more)
    usual = _ALPH if name in _LETTERED else default or _ARABIC
    marks = Marks() if name in BULLETS else (usual if said is None or name == "itemchoice" else said)
    items = list(_items(body[at:]))
    if any(own is not None for own, _ in items):
        lines = (f"{markup(own or '')} {markup(item)}".strip() for own, item in items)
        return "\n" + "\n".join(lines) + "\n"
    if name in NUMBERED and not marks.is_plain:
        lines = (f"{marks.of(number)} {markup(item)}".strip() for number, (_, item) in enumerate(items, 1))
        return "\n" + "\n".join(lines) + "\n"
    tag = "ol" if name in NUMBERED else "ul"
    inside = "".join(f"<li>{markup(item)}</li>" for _, item in items)
    return f"\n<{tag}>{inside}</{tag}>\n" if items else ""


def _items(body: str) -> Iterator[tuple[str | None, str]]:
    """The points with the marks they have of their own; those of a list within a point belong to the point."""
    depth = 0
    start = -1
    own: str | None = None
    for found in _NESTED.finditer(body):
        if found["item"] is None:
            depth += 1 if found["name"] else -1
        elif depth <= 0:
            if start >= 0:
                yield own, body[start : found.start()]
            own, start = found["mark"], found.end()
    if start >= 0:
        yield own, body[start:]
