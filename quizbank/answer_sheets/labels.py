"""What the QR code of a sheet says: ``HL1/<quiz>/<layout>/<code>/<number>``, the last two only where preprinted."""

import re
from dataclasses import dataclass

_LABEL = re.compile(r"HL1/(\d{1,18})/(\d)(\d)\.(\d{1,2})\.(\d)\.(\d)/([0-9A-Z]{0,6})/(\d{0,8})")


@dataclass(frozen=True)
class SheetLabel:
    """``number_digits`` and ``code_digits`` are those of the sheet; ``code`` and ``number`` may be empty."""

    quiz_id: int
    layout: str
    code: str = ""
    number: str = ""

    def __str__(self) -> str:
        return f"HL1/{self.quiz_id}/{self.layout}/{self.code}/{self.number}"


def label_from(text: str) -> SheetLabel | None:
    """The label that a QR code says, None if it is none of ours."""
    found = _LABEL.fullmatch(text)
    if found is None:
        return None
    quiz_id, number_digits, code_digits, *counts, code, number = found.groups()
    return SheetLabel(int(quiz_id), f"{number_digits}{code_digits}." + ".".join(counts), code, number)
