"""The list of codes (mã đề) that a teacher types: ``101-104, 0205``."""

import re
from collections.abc import Iterable

from repository.errors import Invalid

MOST_CODES = 100
_RANGE = re.compile(r"([A-Z]{0,3})(\d{1,6})\s*[-–]\s*\1(\d{1,6})")
_CODE = re.compile(r"[0-9A-Z]{1,6}")


def codes_from(text: str) -> tuple[str, ...]:
    """Codes in the order they are named, each once; a range keeps the width of its first code.

    Raises:
        Invalid: nothing, too many, or something that is no code.
    """
    codes: dict[str, None] = {}
    for piece in re.split(r"[,;\n]|(?<![-–\s])\s+(?![-–\s])", text.strip().upper()):
        if piece.strip():
            codes.update(dict.fromkeys(_codes_of(piece.strip())))
    if not codes:
        raise Invalid("Hãy ghi ít nhất một mã đề, chẳng hạn 101-104.")
    if len(codes) > MOST_CODES:
        raise Invalid("Nhiều mã đề quá: tối đa {limit}.", limit=MOST_CODES)
    return tuple(codes)


def _codes_of(piece: str) -> Iterable[str]:
    if found := _RANGE.fullmatch(piece):
        first, last = int(found[2]), int(found[3])
        codes = [f"{found[1]}{str(number).zfill(len(found[2]))}" for number in range(first, min(last, first + 999) + 1)]
        if first <= last < first + MOST_CODES and all(map(_CODE.fullmatch, codes)):
            return codes
    elif _CODE.fullmatch(piece):
        return [piece]
    raise Invalid("“{piece}” không phải là mã đề hay khoảng mã đề như 101-104.", piece=piece[:40])
