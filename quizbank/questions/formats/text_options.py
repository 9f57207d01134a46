"""Find the options of a question: on lines of their own, sharing a line, or not safely at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizbank.questions.formats.text_lines import IMAGE, Line, tidy
from quizbank.questions.formats.text_picture_options import read_pictured
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import OPTION_LETTERS

OPTION_START = re.compile(r"\s*(?:[-+•]\s+)?\(?(?P<letter>[A-H])(?:\s?(?:\.\)|[.)])|\s?[/:](?=\s))\s*")
_LOOSE = re.compile(r"\s*(?P<letter>[A-H])(?:\s*[,;]\s*|\s+)(?=\S)")
OPTION_INNER = re.compile(r"(?P<gap>^\s*|\t\s*| {2,}| )\(?(?P<letter>[A-H])[.)](?=\s*\S) *")
OPTION_INNER_LOOSE = re.compile(r"(?P<gap>^\s*|\t\s*| {2,})(?P<letter>[A-H])(?:\s[.)]|\s?[/:](?=\s))(?=\s*\S) *")
"""Options that share a line and have another sign than a dot or a bracket, or one that stands apart."""
_GLUED = r"\S{letter}[.)]\s|\s{letter}\s*[.)]?\s+\S"
OPTION_FREE = re.compile(r"\s*(?:\[(?P<framed>[A-H])\]|(?P<letter>[A-H])\s?(?P<sign>[/:,–—-]))\s*(?=\S)")
_BARE = re.compile(r"\s*(?P<letter>[A-H])(?P<sign>\s)\s*(?=\S)")
STATEMENT_START = re.compile(r"\s*\(?(?P<letter>[a-h])\s?(?:[.)]|/(?=\s))\s*")
STATEMENT_INNER = re.compile(r"(?P<gap>^\s*|\t\s*| {2,})\(?(?P<letter>[a-h])\s?(?:[.)]|/(?=\s))(?=\s*\S) *")
LETTERS_ROW = re.compile(r"\s*(?:\(?[A-H]\s?[.)](?:\s+|$)){2,8}")
LETTERS_ALONE = re.compile(r"\s*\(?(A)\s?[.)]?\s+\(?(B)\s?[.)]?\s+\(?(C)\s?[.)]?\s+\(?(D)\s?[.)]?\s*")
_UNDERLINED = re.compile(r"<u>([^<>]*)</u>")
_UNDERLINED_BEFORE = re.compile(r"<u>(?P<text>[^<>]*)</u>\s?\((?P<letter>[A-D])\)")
_SENTENCE_END = re.compile(r"[.!?;:…]\s*$")


@dataclass(frozen=True)
class Options:
    """What was found: the lines before the options, the option texts in letter order, and the doubts.

    ``places``: for each text the number of the line its letter stands on, and the letter.
    """

    stem: tuple[str, ...]
    texts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    moved_images: tuple[str, ...] = ()
    places: tuple[tuple[int, str], ...] = ()


@dataclass
class _Mark:
    """An option letter at ``start`` in line ``row``; the option's text begins at ``end``."""

    letter: str
    row: int
    start: int
    end: int
    is_loose: bool = False


@dataclass
class _Reading:
    marks: list[_Mark]
    problems: list[Problem] = field(default_factory=list)

    @property
    def letters(self) -> str:
        return "".join(mark.letter for mark in self.marks)


def read_options(lines: Sequence[Line], usual_count: int = 0) -> Options:
    """Split the lines between a question's header and its key into stem and options.

    Args:
        lines: the first is what follows the header on its line.
        usual_count: how many options most questions of the paper have; fewer here is a doubt. 0: unknown.
    """
    special = read_underlined(lines) or _read_pictured(lines)
    if special is not None:
        return special
    reading = _read_lines_of_their_own(lines)
    if not _is_complete(reading.letters, max(usual_count, 4)):
        loose = _read_loose(lines, reading, usual_count) or _read_shared(lines, usual_count)
        reading = loose or _read_free(lines, reading, usual_count) or reading
    if not reading.marks:
        return Options(tuple(line.text for line in lines))
    reading.problems += _doubts_of(reading, lines, usual_count)
    return _cut(lines, reading)


def read_underlined(lines: Sequence[Line]) -> Options | None:
    """Options that are the underlined words of the stem, with their letters behind them or on a line below.

    ``He <u>go</u> (A) to <u>school</u> (B) …``, or ``He <u>go</u> to <u>school</u> …`` above ``A   B   C   D``.
    """
    if not any("<u>" in line.text for line in lines):
        return None
    behind = [(row, found) for row, line in enumerate(lines) for found in _UNDERLINED_BEFORE.finditer(line.text)]
    if "".join(found["letter"] for _, found in behind) == "ABCD":
        places = tuple((lines[row].number, found["letter"]) for row, found in behind)
        texts = tuple(found["text"].strip() for _, found in behind)
        return Options((tidy([line.text for line in lines]),), texts, (), (), places)
    last = max((row for row, line in enumerate(lines) if not line.is_blank), default=0)
    texts = tuple(text.strip() for line in lines[:last] for text in _UNDERLINED.findall(line.text))
    if not LETTERS_ALONE.fullmatch(lines[last].text) or len(texts) != 4:
        return None
    places = tuple((lines[last].number, letter) for letter in "ABCD")
    return Options((tidy([line.text for line in lines[:last]]),), texts, (), (), places)


def _read_pictured(lines: Sequence[Line]) -> Options | None:
    found = read_pictured(lines)
    if found is None:
        return None
    stem = tidy([*(line.text for line in lines[: found.first_row]), *found.stem_pictures])
    places = tuple((lines[row].number, letter) for row, letter in zip(found.rows, OPTION_LETTERS, strict=False))
    return Options((stem,), found.pictures, (), (), places)


def read_statements(lines: Sequence[Line]) -> Options:
    """Split off the statements ``a)`` to ``d)`` of a true/false question."""
    marks = [
        _Mark(found["letter"].upper(), row, found.start(), found.end())
        for row, line in enumerate(lines)
        if (found := STATEMENT_START.match(line.text))
    ]
    shared = [
        _Mark(found["letter"].upper(), row, found.start(), found.end())
        for row, line in enumerate(lines)
        for found in STATEMENT_INNER.finditer(line.text)
    ]
    reading = _Reading(marks)
    if reading.letters != "ABCD" and _Reading(shared).letters == "ABCD":
        reading = _Reading(shared)
        marks = shared
    if not marks:
        return Options(tuple(line.text for line in lines))
    reading.problems += _doubts_of(reading, lines, 4)
    return _cut(lines, reading)


def _read_lines_of_their_own(lines: Sequence[Line]) -> _Reading:
    found = ((row, OPTION_START.match(line.text)) for row, line in enumerate(lines))
    return _Reading([_Mark(mark["letter"], row, mark.start(), mark.end()) for row, mark in found if mark])


def _is_complete(letters: str, usual_count: int) -> bool:
    count = len(letters)
    return count >= max(2, usual_count) and "".join(sorted(letters)) == OPTION_LETTERS[:count]


def _read_loose(lines: Sequence[Line], reading: _Reading, usual_count: int) -> _Reading | None:
    """Accept ``C Hà Tĩnh`` or ``D, lũ`` for a letter that is missing just there."""
    wanted = OPTION_LETTERS[: max(usual_count, 4)]
    if not reading.marks or len(set(reading.letters)) != len(reading.letters):
        return None
    marks = list(reading.marks)
    for letter in wanted:
        if letter not in reading.letters:
            candidates = _loose_rows(lines, reading.marks, letter)
            if len(candidates) != 1:
                return None
            marks.append(candidates[0])
    marks.sort(key=lambda mark: mark.row)
    loose = ", ".join(mark.letter for mark in marks if mark.is_loose)
    found = _Reading(marks, [problem("option-mark", letters=loose)])
    return found if _is_complete(found.letters, usual_count) else None


def _loose_rows(lines: Sequence[Line], marks: list[_Mark], letter: str) -> list[_Mark]:
    """The lines that begin with the bare letter and stand where its option should."""
    before = max((mark.row for mark in marks if mark.letter < letter), default=0)
    after = min((mark.row for mark in marks if mark.letter > letter), default=len(lines))
    if before >= after:  # the others are out of order: the letter may stand anywhere among the options
        before, after = min(mark.row for mark in marks) - 2, len(lines)
    rows = range(max(before + 1, 1), after)
    found = ((row, _LOOSE.match(lines[row].text)) for row in rows)
    return [
        _Mark(letter, row, mark.start(), mark.end(), True) for row, mark in found if mark and mark["letter"] == letter
    ]


def _read_shared(lines: Sequence[Line], usual_count: int) -> _Reading | None:
    """Options that share lines: ``A. 1 <tab> B. 2``; every letter must have one place it can be."""
    marks = [
        (_Mark(found["letter"], row, found.start(), found.end()), found["gap"] != " ")
        for row, line in enumerate(lines)
        for found in OPTION_INNER.finditer(line.text)
    ]
    loose = [
        _Mark(found["letter"], row, found.start(), found.end())
        for row, line in enumerate(lines)
        for found in OPTION_INNER_LOOSE.finditer(line.text)
    ]
    for candidates in ([mark for mark, is_strong in marks if is_strong], [mark for mark, _ in marks], loose):
        letters = "".join(mark.letter for mark in candidates)
        if letters == OPTION_LETTERS[: len(letters)] and _is_complete(letters, usual_count):
            return None if _is_stuck_to_stem(lines, candidates) else _Reading(candidates)
    return None


def _read_free(lines: Sequence[Line], reading: _Reading, usual_count: int) -> _Reading | None:
    """Accept ``A- một``, ``[A] một``, ``A:một`` or ``A một`` where all letters stand so, each on a line of its own."""
    if len(reading.marks) > 1:
        return None
    for pattern in (OPTION_FREE, _BARE):
        found = [(row, match) for row, line in enumerate(lines) if row and (match := pattern.match(line.text))]
        letters = "".join(match[match.lastgroup if match.lastgroup == "framed" else "letter"] for _, match in found)
        signs = {match["sign"] for _, match in found}
        if len(signs) == 1 and len(letters) >= 4 and _is_complete(letters, usual_count) and letters[0] == "A":
            marks = [
                _Mark(letter, row, match.start(), match.end(), True)
                for letter, (row, match) in zip(letters, found, strict=True)
            ]
            return _Reading(marks, [problem("option-mark", letters=", ".join(letters))])
    return None


def _is_stuck_to_stem(lines: Sequence[Line], marks: list[_Mark]) -> bool:
    """Whether A alone stands on the stem's line, one blank behind it, while the others have their own."""
    first, second = marks[0], marks[1]
    stem = lines[first.row].text[: first.start]
    return (
        bool(stem.strip())
        and first.row != second.row
        and not lines[first.row].text[first.start :].startswith(("\t", "  "))
    )


def _doubts_of(reading: _Reading, lines: Sequence[Line], usual_count: int) -> list[Problem]:
    letters = reading.letters
    count = max(usual_count, 2, ord(max(letters)) - ord("A") + 1)
    repeated = sorted({letter for letter in letters if letters.count(letter) > 1})
    missing = [letter for letter in OPTION_LETTERS[:count] if letter not in letters]
    found = [problem("repeated-option", letters=", ".join(repeated))] if repeated else []
    if missing:
        glued = [letter for letter in missing if _is_glued(letter, lines)]
        code = "glued-option" if glued else "missing-option"
        found.append(problem(code, letters=", ".join(glued or missing)))
    following = OPTION_LETTERS[len(letters) : 4][:1]
    if not found and following and re.search(rf"\S[.;]\s+{following}[.)]?\s+\S", lines[reading.marks[-1].row].text):
        found.append(problem("glued-option", letters=following))
    if not found and letters != "".join(sorted(letters)):
        found.append(problem("option-order"))
    return found


def _is_glued(letter: str, lines: Sequence[Line]) -> bool:
    pattern = re.compile(_GLUED.replace("{letter}", letter))
    return any(pattern.search(line.text) for line in lines)


def _cut(lines: Sequence[Line], reading: _Reading) -> Options:
    """Cut the lines at the marks."""
    first = reading.marks[0]
    stem = tidy([line.text for line in lines[: first.row]] + [lines[first.row].text[: first.start]])
    problems = list(reading.problems)
    texts: dict[str, str] = {}
    images: list[str] = []
    for mark, following in zip(reading.marks, [*reading.marks[1:], None], strict=True):
        rows = _rows_between(lines, mark, following)
        if following is None:
            rows, images = _take_images(rows)
        problems += _doubts_of_continuation(mark.letter, rows)
        texts[mark.letter] = tidy(rows)
    if images:
        problems.append(problem("image-after-options"))
    numbers = {mark.letter: lines[mark.row].number for mark in reading.marks}
    places = tuple((numbers[letter], letter) for letter in sorted(texts))
    ordered = tuple(texts[letter] for _, letter in places)
    return Options((stem,), ordered, tuple(problems), tuple(images), places)


def _rows_between(lines: Sequence[Line], mark: _Mark, following: _Mark | None) -> list[str]:
    if following is not None and following.row == mark.row:
        return [lines[mark.row].text[mark.end : following.start]]
    rows = [lines[mark.row].text[mark.end :]]
    last = len(lines) if following is None else following.row
    rows += [line.text for line in lines[mark.row + 1 : last]]
    return rows if following is None else [*rows, lines[following.row].text[: following.start]]


def _take_images(rows: list[str]) -> tuple[list[str], list[str]]:
    """Pictures on lines of their own below the last option belong to the question, unless that option is empty."""
    if not rows[0].strip():
        return rows, []
    images = [row for row in rows[1:] if IMAGE.fullmatch(row.strip())]
    return [rows[0], *(row for row in rows[1:] if row not in images)], images


def _doubts_of_continuation(letter: str, rows: list[str]) -> list[Problem]:
    more = [row for row in rows[1:] if row.strip()]
    if not more or not rows[0].strip():
        return []
    if not rows[1].strip() and more[0].strip().isdecimal():  # perhaps the number of a page
        return [problem("runaway-option", letters=letter, text=more[0].strip()[:60])]
    if _SENTENCE_END.search(rows[0]) or len(more) > 3:
        return [problem("runaway-option", letters=letter, text=more[0].strip()[:60])]
    return [problem("continued-option", letters=letter)]
