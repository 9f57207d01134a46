"""Explanations that call options by letter ("Chọn B", "A, C sai vì…"), in the letters that a variant shows.

What is surely the name of an option is rewritten, in one pass, so that nothing is renamed twice. Formulas are never
touched. A single letter that may be an option or something else (a point, a substance) is left, and reported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType


@dataclass(frozen=True)
class Explained:
    """An explanation for a variant.

    Attributes:
        text: in shown letters.
        doubtful: letters that were left as they stood and may mean options in their original order, in that order.
    """

    text: str
    doubtful: tuple[str, ...] = ()


_LETTER = r"(?<![\w\\'’°º])[A-H](?![\w'’])"
_JOIN = r"\s*(?:,\s*(?:và|hoặc|and|or)\b|[,;/&+]|\b(?:và|hoặc|hay|lẫn|or|nor|and)\b)\s*"
_LIST = rf"{_LETTER}(?:{_JOIN}(?:(?:đáp\s+án|phương\s+án|câu|ý)\s+)?{_LETTER})*"
_NAME = (
    r"(?:chọn|khoanh|loại(?:\s+(?:bỏ|trừ))?|đáp\s*án|đ/a|phương\s+án|lựa\s+chọn|câu\s+trả\s+lời|câu|ý|các\s+ý|"
    r"choose|pick|choice|options?|answers?|choices|key|correct\s+answer)"
)
_BETWEEN = (
    r"(?:\s*(?:\b(?:đúng|sai|nhất|cần\s+chọn|chính\s+xác|phù\s+hợp|là|được|các|cả|gồm|is|are|the|correct|right|wrong|"
    r"đáp\s*án|phương\s+án|ý|câu|option|answer)\b|[:=→⇒\-–\"“(\[*]|=>|->))*\s*"
)
_VERDICT = (
    r"(?:đều\s+|bị\s+|là\s+|cũng\s+|chưa\s+|không\s+|hoàn\s+toàn\s+)*(?:đúng|sai|loại|chọn|chính\s+xác|phù\s+hợp|hợp\s+lí|hợp\s+lý|"
    r"nhiễu|phương\s+án|đáp\s+án)(?!\w)|(?:is|are)\s+(?:not\s+)?(?:both\s+|all\s+)?(?:right|wrong|correct|incorrect|true|false)\b"
)
_START = (
    r"(?:^|(?<=[.;:,!?(\n–→⇒\-])|(?<=[>*]))[ \t]*(?:(?:nên|vậy|vì\s+vậy|do\s+đó|suy\s+ra|so|thus|hence|còn|các)\s+)?|"
    r"(?<!\w)(?:vì|do|bởi|mà|nhưng|còn|because|since|but|while)\s+"
)
_OPTIONS = re.compile(
    rf"(?P<named>(?<!\w){_NAME}{_BETWEEN}(?P<a>{_LIST}))|"
    rf"(?P<judged>(?:{_START})(?P<b>{_LIST})(?=\s+(?:{_VERDICT})))|"
    r"(?P<labelled>(?:^|\n)[ \t]*(?:[-+*•–]\s*)?(?P<c>(?-i:[A-H]))(?=\s*[.)]\s|\s*[-:–]\s*"
    r"(?:đúng|sai|loại|chọn|right|wrong|correct|incorrect|true|false)\b))|"
    r"(?P<pointed>(?:→|⇒|=>|->)\s*(?P<d>(?-i:[A-H]))(?=\s*[.;]?\s*(?:$|\n)))",
    re.IGNORECASE,
)
_STATEMENTS = re.compile(
    r"(?:(?<!\w)(?:ý|câu|mệnh\s+đề|phát\s+biểu|khẳng\s+định|nhận\s+định|statements?)\s+\(?(?P<a>[a-d](?:\s*,\s*[a-d]|"
    r"\s+(?:và|and|hoặc)\s+[a-d])*)(?![\w’'])|(?<![\w(])(?P<b>[a-d])(?=\)))",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$|\\\(.*?\\\)|\\\[.*?\\\]|!\[[^\]]*\]\([^)]*\)", re.DOTALL)
_ONE = re.compile(r"(?<![\w\\'’^_{°º])(?<!\^0 )[A-H](?![\w'’^_}])")
_OTHER_THING = re.compile(
    r"(?:điểm|đỉnh|chất|khí|kim\s+loại|anh|chị|ông|bà|em|cô|chú|bác|cậu|bạn|công\s+ty|trường|xã|tỉnh|nước|lớp|khối|"
    r"nhóm|tổ|gen|alen|allele|loài|quần\s+thể|cây|bệnh\s+viện|vitamin|hepatitis|tại|từ|qua|phòng|nút|vật|dây|bản|máy|"
    r"hình|vị\s+trí|biến\s+cố|tập|tập\s+hợp|đường|mạch|hạt|nguyên\s+tố|muối|axit|este|amin|ancol|hợp\s+chất)\s+$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^A\s+[a-z]")
_SENTENCE_ENDS = re.compile(r"[.;:!?\n]")
_VIETNAMESE = re.compile(r"[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]", re.IGNORECASE)


def explanation_for(content: QuestionContent, option_order: str) -> Explained:
    """The explanation of a question for a variant; the source as it is where nothing moved.

    Args:
        content: the question, its explanation in canonical letters.
        option_order: canonical letters in shown order, as ``CADB``; empty: nothing moved.
    """
    is_statements = content.type is QuestionType.TRUE_FALSE
    has_moved = option_order != OPTION_LETTERS[: len(option_order)]
    if not has_moved or not content.explanation or not (is_statements or content.type in CHOICE_TYPES):
        return Explained(content.explanation)
    shown = {letter: OPTION_LETTERS[place] for place, letter in enumerate(option_order)}
    pattern = _STATEMENTS if is_statements else _OPTIONS
    renamed, left = [], []
    for is_formula, piece in _pieces(content.explanation):
        if is_formula:
            renamed.append(piece)
            continue
        renamed.append(pattern.sub(lambda found: _renamed(found, shown), piece))
        left.append(pattern.sub(lambda found: "," * len(found[0]), piece))
    doubtful = set() if is_statements else {letter for text in left for letter in _doubtful(text) if letter in shown}
    return Explained("".join(renamed), tuple(sorted(doubtful)))


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """A text cut into formulas (and pictures) and what stands between them."""
    end = 0
    for found in _FORMULA.finditer(text):
        yield False, text[end : found.start()]
        yield True, found[0]
        end = found.end()
    yield False, text[end:]


def _renamed(found: re.Match[str], shown: dict[str, str]) -> str:
    """What was found with its letters renamed; as it is if it has other letters, which name something else."""
    group = next(name for name in "abcd" if name in found.re.groupindex and found[name])
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    letters = re.compile(r"(?<!\w)[A-Ha-h](?!\w)") if found.re is _STATEMENTS else _ONE
    whole = found[0]
    named = letters.findall(whole[start:end])
    if not all(letter.upper() in shown for letter in named):
        return whole

    def other(one: re.Match[str]) -> str:
        new = shown[one[0].upper()]
        return new if one[0].isupper() else new.lower()

    return whole[:start] + letters.sub(other, whole[start:end]) + whole[end:]


def _doubtful(text: str) -> Iterator[str]:
    """Single letters that may be the names of options."""
    for found in _ONE.finditer(text):
        if not _OTHER_THING.search(text[: found.start()]) and not _is_article(text, found.start()):
            yield found[0]


def _is_article(text: str, start: int) -> bool:
    """Whether an "A" begins an English phrase: a lower-case word follows, and nothing in its sentence is Vietnamese."""
    if not _ARTICLE.match(text[start:]):
        return False
    before = _SENTENCE_ENDS.split(text[:start])[-1]
    after = _SENTENCE_ENDS.split(text[start:], maxsplit=1)[0]
    return not _VIETNAMESE.search(before + after)
