"""How characters look in a Word document, as far as it means something: styles resolved, switches combined."""

from typing import NamedTuple

from lxml.etree import _Element

from quizbank.questions.formats.word_xml import OFF, attribute, child, children, is_on, kind_of, number, value

MAX_CHAIN = 20
_BLACKS = frozenset({"", "auto", "windowtext", "black"})
_WHITES = frozenset({"", "auto", "none", "clear", "white"})
_SWITCHES = {"w:b": "bold", "w:i": "italic", "w:strike": "strike", "w:dstrike": "strike", "w:vanish": "hidden"} | {
    "w:caps": "capitals"
}
_TEXT_THEMES = frozenset({"text1", "dark1", "tx1", "dk1"})


class Look(NamedTuple):
    """What a reader of the page sees. ``colour`` and ``shade`` are empty for what every text has."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    hidden: bool = False
    capitals: bool = False
    underline: bool = False
    border: bool = False
    colour: str = ""
    shade: str = ""
    script: str = ""
    font: str = ""


PLAIN = Look()
_Properties = dict[str, bool | str]


def properties_of(element: _Element | None) -> _Properties:
    """What a ``w:rPr`` sets; ``style`` is the name of its character style."""
    found: _Properties = {}
    for item in element if element is not None else ():
        kind = kind_of(item)
        if kind in _SWITCHES:
            found[_SWITCHES[kind]] = is_on(item) or (kind == "w:dstrike" and bool(found.get("strike")))
        elif (read := _VALUES.get(kind)) is not None:
            name, setting = read(item)
            if setting is not None:
                found[name] = setting
    return found


def _parts_of(colour: str) -> tuple[int, ...]:
    """Red, green and blue of ``ff0000``; none of a named colour."""
    is_hexadecimal = len(colour) == 6 and all(digit in "0123456789abcdef" for digit in colour)
    return tuple(int(colour[place : place + 2], 16) for place in (0, 2, 4)) if is_hexadecimal else ()


def _is_dark_grey(colour: str) -> bool:
    """Black, or the dark grey of text copied from a page of the web."""
    parts = _parts_of(colour)
    return bool(parts) and max(parts) < 0x80 and max(parts) - min(parts) <= 16


def is_paper(fill: str) -> bool:
    """Whether a ground is none: white, or the near white of pages of the web."""
    parts = _parts_of(fill)
    return fill in _WHITES or (bool(parts) and min(parts) >= 0xF0)


def _underline(item: _Element) -> tuple[str, bool | str | None]:
    return "underline", (attribute(item, "val") or "none") not in OFF


def _border(item: _Element) -> tuple[str, bool | str | None]:
    return "border", (attribute(item, "val") or "none") not in OFF


def _colour(item: _Element) -> tuple[str, bool | str | None]:
    if attribute(item, "themeColor") in _TEXT_THEMES and not attribute(item, "themeTint"):
        return "colour", ""
    colour = (attribute(item, "val") or "").lower()
    return "colour", "" if colour in _BLACKS or _is_dark_grey(colour) else colour


def _highlight(item: _Element) -> tuple[str, bool | str | None]:
    shade = (attribute(item, "val") or "").lower()
    return "shade", "" if shade in _WHITES else shade


def _shading(item: _Element) -> tuple[str, bool | str | None]:
    fill = (attribute(item, "fill") or "").lower()
    return "shade", None if is_paper(fill) else fill


def _script(item: _Element) -> tuple[str, bool | str | None]:
    return "script", {"superscript": "sup", "subscript": "sub"}.get(attribute(item, "val") or "", "")


def _position(item: _Element) -> tuple[str, bool | str | None]:
    """Text raised or lowered by hand, as old documents write their exponents."""
    half_points = number(attribute(item, "val")) or 0
    return "script", "sup" if half_points >= 4 else "sub" if half_points <= -4 else None


def _fonts(item: _Element) -> tuple[str, bool | str | None]:
    return "font", attribute(item, "hAnsi") or attribute(item, "ascii")


def _style(item: _Element) -> tuple[str, bool | str | None]:
    return "style", attribute(item, "val")


_VALUES = {
    "w:u": _underline,
    "w:bdr": _border,
    "w:color": _colour,
    "w:highlight": _highlight,
    "w:shd": _shading,
    "w:vertAlign": _script,
    "w:position": _position,
    "w:rFonts": _fonts,
    "w:rStyle": _style,
}


class Styles:
    """The styles of a document."""

    def __init__(self, root: _Element | None) -> None:
        self._styles = {attribute(style, "styleId") or "": style for style in children(root, "w:style")}
        defaults = child(child(child(root, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
        self._defaults = properties_of(defaults)
        self._default_paragraph = next(
            (
                name
                for name, style in self._styles.items()
                if attribute(style, "type") == "paragraph" and attribute(style, "default") not in (None, *OFF)
            ),
            "",
        )
        self._chains: dict[str, _Properties] = {}
        self._looks: dict[tuple[str, tuple[tuple[str, bool | str], ...]], Look] = {}

    def look(self, paragraph_style: str | None, properties: _Properties) -> Look:
        """The look of a run with these properties in a paragraph of that style."""
        key = (paragraph_style or self._default_paragraph, tuple(properties.items()))
        found = self._looks.get(key)
        if found is None:
            found = self._look(key[0], properties)
            if len(self._looks) < 20_000:
                self._looks[key] = found
        return found

    def _look(self, paragraph_style: str, properties: _Properties) -> Look:
        merged = dict(self._defaults)
        paragraph = self._chain(paragraph_style)
        merged.update(paragraph)
        name = str(properties.get("style", ""))
        for key, setting in self._chain(name).items() if name else ():
            both = isinstance(setting, bool) and key in _SWITCHES.values()
            merged[key] = bool(setting) != bool(merged.get(key)) if both else setting
        merged.update(properties)
        merged.pop("style", None)
        return Look(**merged)  # type: ignore[arg-type]

    def _chain(self, name: str, depth: int = 0) -> _Properties:
        """What a style sets, with all that it is based on."""
        if name in self._chains or name not in self._styles or depth > MAX_CHAIN:
            return self._chains.get(name, {})
        style = self._styles[name]
        found = dict(self._chain(value(style, "w:basedOn") or "", depth + 1))
        own = properties_of(child(style, "w:rPr"))
        own.pop("style", None)
        found.update(own)
        self._chains[name] = found
        return found

    def numbering_of(self, paragraph_style: str | None) -> tuple[str | None, int | None]:
        """Number list and level that a paragraph style brings along."""
        name = paragraph_style or self._default_paragraph
        level: int | None = None
        for _ in range(MAX_CHAIN):
            style = self._styles.get(name)
            if style is None:
                break
            numbered = child(child(style, "w:pPr"), "w:numPr")
            level = number(value(numbered, "w:ilvl")) if level is None else level
            if numbered is not None and (list_id := value(numbered, "w:numId")):
                return list_id, level
            name = value(style, "w:basedOn") or ""
        return None, None

    def name_of(self, paragraph_style: str | None) -> str:
        return (value(self._styles.get(paragraph_style or ""), "w:name") or "").lower()
