"""Automatic numbers of a Word document, as the page shows them: ``Câu 7.``, ``A.``, ``b)``, bullets."""

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from quizbank.questions.formats.word_looks import properties_of
from quizbank.questions.formats.word_xml import attribute, child, children, number, value

MAX_LEVEL = 8
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMANS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
BULLET = "•"


@dataclass(frozen=True)
class Label:
    """The number in front of a paragraph; ``properties`` are those of its level, ``format`` Word's name of its kind."""

    text: str
    properties: dict[str, bool | str] = field(default_factory=dict)
    format: str = ""
    list_id: str = ""
    level: int = 0


class Numbering:
    """The lists of a document, counting as its paragraphs come by in their order."""

    def __init__(self, root: _Element | None) -> None:
        self._abstract = {attribute(one, "abstractNumId") or "": one for one in children(root, "w:abstractNum")}
        self._linked = {
            name: key for key, one in self._abstract.items() if (name := value(one, "w:styleLink")) is not None
        }
        self._lists = {attribute(one, "numId") or "": one for one in children(root, "w:num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._levels: dict[tuple[str, int], _Element | None] = {}

    def label(self, list_id: str, level: int) -> Label | None:
        """The next label of a list at a level (from 0), or None where it has no number to show."""
        level = min(max(level, 0), MAX_LEVEL)
        found = self._level(list_id, level)
        if list_id in ("", "0") or found is None:
            return None
        kind = value(found, "w:numFmt") or "decimal"
        properties = properties_of(child(found, "w:rPr"))
        self._count(list_id, level, found)
        if kind == "bullet":
            return Label(BULLET, properties, kind, list_id, level)
        text = self._text(list_id, found)
        return Label(text, properties, kind, list_id, level) if text.strip() else None

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a paragraph style stands for in a list."""
        levels = children(self._abstract.get(self._key(list_id)), "w:lvl")
        return next((number(attribute(one, "ilvl")) for one in levels if value(one, "w:pStyle") == style), None)

    def _key(self, list_id: str) -> str:
        """The list whose counts this one shares."""
        key = value(self._lists.get(list_id), "w:abstractNumId") or ""
        link = value(self._abstract.get(key), "w:numStyleLink")
        return self._linked.get(link, key) if link else key

    def _level(self, list_id: str, level: int) -> _Element | None:
        place = (list_id, level)
        if place not in self._levels:
            override = self._override(list_id, level)
            own = child(override, "w:lvl")
            abstract = self._abstract.get(self._key(list_id))
            found = (one for one in children(abstract, "w:lvl") if number(attribute(one, "ilvl")) == level)
            self._levels[place] = own if own is not None else next(found, None)
        return self._levels[place]

    def _override(self, list_id: str, level: int) -> _Element | None:
        overrides = children(self._lists.get(list_id), "w:lvlOverride")
        return next((one for one in overrides if number(attribute(one, "ilvl")) == level), None)

    def _count(self, list_id: str, level: int, found: _Element) -> None:
        counts = self._counts.setdefault(self._key(list_id), {})
        start = number(value(found, "w:start"))
        start = 1 if start is None else start
        begin = number(value(self._override(list_id, level), "w:startOverride"))
        if begin is not None and (list_id, level) not in self._begun:
            counts[level] = begin
        else:
            counts[level] = counts[level] + 1 if level in counts else start
        self._begun.add((list_id, level))
        for deeper in [other for other in counts if other > level]:
            restart = number(value(self._level(list_id, deeper), "w:lvlRestart"))
            if restart != 0 and (restart is None or level < restart):
                del counts[deeper]

    def _text(self, list_id: str, found: _Element) -> str:
        counts = self._counts[self._key(list_id)]
        is_legal = child(found, "w:isLgl") is not None

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = self._level(list_id, place)
            kind = "decimal" if is_legal else value(level, "w:numFmt") or "decimal"
            start = number(value(level, "w:start"))
            return shown_number(counts.get(place, 1 if start is None else start), kind)

        return _PLACEHOLDER.sub(shown, value(found, "w:lvlText") or "")


def shown_number(count: int, kind: str) -> str:
    """``3`` as ``C``, ``iii``, ``03``; kinds of other languages become plain digits."""
    if kind in ("upperLetter", "lowerLetter") and 0 < count <= 780:
        letters = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if kind == "upperLetter" else letters.lower()
    if kind in ("upperRoman", "lowerRoman") and 0 < count < 4_000:
        return roman(count) if kind == "upperRoman" else roman(count).lower()
    if kind == "none":
        return ""
    return f"{count:02d}" if kind == "decimalZero" else str(count)


def roman(count: int) -> str:
    pieces = []
    for worth, letters in _ROMANS:
        pieces.append(letters * (count // worth))
        count %= worth
    return "".join(pieces)
