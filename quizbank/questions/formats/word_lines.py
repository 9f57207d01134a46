"""One line of a Word paragraph: its characters with their looks, and how it is written for the text parser.

Bold, italic and underlined words inside a text stay so (``<b>``, ``<i>``, ``<u>``). A label (``Câu 1.``, ``A.``,
``Đáp án:``) and a text that is so as a whole are written plainly: their looks say what the letter means instead.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from quizbank.questions.formats.legacy_fonts import Charset, charset_of, decode
from quizbank.questions.formats.text_lines import (
    CHOSEN,
    EXPLANATION,
    HEADER,
    INNER_HEADER,
    KEY,
    PART_HEADING,
    SAID,
    with_plain_labels,
)
from quizbank.questions.formats.text_marks import STAR, STAR_BEHIND, TAG
from quizbank.questions.formats.text_options import (
    LETTERS_ALONE,
    LETTERS_ROW,
    OPTION_FREE,
    OPTION_INNER,
    OPTION_INNER_LOOSE,
    OPTION_START,
    STATEMENT_INNER,
    STATEMENT_START,
)
from quizbank.questions.formats.word_inline import Piece
from quizbank.questions.formats.word_looks import PLAIN, Look
from quizbank.questions.formats.word_objects import Objects, is_object

_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\f\v\r"
_BLANKS = dict.fromkeys(map(ord, _SPACES), " ")
_GONE = frozenset("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad")
_TAGS = (("bold", "b"), ("italic", "i"), ("underline", "u"), ("strike", "s"))
_LOOKS_LIKE_A_TAG = re.compile(r"<(?=/?[a-zA-Z])|&(?=#?[a-zA-Z0-9]{1,31};)")
_BLANK_TO_FILL = re.compile(r"[ \t]{3,}|\t")
_LETTER_BEHIND = re.compile(r"\S\s?\((?P<letter>[A-D])\)")
_TICKED, _UNTICKED = "☒☑", "☐"
MAX_SCANNED = 20_000
_INNER_LABELS = (OPTION_INNER, OPTION_INNER_LOOSE, STATEMENT_INNER, STAR, STAR_BEHIND, SAID)


class OptionLook(NamedTuple):
    """How an option looks: its letter, what all characters of its text have in common, whether any is underlined."""

    letter: Look
    text: Look
    has_underline: bool
    is_bare: bool


@dataclass(frozen=True)
class RawLine:
    """The characters of a line with the look of each."""

    text: str
    looks: tuple[Look, ...]

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    def part(self, start: int, end: int | None = None) -> "RawLine":
        return RawLine(self.text[start:end], self.looks[start:end])

    def __add__(self, other: "RawLine") -> "RawLine":
        return RawLine(self.text + other.text, self.looks + other.looks)


def raw_line(text: str, look: Look = PLAIN) -> RawLine:
    return RawLine(text, (look,) * len(text))


@dataclass(frozen=True)
class Written:
    """A line as the parser sees it, and the looks of the options that may begin on it."""

    text: str
    options: dict[str, OptionLook]


def lines_of_pieces(pieces: Iterable[Piece]) -> list[RawLine]:
    """The lines of a paragraph: legacy fonts read, odd blanks ordinary, letters composed."""
    chars: list[str] = []
    looks: list[Look] = []
    for text, places in _by_charset(pieces):
        for char, place in decode(text, places.charset):
            if char in _GONE:
                continue
            chars.append(char.translate(_BLANKS))
            looks.append(places.looks[place])
    return list(_split(*_composed(chars, looks)))


@dataclass
class _Stretch:
    charset: Charset
    looks: list[Look]


def _by_charset(pieces: Iterable[Piece]) -> Iterator[tuple[str, _Stretch]]:
    """Neighbouring pieces that are read the same way, as one: a VNI vowel and its tone may stand in two runs."""
    texts: list[str] = []
    stretch = _Stretch(Charset.UNICODE, [])
    for piece in pieces:
        charset = charset_of(piece.look.font) if piece.look.font else Charset.UNICODE
        if charset is not stretch.charset:
            yield "".join(texts), stretch
            texts, stretch = [], _Stretch(charset, [])
        text = piece.text.upper() if piece.look.capitals and len(piece.text.upper()) == len(piece.text) else piece.text
        texts.append(text)
        stretch.looks += [piece.look] * len(text)
    yield "".join(texts), stretch


def _composed(chars: list[str], looks: list[Look]) -> tuple[list[str], list[Look]]:
    if unicodedata.is_normalized("NFC", "".join(chars)):
        return chars, looks
    found: list[str] = []
    kept: list[Look] = []
    for char, look in zip(chars, looks, strict=True):
        composed = unicodedata.normalize("NFC", found[-1] + char) if found and unicodedata.combining(char) else char
        if found and unicodedata.combining(char) and len(found[-1]) + 1 < 12:
            found[-1] = composed
        else:
            found.append(unicodedata.normalize("NFC", char))
            kept.append(look)
    pairs = [(single, look) for char, look in zip(found, kept, strict=True) for single in char]
    return [char for char, _ in pairs], [look for _, look in pairs]


def _split(chars: Sequence[str], looks: Sequence[Look]) -> Iterator[RawLine]:
    start = 0
    for place, char in enumerate([*chars, "\n"]):
        if char == "\n":
            yield RawLine(with_plain_labels("".join(chars[start:place])), tuple(looks[start:place]))
            start = place + 1


def write_line(line: RawLine, objects: Objects) -> Written:
    """The line with its tags, its pictures as the parser knows them, and its keys as bare text."""
    line = _with_ticks(line)
    if len(line.text) > MAX_SCANNED:
        return Written(line.text, {})
    labels = _labels_in(line.text)
    options = _options_in(line)
    if options and (pictures := _pictures_before(line, options[0][1], objects)):
        rest = write_line(line.part(pictures), objects)
        return Written(f"{objects.expand_pictures(line.text[:pictures]).strip()}\n{rest.text}", rest.options)
    found = {letter: option for letter, _, _, option in options}
    if not options and KEY.fullmatch(plain := objects.plain(line.text)):
        return Written(plain, found)
    flags = [_flags_of(look) if not is_object(char) else () for char, look in zip(line.text, line.looks, strict=True)]
    for start, end in labels:
        flags[start:end] = [()] * (end - start)
    named = {place for start, end in labels for place in range(start, end)}
    _level_out(line.text, flags, [(start, end) for _, start, end, _ in options], named)
    return Written(objects.expand_pictures(_tagged(line.text, flags)), found)


def _pictures_before(line: RawLine, option_text: int, objects: Objects) -> int:
    """How many characters before the first option's letter are pictures and blanks; 0 where there is other text."""
    length = next((at for at, char in enumerate(line.text) if not (objects.is_picture(char) or char.isspace())), 0)
    return length if length and length < option_text and line.text[:length].strip() else 0


def _with_ticks(line: RawLine) -> RawLine:
    """``☒ A.`` -> ``[x] A.``, for a box that is ticked marks its option."""
    if not any(box in line.text for box in _TICKED + _UNTICKED):
        return line
    found = RawLine("", ())
    for char, look in zip(line.text, line.looks, strict=True):
        text = "[x]" if char in _TICKED else "[ ]" if char in _UNTICKED else char
        found = RawLine(found.text + text, (*found.looks, *[look] * len(text)))
    return found


def _labels_in(text: str) -> list[tuple[int, int]]:
    """Where labels stand that are written plainly, whatever they look like."""
    if PART_HEADING.match(text) or LETTERS_ROW.fullmatch(text) or LETTERS_ALONE.fullmatch(text):
        return [(0, len(text))]
    found = [match.span() for pattern in _INNER_LABELS for match in pattern.finditer(text)]
    for pattern in (OPTION_START, STATEMENT_START, EXPLANATION, CHOSEN):
        found += [match.span()] if (match := pattern.match(text)) else []
    for header in (HEADER.match(text), INNER_HEADER.search(text)):
        if header:
            found.append((header.start(), _after_tags(text, header.end())))
    return found


def _after_tags(text: str, place: int) -> int:
    while tag := TAG.match(text, place):
        place = tag.end()
    return place


def _options_in(line: RawLine) -> list[tuple[str, int, int, OptionLook]]:
    """The options that may begin on the line: letter, where its text begins and ends, and its look."""
    inner = (OPTION_INNER_LOOSE, STATEMENT_INNER, OPTION_INNER)
    marks = {match.start("letter"): match for pattern in inner for match in pattern.finditer(line.text)}
    for pattern in (OPTION_FREE, OPTION_START, STATEMENT_START):
        if (match := pattern.match(line.text)) and match["letter"]:
            marks[match.start("letter")] = match
    if starts := _letters_apart(line):
        return [(line.text[at], at + 1, at + 1, OptionLook(line.looks[at], PLAIN, False, True)) for at in starts]
    places = sorted(marks)
    found = []
    for place, following in zip(places, [*places[1:], len(line.text)], strict=False):
        start, end = marks[place].end(), marks[following].start() if following in marks else following
        look = _look_of_option(line, place, start, end)
        found.append((marks[place]["letter"].upper(), start, end, look))
    return found


def _letters_apart(line: RawLine) -> list[int]:
    """Where the letters stand that only name words underlined above or before them: ``A  B  C  D``, ``go (A)``."""
    if alone := LETTERS_ALONE.fullmatch(line.text):
        return [alone.start(place) for place in range(1, 5)]
    if LETTERS_ROW.fullmatch(line.text):
        return [place for place, char in enumerate(line.text) if char.isalpha()]
    found = list(_LETTER_BEHIND.finditer(line.text)) if "(A)" in line.text else []
    is_behind = all(line.looks[letter.start()].underline for letter in found)
    return [letter.start("letter") for letter in found] if len(found) == 4 and is_behind else []


def _look_of_option(line: RawLine, letter: int, start: int, end: int) -> OptionLook:
    looks = [line.looks[place] for place in range(start, end) if not line.text[place].isspace()]
    if not looks:
        return OptionLook(line.looks[letter], PLAIN, False, True)
    common = {
        name: value for name, value in looks[0]._asdict().items() if all(getattr(look, name) == value for look in looks)
    }
    return OptionLook(line.looks[letter], Look(**common), any(look.underline for look in looks), False)


def _flags_of(look: Look) -> tuple[str, ...]:
    if not (look.bold or look.italic or look.underline or look.strike or look.script):
        return ()
    tags = [tag for name, tag in _TAGS if getattr(look, name)]
    return (*tags, look.script) if look.script else tuple(tags)


def _level_out(text: str, flags: list[tuple[str, ...]], options: list[tuple[int, int]], labels: set[int]) -> None:
    """Drop what a whole text has in common, and what hangs on white space at its ends."""
    edges = [0, *(place for span in options for place in span), len(text)]
    for start, end in pairwise(edges):
        is_option = (start, end) in options
        told = [
            place
            for place in range(start, end)
            if place not in labels and not (text[place].isspace() or is_object(text[place]))
        ]
        shared = set.intersection(*(set(flags[place]) for place in told)) if told else set()
        shared &= {"b", "i", "u", "s"} if is_option else {"b", "i"}
        if shared and (is_option or not options or end <= options[0][0]):
            for place in range(start, end):
                flags[place] = tuple(tag for tag in flags[place] if tag not in shared)
    _settle_spaces(text, flags)


def _settle_spaces(text: str, flags: list[tuple[str, ...]]) -> None:
    """White space takes what the letters on both of its sides share, unless it's an underlined blank to fill in."""
    place = 0
    while place < len(text):
        end = place
        while end < len(text) and text[end].isspace():
            end += 1
        if end == place:
            place += 1
            continue
        lined = [at for at in range(place, end) if "u" in flags[at]]
        is_blank = bool(lined) and _BLANK_TO_FILL.search(text, lined[0], lined[-1] + 1) is not None
        before = set(flags[place - 1]) if place else set()
        after = set(flags[end]) if end < len(text) else set()
        both = tuple(tag for tag in ("b", "i", "u", "s") if tag in before & after)
        for at in range(place, end):
            own = both if at in lined else tuple(tag for tag in both if tag != "u")
            flags[at] = ("_",) if is_blank and at in lined and "u" not in both else own
        place = end


def _tagged(text: str, flags: Sequence[tuple[str, ...]]) -> str:
    """The text with tags around what has flags; text that only looks like a tag is escaped."""
    pieces: list[str] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place < len(text) and flags[place] == flags[start]:
            continue
        piece = _LOOKS_LIKE_A_TAG.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text[start:place])
        if flags[start:] and flags[start] == ("_",):
            piece = "_" * min(max(5, len(piece)), 40)
        elif flags[start:] and flags[start]:
            opening = "".join(f"<{tag}>" for tag in flags[start])
            piece = f"{opening}{piece}{''.join(f'</{tag}>' for tag in reversed(flags[start]))}"
        pieces.append(piece)
        start = place
    return "".join(pieces)
