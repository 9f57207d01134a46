"""What may be typed into a cell of the table.

``4`` is four questions of the marks at the head of the column, ``2×0,5`` two questions of half a mark each,
``1×1+1×2`` two questions of one and two marks. In true/false columns numbers count statements (ý), four to a question;
``2c`` is two whole questions (câu) of this level.
"""

import re
from dataclasses import dataclass

TERM = re.compile(r"([0-9]{1,4}) ?(c|câu)? ?(?:[×x*@] ?([0-9]{1,3}(?:[.,][0-9]{1,4})?))?")


@dataclass(frozen=True)
class Term:
    """``marks`` of one question as typed, "" for the usual ones; ``is_whole``: questions although the column counts
    statements."""

    count: int
    marks: str = ""
    is_whole: bool = False

    def __str__(self) -> str:
        return f"{self.count}{'c' * self.is_whole}{'×' * bool(self.marks)}{self.marks}"


def terms_from(text: str) -> list[Term] | None:
    """What a cell says; None where it says nothing that can be understood. Zeros are left out."""
    found = [TERM.fullmatch(" ".join(part.lower().split())) for part in text.split("+")]
    if not text.strip():
        return []
    terms = [Term(int(one[1]), (one[3] or "").replace(".", ","), bool(one[2])) for one in found if one]
    return [term for term in terms if term.count] if len(terms) == len(found) else None


def text_of(terms: list[Term]) -> str:
    """The cell as it is typed."""
    return "+".join(map(str, terms))
