"""What one cell of a table holds: several options, or an option with its letter."""

import json
import re
from collections.abc import Sequence

from quizbank.questions.rules import OPTION_LETTERS

MAX_CELL = 20_000
_QUOTED = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|([^,'\"\[\]{}]+))\s*(?:,|\Z)", re.DOTALL)
_LETTERED = re.compile(r"(?:^|[\n;|]|\s{2,})\s*([A-Ha-h])\s*[.):]\s*")


def options_in(cell: str) -> list[str]:
    """The options of a cell: a list of JSON or Python, ``A. … B. …``, or parted by lines, ``|`` or ``;``."""
    text = cell.strip()[:MAX_CELL]
    if text[:1] in "[{" and text[-1:] in "]}":
        return _listed(text)
    letters = [found[1].upper() for found in _LETTERED.finditer(text)]
    if len(letters) > 1 and "".join(letters) == OPTION_LETTERS[: len(letters)]:
        return [piece.strip() for piece in _LETTERED.split(text)[2::2]]
    for separator in ("\n", "|", ";"):
        if separator in text:
            return [piece.strip() for piece in text.split(separator) if piece.strip()]
    return [text] if text else []


def _listed(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        pieces = _QUOTED.findall(text[1:-1])
        return [re.sub(r"\\(.)", r"\1", next(filter(None, piece), "")).strip() for piece in pieces]
    values = list(found.values()) if isinstance(found, dict) else found
    return [str(value).strip() for value in values if isinstance(value, str | int | float)]


def without_labels(options: Sequence[str]) -> list[str]:
    """The options without the letters in their cells, where each has its own: ``A. một``, ``B. hai``."""
    labels = [
        re.match(rf"\s*(?i:{letter})\s*[.):]\s*(?=\S)", option)
        for letter, option in zip(OPTION_LETTERS, options, strict=False)
    ]
    if len(options) < 2 or len(labels) < len(options) or not all(labels):
        return list(options)
    return [option[found.end() :] for found, option in zip(labels, options, strict=True) if found]
