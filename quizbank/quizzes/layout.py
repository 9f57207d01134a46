"""How wide things are on paper."""

import re
from collections.abc import Sequence

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_COMMAND = re.compile(r"\\[A-Za-z]+|[{}$^_]")
FOUR_FIT, TWO_FIT = 16, 40


def option_columns(texts: Sequence[str]) -> int:
    """In how many columns (4, 2 or 1) the options of a question stand on paper, by the longest of them."""
    widest = max((_width_of(text) for text in texts), default=0)
    if widest <= FOUR_FIT and len(texts) <= 4:
        return 4
    return 2 if widest <= TWO_FIT else 1


def _width_of(text: str) -> int:
    """About how many letters wide a source is in print; a command of TeX counts as one letter, a picture as twenty."""
    return len(_COMMAND.sub(" ", _IMAGE.sub("x" * 20, text)).replace("  ", " ").strip())
