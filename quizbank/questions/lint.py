"""Advice on how a question is written: what examiners are taught to avoid. It never keeps a question from being saved.

Source: T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of multiple-choice item-writing guidelines", 2002.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.questions.problems import Problem
from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType
from repository.markup import plain
from repository.markup.maths import find_mathml

LONG_OPTION = 30
LONGER_BY = 1.5
UNBALANCED_BY = 4
_FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<!\\)\$((?:[^$\\\n]|\\.)+?)\$", re.DOTALL)
_NEGATION = re.compile(r"\b(?:không|chưa|chẳng|sai|trừ|ngoại trừ|not|never|except|incorrect|false)\b", re.IGNORECASE)
_ASKED_NEGATION = re.compile(
    r"\b(?:không (?:đúng|phải|thuộc|có|được|chính xác)|sai|chưa đúng|not|except|incorrect)\b", re.IGNORECASE
)
_ALL_OR_NONE = re.compile(
    r"\s*(?:tất cả (?:các )?(?:phương án|đáp án|ý|câu|đều)\b.*|cả (?:[a-h], ?)*[a-h] (?:và|,|đều) ?[a-h]?\b.*"
    r"|(?:cả )?(?:ba|bốn|hai) (?:phương án|đáp án|ý|câu) (?:trên|đều)\b.*"
    r"|không (?:có )?(?:phương án|đáp án|câu) nào\b.*"
    r"|(?:all|none|both) of the (?:above|these)\b.*)",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:luôn luôn|luôn|mọi lúc|tất cả|hoàn toàn|tuyệt đối|không bao giờ|always|never|all)\b", re.I
)
_WORD = re.compile(r"\w+")

ADVICE: dict[str, str] = {
    "broken-formula": "Công thức “{formula}” không đọc được: người làm bài sẽ thấy mã LaTeX.",
    "longest-is-key": "Phương án đúng dài hơn hẳn các phương án khác: người đoán sẽ chọn nó.",
    "unbalanced-lengths": "Các phương án dài ngắn quá khác nhau: dài nhất {longest} ký tự, ngắn nhất {shortest}.",
    "double-negative": "Lời dẫn hỏi điều không đúng, phương án {letters} cũng phủ định: hai lần phủ định dễ gây nhầm.",
    "hidden-negative": "Từ phủ định “{word}” trong câu hỏi nên viết hoa hoặc in đậm.",
    "all-or-none": "Phương án {letters} kiểu “tất cả đều đúng” cho người biết một nửa đoán được cả câu.",
    "moving-all-or-none": "Phương án {letters} nhắc đến phương án khác mà chưa được giữ chỗ: xáo trộn sẽ sai nghĩa.",
    "absolute-word": "Phương án sai {letters} có từ tuyệt đối “{word}”, thường lộ là sai.",
    "repeated-beginning": "Mọi phương án bắt đầu bằng “{words}”: hãy đưa phần chung lên lời dẫn.",
    "no-explanation": "Câu chưa có lời giải.",
    "all-true": "Cả bốn ý đều {judgement}: người làm bài dễ đoán.",
}
"""Code -> what it says."""


@dataclass(frozen=True)
class _Read:
    """A question as plain text."""

    content: QuestionContent
    stem: str
    parts: tuple[str, ...]

    @property
    def is_choice(self) -> bool:
        return self.content.type in CHOICE_TYPES and len(self.parts) > 1


def advice_on(content: QuestionContent) -> tuple[Problem, ...]:
    """What could be better, the gravest first; codes are those of ``ADVICE``."""
    read = _Read(content, plain(content.stem), tuple(plain(part.text) for part in content.parts))
    found = [*_formulas(content), *_negations(read), *_options(read), *_wording(read), *_statements(read)]
    if not content.explanation.strip():
        found.append(_advice("no-explanation"))
    return tuple(found)


def _advice(code: str, **facts: object) -> Problem:
    return Problem(code, ADVICE[code], {name: str(value) for name, value in facts.items()})


def _formulas(content: QuestionContent) -> Iterator[Problem]:
    texts = (content.stem, *(part.text for part in content.parts), content.explanation)
    for text in texts:
        for match in _FORMULA.finditer(text):
            tex = match[1] or match[2]
            if find_mathml(unicodedata.normalize("NFC", tex)) is None:
                yield _advice("broken-formula", formula=tex[:60])


def _letters_of(
    read: _Read, pattern: re.Pattern[str], *, only_wrong: bool = False, is_whole: bool = False
) -> list[str]:
    search = pattern.fullmatch if is_whole else pattern.search
    return [
        letter
        for letter, text, part in zip(OPTION_LETTERS, read.parts, read.content.parts, strict=False)
        if search(text) and not (only_wrong and part.is_true)
    ]


def _negations(read: _Read) -> Iterator[Problem]:
    asked = _ASKED_NEGATION.search(_last_sentence(read.stem))
    if asked is None or not read.is_choice:
        return
    letters = _letters_of(read, _NEGATION)
    if letters:
        yield _advice("double-negative", letters=", ".join(letters))
    is_marked = asked[0].isupper() or re.search(rf"(?:<b>|<u>|<strong>)[^<]*{re.escape(asked[0])}", read.content.stem)
    if not is_marked:
        yield _advice("hidden-negative", word=asked[0])


def _last_sentence(text: str) -> str:
    """The question itself, which stands at the end of what leads up to it."""
    return re.split(r"(?<=[.!?…])\s+(?=\S)|\n", text.strip())[-1]


def _options(read: _Read) -> Iterator[Problem]:
    if not read.is_choice:
        return
    lengths = [len(text) for text in read.parts]
    longest, shortest = max(lengths), min(lengths)
    right = [length for length, part in zip(lengths, read.content.parts, strict=False) if part.is_true]
    others = [length for length, part in zip(lengths, read.content.parts, strict=False) if not part.is_true]
    if len(right) == 1 and others and right[0] >= LONG_OPTION and right[0] >= LONGER_BY * max(others):
        yield _advice("longest-is-key")
    elif longest >= LONG_OPTION and longest > UNBALANCED_BY * max(shortest, 1):
        yield _advice("unbalanced-lengths", longest=longest, shortest=shortest)
    letters = _letters_of(read, _ALL_OR_NONE, is_whole=True)
    if letters:
        yield _advice("all-or-none", letters=", ".join(letters))
    is_locked = {letter for letter, part in zip(OPTION_LETTERS, read.content.parts, strict=False) if part.is_locked}
    loose = [letter for letter in letters if letter not in is_locked]
    if loose and not read.content.keeps_order:
        yield _advice("moving-all-or-none", letters=", ".join(loose))


def _wording(read: _Read) -> Iterator[Problem]:
    if not read.is_choice:
        return
    letters = [
        letter
        for letter in _letters_of(read, _ABSOLUTE, only_wrong=True)
        if not _ALL_OR_NONE.fullmatch(read.parts[OPTION_LETTERS.index(letter)])
    ]
    if letters and not any(_ABSOLUTE.search(text) for text in _right_texts(read)):
        word = _ABSOLUTE.search(read.parts[OPTION_LETTERS.index(letters[0])])
        yield _advice("absolute-word", letters=", ".join(letters), word=word[0] if word else "")
    words = _common_beginning(read.parts)
    if len(words) >= 3:
        yield _advice("repeated-beginning", words=" ".join(words))


def _right_texts(read: _Read) -> list[str]:
    return [text for text, part in zip(read.parts, read.content.parts, strict=False) if part.is_true]


def _common_beginning(texts: tuple[str, ...]) -> list[str]:
    """The words with which every text begins, when something follows them in each."""
    rows = [_WORD.findall(text) for text in texts]
    common: list[str] = []
    for column in zip(*rows, strict=False):
        if len(set(column)) > 1:
            break
        common.append(column[0])
    return common if all(len(row) > len(common) for row in rows) else []


def _statements(read: _Read) -> Iterator[Problem]:
    if read.content.type is not QuestionType.TRUE_FALSE or len(read.parts) < 2:
        return
    judgements = {part.is_true for part in read.content.parts}
    if len(judgements) == 1:
        yield _advice("all-true", judgement="đúng" if judgements == {True} else "sai")
