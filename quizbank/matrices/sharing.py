"""Who may read a matrix besides its maker, and how its title is compared."""

import unicodedata
from enum import StrEnum


class Sharing(StrEnum):
    """``ORGANISATION``: those who teach at the maker's own; ``EVERYONE``: all who teach."""

    PRIVATE = "private"
    ORGANISATION = "organisation"
    EVERYONE = "everyone"


def folded(title: str) -> str:
    """A title without marks and case and with one letter for i and y, so that ``vat ly`` finds "Vật lí"."""
    letters = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(bare.replace("y", "i").split())
