"""Which questions keep the order of their options, and which questions must stay beside or before others.

Options keep their order where the question says so, where the options are sorted on purpose (see ``ordering``), where
they are the underlined parts of a sentence in their order, where each is called by its own letter (``Điểm A``), and
where the stem calls them by letter. A question that speaks of another one (``câu trên``, ``kết quả câu 5``) stays with
it, or both keep their numbers.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType, fold_spaces
from quizbank.quizzes.ordering import is_sorted


class Kept(StrEnum):
    """Why the options of a question stay as they are."""

    ASKED = "asked"
    SORTED = "sorted"
    UNDERLINED = "underlined"
    LETTERED = "lettered"
    NAMED = "named"


_CORRECTION = re.compile(
    r"needs?\s+(?:correction|correcting|to\s+be\s+corrected|changing)|(?:find|identify|mark|indicate|choose).{0,40}"
    r"\b(?:mistakes?|errors?)\b|(?:gạch\s+(?:chân|dưới)).{0,60}\b(?:sai|sửa|lỗi|chưa\s+đúng)|"
    r"\b(?:lỗi\s+sai|chỗ\s+sai|từ\s+sai)\b.{0,60}gạch\s+(?:chân|dưới)",
    re.IGNORECASE | re.DOTALL,
)
_UNDERLINED = re.compile(r"\\(?:underline|uline)\s*\{([^{}]*)\}|<u>(.*?)</u>", re.DOTALL)
_MARKED = re.compile(r"[(\[]\s*([A-H])\s*[)\]]")
_NAMES_OPTIONS = re.compile(
    r"\b(?:đáp\s+án|phương\s+án|lựa\s+chọn|options?|choices?)\s+([A-H])(?!\w)(?!\s*,\s*[A-H]\s*(?:,|hoặc|or)\s*)"
)
_INSTRUCTION = re.compile(r"\bA\s*,\s*B\s*,\s*C\s*,?\s*(?:hoặc|và|hay|or|and|,)\s*D\b")
_STATEMENT = re.compile(
    r"\b(?:ý|câu|mệnh\s+đề|phát\s+biểu|khẳng\s+định|statements?)\s*\(?[a-d]\b|(?<![\w(])[a-d]\)|"
    r"\b(?:phát\s+biểu|mệnh\s+đề|khẳng\s+định|ý|câu|điều)\s+(?:ở\s+)?(?:trên|trước|sau|dưới)\b|"
    r"^\W*(?:khi\s+đó|do\s+đó|vì\s+vậy|vì\s+thế|từ\s+đó|suy\s+ra)\b|\b(?:above|previous|preceding)\s+statements?\b",
    re.IGNORECASE,
)


def why_options_stay(content: QuestionContent, *, keeps_sorted: bool = True) -> Kept | None:
    """The reason for which no option of a question may move; None if they may."""
    if content.keeps_order:
        return Kept.ASKED
    texts = [part.text for part in content.parts]
    if content.type is QuestionType.TRUE_FALSE:
        return Kept.NAMED if any(_STATEMENT.search(text) for text in texts) else None
    if content.type not in CHOICE_TYPES:
        return None
    if _are_parts_of_a_sentence(content.stem, texts):
        return Kept.UNDERLINED
    if _call_themselves(texts):
        return Kept.LETTERED
    if _names_options(content.stem):
        return Kept.NAMED
    return Kept.SORTED if keeps_sorted and is_sorted(texts) else None


def _are_parts_of_a_sentence(stem: str, texts: Sequence[str]) -> bool:
    """Whether the options are what a stem underlines, or words that it says, in that order; or one of them is wrong."""
    wanted = [_folded(text) for text in texts]
    underlined = [_folded(one or other) for one, other in _UNDERLINED.findall(stem)]
    if len(wanted) > 1 and _is_subsequence(wanted, underlined):
        return True
    if _CORRECTION.search(stem):
        return True
    return len(wanted) > 2 and all(len(text) > 1 and not text.isdigit() for text in wanted) and _occur(stem, wanted)


def _is_subsequence(wanted: Sequence[str], found: Sequence[str]) -> bool:
    rest = iter(found)
    return all(any(text == one for one in rest) for text in wanted)


def _occur(stem: str, wanted: Sequence[str]) -> bool:
    """Whether a text has all of these, as whole words, one after the other."""
    place, folded = 0, _folded(stem)
    for text in wanted:
        found = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)").search(folded, place)
        if found is None:
            return False
        place = found.end()
    return True


def _folded(text: str) -> str:
    return fold_spaces(_UNDERLINED.sub(lambda part: part[1] or part[2] or "", text)).casefold().strip(" .;,:")


def _call_themselves(texts: Sequence[str]) -> bool:
    """``Điểm A``, ``Điểm B``…: each option is called by the letter under which it stands."""
    frames = set()
    for letter, text in zip(OPTION_LETTERS, texts, strict=False):
        plain = text.replace("$", "").strip(" .;,")
        if len(re.findall(rf"(?<!\w){letter}(?!\w)", plain)) != 1:
            return False
        frames.add(re.sub(rf"(?<!\w){letter}(?!\w)", "#", plain).casefold())
    return len(texts) > 1 and len(frames) == 1


def _names_options(stem: str) -> bool:
    """Whether a stem speaks of its options by letter: ``(A) … (B) … (C)``, ``so với phương án B``."""
    plain = _INSTRUCTION.sub(" ", stem)
    marks = _MARKED.findall(plain)
    return ("A" in marks and "B" in marks) or bool(_NAMES_OPTIONS.search(plain))


_PREVIOUS = re.compile(
    r"\b(?:câu|bài)(?:\s+hỏi)?\s+(?:ở\s+)?(?:ngay\s+)?(?:trên|trước|liền\s+trước|vừa\s+rồi)\b(?!\s+(?:khi|đây\s+là))|"
    r"\b(?:previous|preceding|above)\s+(?:question|problem|item)\b|\bquestion\s+above\b",
    re.IGNORECASE,
)
_BUILDS_ON = re.compile(
    r"\b(?:tương\s+tự|theo|như|từ|dùng|sử\s+dụng|dựa\s+vào|áp\s+dụng|xem(?:\s+lại)?|see|as\s+in|from|using)\s+"
    r"(?:kết\s+quả\s+|lời\s+giải\s+)?(?:của\s+|ở\s+|the\s+)?"
    r"(?:(?:câu|bài)\s+(?:ngay\s+)?(?:trên|trước|liền\s+trước)|(?:previous|preceding)\s+(?:question|problem))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<!\n)(?<!^)\b(?:câu|questions?)(?:\s+(?:hỏi|số))?\s+(\d{1,3})\b"
    r"(?:\s*(?:,|và|đến|tới|and|to|-|–)\s*(?:câu\s+)?(\d{1,3})\b)?",
    re.IGNORECASE,
)
_SPEAKS_OF_ORDER = re.compile(
    r"\(\d{1,3}\)|\[\d{1,3}\]|\d{1,3}\s*[.)]?\s*_{2,}|_{2,}\s*\(?\d{1,3}|\b(?:line|paragraph|đoạn|dòng|khổ)\s*\(?\d|"
    r"\b(?:first|second|third|fourth|last|next|following|final)\s+(?:paragraph|sentence|line|passage)|"
    r"\b(?:paragraph|đoạn|khổ|phần)\s+(?:one|two|three|four|đầu|cuối|một|hai|ba|thứ|sau|tiếp)\b",
    re.IGNORECASE,
)


def speaks_of_previous(content: QuestionContent) -> bool:
    """Whether a question or its solution needs the question before it."""
    return bool(_PREVIOUS.search(content.stem) or _BUILDS_ON.search(content.explanation))


def numbers_named(content: QuestionContent) -> frozenset[int]:
    """The numbers of questions that a stem names: 5 for "Dựa vào kết quả câu 5". A number at its start is its own."""
    return frozenset(int(number) for pair in _NUMBERED.findall(content.stem) for number in pair if number)


def speaks_of_order(text: str) -> bool:
    """Whether a passage has numbered gaps, or a question goes by the order of the passage."""
    return bool(_SPEAKS_OF_ORDER.search(text))
