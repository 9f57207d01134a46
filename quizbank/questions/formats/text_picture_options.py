"""Options that are pictures with their letters above or below them: ``![](a.png) ![](b.png)`` over ``A.  B.``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.questions.formats.text_lines import IMAGE, Line
from quizbank.questions.rules import OPTION_LETTERS

_TOKEN = re.compile(rf"{IMAGE.pattern}|\(?(?P<letter>[A-H])(?:\s?[.)]|(?=\s|$))")
FEWEST = 3


@dataclass(frozen=True)
class PicturedOptions:
    """The rows of the stem above, pictures that are the stem's, and for each option its row and picture."""

    first_row: int
    stem_pictures: tuple[str, ...]
    rows: tuple[int, ...]
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    """Letters, or pictures, that stand beside each other in a row."""

    row: int
    letters: str = ""
    pictures: tuple[str, ...] = ()


def read_pictured(lines: Sequence[Line]) -> PicturedOptions | None:
    """The options of a question that ends in nothing but letters and as many pictures; None for every other."""
    if not any("![" in line.text for line in lines):
        return None
    rows: list[_Row] = []
    first = len(lines)
    for row in range(len(lines) - 1, -1, -1):
        found = _tokens_of(lines[row], row)
        if found is None:
            break
        rows[:0] = found
        first = row
    letters = "".join(one.letters for one in rows)
    if len(letters) < FEWEST or letters != OPTION_LETTERS[: len(letters)]:
        return None
    return _paired(rows, first)


def _tokens_of(line: Line, row: int) -> list[_Row] | None:
    """The line as rows of letters and rows of pictures; None where it has something else."""
    if _TOKEN.sub("", line.text).strip():
        return None
    found: list[_Row] = []
    for token in _TOKEN.finditer(line.text):
        if letter := token["letter"]:
            is_same = bool(found) and not found[-1].pictures
            found[-1:] = [_Row(row, found[-1].letters + letter)] if is_same else [*found[-1:], _Row(row, letter)]
        else:
            is_same = bool(found) and not found[-1].letters
            pictures = (*found[-1].pictures, token.group()) if is_same else (token.group(),)
            found[-1:] = [_Row(row, "", pictures)] if is_same else [*found[-1:], _Row(row, "", pictures)]
    return found


def _paired(rows: Sequence[_Row], first: int) -> PicturedOptions | None:
    return _with_those_above(rows, first) or _with_those_below(rows, first)


def _with_those_above(rows: Sequence[_Row], first: int) -> PicturedOptions | None:
    waiting: list[str] = []
    spare: tuple[str, ...] = ()
    places: list[int] = []
    taken: list[str] = []
    for one in rows:
        waiting += one.pictures
        if one.letters:
            count = len(one.letters)
            if len(waiting) < count or (len(waiting) > count and taken):
                return None
            spare = spare if taken else tuple(waiting[: len(waiting) - count])
            taken += waiting[len(waiting) - count :]
            places += [one.row] * count
            waiting = []
    return None if waiting else PicturedOptions(first, spare, tuple(places), tuple(taken))


def _with_those_below(rows: Sequence[_Row], first: int) -> PicturedOptions | None:
    start = next(place for place, one in enumerate(rows) if one.letters)
    spare = tuple(picture for one in rows[:start] for picture in one.pictures)
    places: list[int] = []
    taken: list[str] = []
    for one in rows[start:]:
        if one.letters and len(taken) != len(places):
            return None
        places += [one.row] * len(one.letters)
        taken += one.pictures
        if len(taken) > len(places):
            return None
    return PicturedOptions(first, spare, tuple(places), tuple(taken)) if len(taken) == len(places) else None
