"""What a question is: pure data, and the rules that make it a sound one.

Every type is a stem and a list of parts, so that one table, one editor and one card serve all of them:

=================  =====================================================  ========================
type               parts                                                  ``is_true``
=================  =====================================================  ========================
single-choice      2 to 8 options                                         exactly one
multiple-response  2 to 8 options                                         one or more
true-false         four statements (Part II of the 2025 exam)             any
short-answer       the accepted values, the first is the one shown        all
=================  =====================================================  ========================

Texts are sources in the markup of ``repository.markup``: plain text with ``$LaTeX$`` and ``![](media:SHA256)``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class QuestionType(StrEnum):
    SINGLE_CHOICE = "single-choice"
    MULTIPLE_RESPONSE = "multiple-response"
    TRUE_FALSE = "true-false"
    SHORT_ANSWER = "short-answer"


CHOICE_TYPES = frozenset({QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_RESPONSE})
OPTION_LETTERS = "ABCDEFGH"


class AnswerKind(StrEnum):
    """How a short answer is compared: as a number (decimal comma or point) or as folded text."""

    NUMERIC = "numeric"
    TEXT = "text"


@dataclass(frozen=True)
class Part:
    """An option, a statement or an accepted value. ``is_locked``: keeps its place when options are shuffled."""

    text: str
    is_true: bool = False
    is_locked: bool = False


@dataclass(frozen=True)
class QuestionContent:
    """What is asked and what is right. Immutable: a change makes a new version."""

    type: QuestionType
    stem: str
    parts: tuple[Part, ...]
    explanation: str = ""
    answer_kind: AnswerKind | None = None
    tolerance: Decimal | None = None
    keeps_order: bool = False

    @property
    def key(self) -> str:
        """The key as people write it: ``B``, ``AC``, ``TFTF`` or the first accepted value."""
        if self.type is QuestionType.SHORT_ANSWER:
            return self.parts[0].text if self.parts else ""
        if self.type is QuestionType.TRUE_FALSE:
            return "".join("T" if part.is_true else "F" for part in self.parts)
        return "".join(letter for letter, part in zip(OPTION_LETTERS, self.parts, strict=False) if part.is_true)


def printed_key(kind: QuestionType, key: str) -> str:
    """A key as Vietnamese key tables print it: ``B``, ``ĐSĐS``, ``2,5``."""
    return key.replace("T", "Đ").replace("F", "S") if kind is QuestionType.TRUE_FALSE else key


@dataclass(frozen=True)
class Placement:
    """Where a question stands in the curriculum. Ids are those of ``repository.curriculum``."""

    subject: str
    programme: str
    grade: int | None = None
    topic: str | None = None
    level: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewQuestion:
    """A question on its way in: content, placement, and where it came from.

    ``passage`` is the text shared by neighbours; questions of one import with equal passages share one.
    ``source_file`` and ``source_place`` (``line 12``, ``Câu 7``) lead back to the original.
    """

    content: QuestionContent
    placement: Placement
    passage: str = ""
    source: str = ""
    source_file: str = ""
    source_place: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Problem:
    """Something in a question that a person must decide. ``code`` is stable; ``message`` a Vietnamese msgid."""

    code: str
    message: str
    facts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.facts)


class Verdict(StrEnum):
    """What becomes of a question with a problem.

    ``LEAVE_OUT``: not stored until a person mends it. ``HOLD``: stored as a draft, never published by the machine.
    ``NOTE``: stored as usual; the person is told how the doubtful place was read.
    """

    LEAVE_OUT = "leave-out"
    HOLD = "hold"
    NOTE = "note"


_LEAVE, _HOLD, _NOTE = Verdict.LEAVE_OUT, Verdict.HOLD, Verdict.NOTE

PROBLEMS: dict[str, tuple[Verdict, str]] = {
    "not-a-question": (_LEAVE, "Đoạn này không đọc được thành câu hỏi."),
    "empty-stem": (_LEAVE, "Câu hỏi không có lời dẫn."),
    "no-options": (_LEAVE, "Câu hỏi không có phương án nào."),
    "missing-option": (_LEAVE, "Thiếu phương án {letters}."),
    "repeated-option": (_LEAVE, "Chữ cái {letters} được dùng cho hai phương án."),
    "empty-option": (_LEAVE, "Phương án {letters} để trống."),
    "identical-options": (_LEAVE, "Các phương án {letters} giống hệt nhau."),
    "glued-option": (_LEAVE, "Phương án {letters} dính vào đoạn trước, không rõ bắt đầu từ đâu."),
    "runaway-option": (_LEAVE, "Sau phương án {letters} có dòng thừa: “{text}”."),
    "too-many-options": (_LEAVE, "Câu hỏi có quá {limit} phương án."),
    "wrong-statement-count": (_LEAVE, "Câu đúng/sai phải có đúng bốn ý."),
    "no-key": (_LEAVE, "Không có đáp án."),
    "two-keys": (_LEAVE, "Hai chỗ nêu đáp án khác nhau: {keys}."),
    "key-not-an-option": (_LEAVE, "Đáp án “{key}” không phải là một phương án của câu."),
    "key-does-not-fit": (_LEAVE, "Đáp án “{key}” không khớp với số ý của câu."),
    "contradicts-another": (_LEAVE, "Câu giống hệt đã có trong kho nhưng đáp án khác ({other})."),
    "missing-image": (_LEAVE, "Không tìm thấy tệp hình {image}."),
    "bad-image": (_LEAVE, "Tệp {image} không phải là hình dùng được."),
    "left-out": (_LEAVE, "Người nhập đã bỏ câu này."),
    "too-long": (_LEAVE, "Đoạn văn bản dài quá {limit} ký tự."),
    "not-a-number": (_LEAVE, "Đáp án “{key}” không phải là số."),
    "unread-key-row": (_LEAVE, "Không đọc được dòng này trong bảng đáp án: “{text}”."),
    "key-of-no-question": (_LEAVE, "Bảng đáp án nêu câu {number}, nhưng đề không có câu này."),
    "unclear-table-key": (_LEAVE, "Nhiều câu cùng mang số này, nên không rõ đáp án trong bảng là của câu nào."),
    "no-questions": (_LEAVE, "Không tìm thấy câu hỏi nào: mỗi câu bắt đầu bằng “Câu 1.”, “Câu 2.”…"),
    "missing-figure": (_HOLD, "Câu nhắc đến hình hoặc biểu đồ nhưng không có hình nào."),
    "unclear-image": (_HOLD, "Hình có thể thuộc về câu sau: câu này không nhắc đến hình, câu sau thì có."),
    "missing-passage": (_HOLD, "Câu dùng chung ngữ liệu nhưng không rõ ngữ liệu bắt đầu và kết thúc ở đâu."),
    "glued-question": (_HOLD, "Câu này bắt đầu giữa dòng, dính vào câu trước."),
    "text-before-question": (_HOLD, "Không rõ đoạn ngay trước câu này thuộc về câu nào: “{text}”."),
    "option-mark": (_NOTE, "Chữ cái {letters} đứng đầu dòng thiếu dấu chấm, được đọc là phương án."),
    "option-order": (_NOTE, "Các phương án không theo thứ tự chữ cái trong nguồn."),
    "continued-option": (_NOTE, "Phương án {letters} kéo dài sang dòng sau."),
    "image-after-options": (_NOTE, "Hình đứng sau các phương án được đưa vào lời dẫn."),
    "key-from-explanation": (_NOTE, "Đáp án lấy từ câu “Chọn {key}” trong lời giải."),
    "repeated-number": (_NOTE, "Số câu này đã có trước đó."),
    "skipped-number": (_NOTE, "Không thấy câu {number} trong nguồn."),
    "stem-from-blank": (_NOTE, "Lời dẫn là chỗ trống số {number} trong ngữ liệu."),
    "tag-before-stem": (_NOTE, "Nhãn đứng trước lời dẫn được tách riêng: {text}."),
    "page-line": (_NOTE, "Đã bỏ dòng của trang giấy: “{text}”."),
    "duplicate": (_NOTE, "Câu này đã có trong kho ({other})."),
}
"""One table decides: what each problem says, and whether the question comes in."""


def problem(code: str, **facts: object) -> Problem:
    return Problem(code, PROBLEMS[code][1], {name: str(value) for name, value in facts.items()})


def verdict_of(problems: Iterable[Problem]) -> Verdict:
    """The gravest verdict among the problems."""
    verdicts = {PROBLEMS[found.code][0] for found in problems}
    return next((verdict for verdict in (_LEAVE, _HOLD) if verdict in verdicts), _NOTE)


MAX_OPTIONS = len(OPTION_LETTERS)
MAX_TEXT = 20_000
NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|\d+/[1-9]\d*)")


def fold_spaces(text: str) -> str:
    """NFC with every run of white space as one blank; case stays, for ``AaBb`` and ``AABb`` are different."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def check_content(content: QuestionContent) -> tuple[Problem, ...]:
    """What keeps this content from being a sound question; empty when it is one."""
    found = [] if content.stem.strip() else [problem("empty-stem")]
    if max(map(len, (content.stem, content.explanation, *(part.text for part in content.parts)))) > MAX_TEXT:
        found.append(problem("too-long", limit=MAX_TEXT))
    if content.type is QuestionType.SHORT_ANSWER:
        return (*found, *_check_values(content))
    found += _check_texts(content)
    if content.type is QuestionType.TRUE_FALSE:
        return (*found, *([] if len(content.parts) == 4 else [problem("wrong-statement-count")]))
    keys = sum(part.is_true for part in content.parts)
    if keys == 0 and content.parts:
        found.append(problem("no-key"))
    if keys > 1 and content.type is QuestionType.SINGLE_CHOICE:
        found.append(problem("two-keys", keys=", ".join(content.key)))
    return tuple(found)


def _check_values(content: QuestionContent) -> list[Problem]:
    if not any(part.text.strip() for part in content.parts):
        return [problem("no-key")]
    if content.answer_kind is not AnswerKind.NUMERIC:
        return []
    return [problem("not-a-number", key=part.text) for part in content.parts if not NUMBER.fullmatch(part.text.strip())]


def _check_texts(content: QuestionContent) -> list[Problem]:
    texts = [fold_spaces(part.text).removesuffix(".") for part in content.parts]
    letters = [letter for letter, _ in zip(OPTION_LETTERS, texts, strict=False)]
    if len(texts) > MAX_OPTIONS:
        return [problem("too-many-options", limit=MAX_OPTIONS)]
    if not texts:
        return [problem("no-options")]
    if len(texts) == 1:
        return [problem("missing-option", letters=OPTION_LETTERS[1])]
    empty = [letter for letter, text in zip(letters, texts, strict=True) if not text]
    same = [letter for letter, text in zip(letters, texts, strict=True) if text and texts.count(text) > 1]
    found = [problem("empty-option", letters=", ".join(empty))] if empty else []
    return [*found, *([problem("identical-options", letters=", ".join(same))] if same else [])]


def fingerprint_of(content: QuestionContent, passage: str = "") -> str:
    """64 hexadecimal digits: 48 of what is asked, 16 of what is right.

    Equal fingerprints are the same question; equal beginnings (``body_of``) with different ends contradict
    each other. The explanation does not count.
    """
    if content.type is QuestionType.SHORT_ANSWER:
        asked, right = [], sorted(fold_spaces(part.text) for part in content.parts)
    else:
        asked, right = [fold_spaces(part.text) for part in content.parts], [content.key]
    body = "\x1e".join([content.type, fold_spaces(content.stem), *asked, "\x1d", fold_spaces(passage)])
    key = "\x1e".join(right)
    return hashlib.sha256(body.encode()).hexdigest()[:48] + hashlib.sha256(key.encode()).hexdigest()[:16]


def body_of(fingerprint: str) -> str:
    """The part of a fingerprint that tells what is asked, whatever the key."""
    return fingerprint[:48]
