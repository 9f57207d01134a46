"""Options that speak of other options, in Vietnamese and English: they and those they name must not move.

Two kinds are told apart:

- *by letter*: "Cả A và B", "B, C đều đúng", "Both A and C", "Neither A nor B": the option and those it names stay;
- *by place*: "Tất cả các đáp án trên", "Không có đáp án nào đúng", "All of the above": the option stays, the others
  may change places above it; if it is not the last one, everything stays.

Anchoring too much costs a little shuffling, anchoring too little changes the answer: in doubt it anchors.
"""

import re
from collections.abc import Sequence

from quizbank.questions.rules import OPTION_LETTERS

_LETTER = r"\(?[A-H]\)?\.?"
_JOIN = r"\s*(?:,\s*(?:và|hoặc|and|or)\b|[,;/&+-]|\b(?:và|hoặc|hay|lẫn|cùng|or|nor|and)\b)\s*"
_THING = (
    r"(?:đáp\s+án|phương\s+án|lựa\s+chọn|câu\s+trả\s+lời|câu|ý\s+kiến|ý|khẳng\s+định|mệnh\s+đề|phát\s+biểu|"
    r"điều|yếu\s+tố|trường\s+hợp|nội\s+dung|options?|answers?|choices?|statements?)"
)
_VERDICT = (
    r"(?:đều|cùng|không|chưa|là|đúng|sai|được|chính\s+xác|hợp\s+l[íý]|phù\s+hợp|th(?:oả|ỏa)\s+mãn|"
    r"are|is|both|not|correct|right|wrong|true|false)"
)
_LEAD = rf"(?:cả|chỉ|hoặc|gồm|các|hai|ba|bốn|{_THING}|both|only|either|neither)"
_LETTERS = rf"{_LETTER}(?:{_JOIN}(?:{_LEAD}\s+)*{_LETTER})*"
_ONLY_LETTERS = re.compile(
    rf"^\W*(?:(?:{_LEAD}\s+)+{_LETTERS}|{_LETTER}(?:{_JOIN}(?:{_LEAD}\s+)*{_LETTER})+|{_LETTER}(?=\s+{_VERDICT}))"
    rf"(?:\s+(?:{_VERDICT}|{_THING}))*\W*$",
    re.IGNORECASE,
)
_NAMES_LETTERS = re.compile(
    rf"\b(?:both|neither|either|đáp\s+án|phương\s+án|lựa\s+chọn|options?|answers?)\s+{_LETTERS}(?!\w)", re.IGNORECASE
)
_LED = re.compile(rf"^\W*{_LEAD}\s", re.IGNORECASE)
_ONE_LETTER = re.compile(r"(?<![\w'])[A-H](?![\w'])", re.IGNORECASE)

_ALL = r"(?:tất\s+cả|toàn\s+bộ|mọi|cả\s+(?:hai|ba|bốn|năm|[2-7])|cả|hai|ba|bốn|năm|[2-7]|một\s+trong)"
_PLURAL = r"(?:các|những|hai|ba|bốn|[2-7])"
_ABOVE = r"(?:(?:ở|nêu|kể|đã\s+nêu|đã\s+cho)\s+)?(?:trên|còn\s+lại|vừa\s+nêu|vừa\s+kể|đã\s+nêu|đã\s+cho|kia)"
_END = rf"(?=\W*$|[,.;]|\s+{_VERDICT}\b)"
_BY_PLACE = re.compile(
    "|".join(
        (
            rf"^\W*(?:{_ALL}|{_PLURAL})\s+(?:{_PLURAL}\s+)?(?:\w+\s+){{0,3}}{_ABOVE}{_END}",
            rf"^\W*(?:{_ALL}|{_PLURAL})\s+(?:{_PLURAL}\s+)?(?:{_THING}\s+)?(?:đều|cùng)\s+{_VERDICT}",
            rf"^\W*{_ALL}\s+(?:{_PLURAL}\s+)?(?:{_THING}\W*)?$",
            rf"^\W*không\s+(?:có\s+|phải\s+)?(?:{_THING}\s+)?(?:nào|{_THING})\b(?:.*\b(?:{_VERDICT}|trên|kể|nêu|cả))?\W*$",
            rf"^\W*(?:một\s+)?(?:{_THING}|kết\s+quả)\s+khác\W*$",
            r"\b(?:all|both|none|neither|either|any|each|two|three)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?(?:\w+\s+)?"
            r"(?:above|others?|preceding|previous|options|answers|choices|statements)\b",
            r"^\W*(?:all|both|none|neither)(?:\s+of\s+(?:these|those|them|the\s+\w+))?"
            rf"(?:\s+{_VERDICT})*\W*$",
        )
    ),
    re.IGNORECASE,
)


def anchored_places(options: Sequence[str]) -> frozenset[int]:
    """The places (from 0) that options may not leave, because some option speaks of others."""
    anchored: set[int] = set()
    for place, text in enumerate(options):
        named = letters_named(text)
        if named:
            anchored |= {place} | {other for other in named if other < len(options)}
        if _BY_PLACE.search(text):
            anchored |= {place} if place == len(options) - 1 else set(range(len(options)))
    return frozenset(anchored)


def letters_named(text: str) -> frozenset[int]:
    """The places of the options that a text names by letter: 0 and 1 for "Cả A và B". ``h/f`` is a formula."""
    found = text if _ONLY_LETTERS.match(text) else " ".join(_NAMES_LETTERS.findall(text))
    letters = _ONE_LETTER.findall(found)
    if "".join(letters).islower() and not _LED.match(text):
        return frozenset()
    return frozenset(OPTION_LETTERS.index(letter.upper()) for letter in letters)
