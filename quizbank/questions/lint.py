"""Advice on how a question is written: what examiners are taught to avoid. It never keeps a question from being saved.

Source: T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of multiple-choice item-writing guidelines", 2002.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from quizbank.questions.problems import Problem
from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType
from repository.markup import plain, render

LONG_OPTION = 30
LONGER_BY = 1.5
LONG_AMONG_SHORT = 40
UNBALANCED_BY = 4
COMMON_WORDS = 4
WORDS_OF_A_CLAIM = 3
SHOWN_LETTERS = 60
_UNREAD = re.compile(r'<code class="tex">(.*?)</code>', re.DOTALL)
_FORMULA = re.compile(r"\$\$.+?\$\$|(?<!\\)\$(?:[^$\\]|\\.)+?\$", re.DOTALL)
_LONE_DOLLAR = re.compile(r"(?<!\\)\$(?=\S)[^$\n]*[\\^_{=][^$\n]*")
_SILENT_PICTURE = re.compile(r"!\[\s*\]\((?P<target>[^()\s]+)\)")
_COMMAND = re.compile(r"\\(?:left|right|text|mathrm|mathbf|[,;:! ])|[{}$&]")
_SYMBOL = re.compile(r"\\(?:[a-zA-Z]+|.)")

_NO = (
    r"(?<!chân )(?<!hàng )(?<!trên )(?<!nếu )(?<!số )(?<!mà )(?<!hoặc )(?<!nhưng )(?<!hay )(?<!đều )(?<!ra )"
    r"(?<!độ )(?<!vẫn )(?<!việc )không"
    r"(?! (?:khí|gian|quân|lực|ai|ngừng|lành mạnh|hạn chế|quá|bị|thành công|còn)\b|\W*$)"
)
_WRONG = (
    r"(?<!tay )(?<!cái )(?<!đúng )(?<!đúng, )(?<!đúng/)(?<!đúng - )(?<!đúng hay )sai(?! lầm| lệch| phạm| số| khiến)"
)
_NEGATION = re.compile(rf"\b(?:{_NO}|chưa|chẳng|{_WRONG}|ngoại trừ|not|never|except|incorrect|false)\b", re.IGNORECASE)
_DENIED = (
    rf"(?P<word>{_NO}(?: (?:đúng|phải|thuộc|có|được|chính xác|phù hợp))?|chưa (?:đúng|chính xác)|{_WRONG}|ngoại trừ)"
)
_ASKS = r"(?:nào|đâu|những ai|ai|gì)"
_NAMED = "biện pháp|nội dung|nhân tố|yếu tố|nguyên nhân|điều|ý|đặc điểm|tổ chức|phát biểu|nhận định"
_ASKED_NEGATION = re.compile(
    rf"\b(?:{_ASKS}\b(?:(?! khi |[,;.]).)*?\b{_DENIED}\b"
    rf"|{_DENIED.replace('word', 'before')}\b(?! sự thật)(?:(?! là |[,;.]).)*(?:, [^,;.]{{1,14}})?\b{_ASKS}\b"
    rf"|{_DENIED.replace('word', 'last')}(?: là)?(?: (?!những\b|các\b)[^\W\d_]+){{0,3}}\W*$"
    rf"|^(?:{_NAMED})\b(?:(?! là |[,;.]).)*?{_DENIED.replace('word', 'named')}\b(?:(?! là |[,;.]).)* là\W*$"
    r"|(?:which|what|who|where|when|why|how|all)\b.*?\b(?P<foreign>not|except|never|incorrect|false)\b"
    r"|(?P<except>except)\W*$)",
    re.IGNORECASE,
)
_ALL_OR_NONE = re.compile(
    r"\s*(?:tất cả (?:các )?(?:phương án|đáp án|ý|câu|đều)\b.*|cả (?:[a-h], ?)*[a-h] (?:và|,|đều) ?[a-h]?\b.*"
    r"|(?:cả )?(?:ba|bốn|hai) (?:phương án|đáp án|ý|câu) (?:trên|đều)\b.*"
    r"|không (?:có )?(?:phương án|đáp án|câu) nào\b.*"
    r"|(?:all|none|both) of the (?:above|these)\b.*)",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"\b(?:luôn luôn|luôn|mọi lúc|tất cả|hoàn toàn|tuyệt đối|không bao giờ|always|never)\b", re.I)
_WORD = re.compile(r"\w+")

ADVICE: dict[str, str] = {
    "broken-formula": "Công thức “{formula}” không đọc được: người làm bài sẽ thấy mã LaTeX.",
    "lone-dollar": "Công thức bắt đầu từ “{formula}” chưa có dấu $ đóng lại.",
    "silent-picture": "Hình chưa có lời mô tả cho người không nhìn thấy hình.",
    "longest-is-key": "Phương án đúng dài hơn hẳn các phương án khác: người đoán sẽ chọn nó.",
    "unbalanced-lengths": "Các phương án dài ngắn quá khác nhau: dài nhất {longest} ký tự, ngắn nhất {shortest}.",
    "double-negative": "Lời dẫn hỏi điều không đúng, phương án {letters} cũng phủ định: hai lần phủ định dễ gây nhầm.",
    "hidden-negative": "Từ phủ định “{word}” trong câu hỏi nên viết hoa hoặc in đậm.",
    "all-or-none": "Phương án {letters} kiểu “tất cả đều đúng” cho người biết một nửa đoán được cả câu.",
    "moving-all-or-none": "Phương án {letters} nhắc đến phương án khác mà chưa được giữ chỗ: xáo trộn sẽ sai nghĩa.",
    "absolute-word": "Phương án sai {letters} có từ tuyệt đối “{word}”, thường lộ là sai.",
    "repeated-beginning": "Mọi phương án bắt đầu bằng “{words}”: hãy đưa phần chung lên lời dẫn.",
    "no-explanation": "Câu chưa có lời giải.",
    "no-guide": "Câu tự luận chưa có hướng dẫn chấm.",
    "all-true": "Cả bốn ý đều {judgement}: người làm bài dễ đoán.",
}
"""Code -> what it says."""


@dataclass(frozen=True)
class Advice(Problem):
    """Advice with its place: ``field`` of the question form (``stem``, ``part-2``, …), ``find`` the words there."""

    field: str = "stem"
    find: str = ""


@dataclass(frozen=True)
class _Read:
    """A question as plain text."""

    content: QuestionContent
    stem: str
    parts: tuple[str, ...]

    @property
    def is_choice(self) -> bool:
        return self.content.type in CHOICE_TYPES and len(self.parts) > 1

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Field -> source."""
        yield "stem", self.content.stem
        if self.content.type is not QuestionType.SHORT_ANSWER:
            yield from ((f"part-{place}", part.text) for place, part in enumerate(self.content.parts))
        yield "explanation", self.content.explanation


def advice_on(content: QuestionContent) -> tuple[Advice, ...]:
    """What could be better, the gravest first; codes are those of ``ADVICE``."""
    read = _Read(content, plain(content.stem), tuple(plain(part.text) for part in content.parts))
    found = [*_sources(read), *_negations(read), *_options(read), *_wording(read), *_statements(read)]
    if not content.explanation.strip():
        is_essay = content.type is QuestionType.ESSAY
        found.append(_advice("no-guide" if is_essay else "no-explanation", "explanation"))
    return tuple(found)


def _advice(code: str, field: str, find: str = "", **facts: object) -> Advice:
    return Advice(code, ADVICE[code], {name: str(value) for name, value in facts.items()}, field, find)


def _sources(read: _Read) -> Iterator[Advice]:
    """What is wrong with the source of a text: formulas that nobody can read, pictures that say nothing."""
    for field, text in read.texts:
        if "\\" in text or "$" in text:
            for shown in _UNREAD.findall(render(text).html):
                tex = unescape(shown).strip()
                yield _advice("broken-formula", field, tex, formula=tex.strip("$ ")[:SHOWN_LETTERS])
        if lone := _LONE_DOLLAR.search(_FORMULA.sub("", text)):
            yield _advice("lone-dollar", field, lone[0], formula=lone[0].strip()[:SHOWN_LETTERS])
        for picture in _SILENT_PICTURE.finditer(text):
            yield _advice("silent-picture", field, picture[0])


def _letters_of(
    read: _Read, pattern: re.Pattern[str], *, only_wrong: bool = False, is_whole: bool = False
) -> list[str]:
    search = pattern.fullmatch if is_whole else pattern.search
    return [
        letter
        for letter, text, part in zip(OPTION_LETTERS, read.parts, read.content.parts, strict=False)
        if search(text) and not (only_wrong and part.is_true)
    ]


def _negations(read: _Read) -> Iterator[Advice]:
    asked = asked_negation(read)
    if not asked:
        return
    letters = _letters_of(read, _NEGATION)
    if letters and not _names_words_of_the_stem(read):
        yield _advice("double-negative", _field_of(letters[0]), letters=", ".join(letters))
    is_marked = asked.isupper() or re.search(
        rf"(?:<b>|<u>|<strong>|\\(?:textbf|underline)\s*\{{)[^<}}]*{re.escape(asked)}", read.content.stem
    )
    if not is_marked:
        yield _advice("hidden-negative", "stem", asked, word=asked)


def asked_negation(read: _Read) -> str:
    """The word by which a question asks for what is not so; empty where it asks for what is."""
    if not read.is_choice:
        return ""
    found = _ASKED_NEGATION.search(_last_sentence(read.stem))
    return next((word for word in found.groupdict().values() if word), "") if found else ""


def _names_words_of_the_stem(read: _Read) -> bool:
    """Whether the options are words that the stem underlines, as where an error is to be found."""
    return read.content.stem.count(r"\underline") + read.content.stem.count("<u>") >= len(read.parts)


def _last_sentence(text: str) -> str:
    """The question itself, which stands at the end of what leads up to it."""
    return re.split(r"(?<=[.!?…])\s+(?=\S)|\n", text.strip())[-1]


def _field_of(letter: str) -> str:
    return f"part-{OPTION_LETTERS.index(letter)}"


def seen_letters(text: str) -> int:
    """About how many letters of an option are seen: a formula counts by its symbols, not by its source."""
    return len(_SYMBOL.sub("x", _COMMAND.sub("", text)).strip())


def _options(read: _Read) -> Iterator[Advice]:
    if not read.is_choice:
        return
    lengths = [seen_letters(part.text) for part in read.content.parts]
    longest, shortest = max(lengths), min(lengths)
    right = [length for length, part in zip(lengths, read.content.parts, strict=False) if part.is_true]
    others = [length for length, part in zip(lengths, read.content.parts, strict=False) if not part.is_true]
    if len(right) == 1 and others and right[0] >= LONG_OPTION and right[0] >= LONGER_BY * max(others):
        yield _advice("longest-is-key", f"part-{lengths.index(longest)}")
    elif longest >= LONG_AMONG_SHORT and longest > UNBALANCED_BY * max(shortest, 1):
        yield _advice("unbalanced-lengths", f"part-{lengths.index(longest)}", longest=longest, shortest=shortest)
    letters = _letters_of(read, _ALL_OR_NONE, is_whole=True)
    if letters:
        yield _advice("all-or-none", _field_of(letters[0]), letters=", ".join(letters))
    is_locked = {letter for letter, part in zip(OPTION_LETTERS, read.content.parts, strict=False) if part.is_locked}
    loose = [letter for letter in letters if letter not in is_locked]
    if loose and not read.content.keeps_order:
        yield _advice("moving-all-or-none", _field_of(loose[0]), letters=", ".join(loose))


def _wording(read: _Read) -> Iterator[Advice]:
    if not read.is_choice:
        return
    words = _common_beginning(read.parts)
    if len(words) >= COMMON_WORDS and not any(word[0].isupper() for word in words[1:]):
        yield _advice("repeated-beginning", "part-0", words=" ".join(words))
    if asked_negation(read) or any(_ABSOLUTE.search(text) for text in _right_texts(read)):
        return
    letters = [
        letter
        for letter in _letters_of(read, _ABSOLUTE, only_wrong=True)
        if not _ALL_OR_NONE.fullmatch(text := read.parts[OPTION_LETTERS.index(letter)])
        and len(_WORD.findall(text)) >= WORDS_OF_A_CLAIM
    ]
    if letters:
        found = _ABSOLUTE.search(read.parts[OPTION_LETTERS.index(letters[0])])
        word = found[0] if found else ""
        yield _advice("absolute-word", _field_of(letters[0]), word, letters=", ".join(letters), word=word)


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


def _statements(read: _Read) -> Iterator[Advice]:
    if read.content.type is not QuestionType.TRUE_FALSE or len(read.parts) < 2:
        return
    judgements = {part.is_true for part in read.content.parts}
    if len(judgements) == 1:
        yield _advice("all-true", "parts", judgement="đúng" if judgements == {True} else "sai")
