"""One GIFT question as a full tree: everything the format says of it, whether or not the bank has a place for it.

Grammar: Moodle's documentation of GIFT and its ``question/format/gift``; kinds and names of the tree are those of the
grammar by fuhrmanator, whose published trees the tests compare with.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

FORMATS = frozenset({"html", "moodle", "plain", "markdown"})

_SIGNS = "\\:#={}~n"
_HIDDEN = dict(zip(_SIGNS, map(chr, range(0xFDD8, 0xFDD8 + len(_SIGNS))), strict=True))
_SHOWN = {hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_ANY_HIDDEN = re.compile(f"[{''.join(_SHOWN)}]")
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_BACKSLASH, _NEWLINE = f"[\\\\{_HIDDEN[chr(92)]}]", _HIDDEN["n"]
_FORMULA = re.compile(
    rf"{_BACKSLASH}\((?:(?!{_BACKSLASH}[()]).){{1,2000}}?{_BACKSLASH}\)"
    rf"|{_BACKSLASH}\[(?:(?!{_BACKSLASH}\[).){{1,2000}}?{_BACKSLASH}\]"
    r"|\$\$[^$]{1,2000}\$\$"
    rf"|\$(?=[^$\n]*(?:(?:{_BACKSLASH}|{_NEWLINE})[a-zA-Z{{}}]|{_HIDDEN['{']}))[^$\n]{{1,1000}}\$",
    re.DOTALL,
)
_COMMANDS_WITH_N = "e eq u abla ot otin eg i mid leq geq parallel subseteq exists earrow warrow"
_LOST_COMMAND = re.compile(rf"{_NEWLINE}(?=(?:{'|'.join(_COMMANDS_WITH_N.split())})(?![a-zA-Z]))")
_SIGN = re.compile(r"[#={}~]")
_BRACE = re.compile(r"[{}]")
_SIGNED = re.compile(r"\s*(?:[=~#]|(?:T|F|TRUE|FALSE|[Tt]rue|[Ff]alse)\s*(?:#|\Z)|\Z)")
_NOTE = re.compile(r"(?:\A|(?<=\s))//\s")
_INNER_EQUALS = re.compile(r"(?<=\S)=|(?<=\S )=(?=\s)")
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TRUE_FALSE = re.compile(r"(T|F|TRUE|FALSE|[Tt]rue|[Ff]alse)(?=\s*(?:#|\Z))")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d*)?)%")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*{_HIDDEN[':']}?:?\s*({_NUMBER})?\s*\Z")
_HIGH_LOW = re.compile(rf"\s*({_NUMBER}?)\s*\.\.\s*({_NUMBER})\s*\Z")
_ARROW = re.compile(r"(?<!-)->")


class UnreadableGift(ValueError):
    """These lines are no GIFT question; the message is what is wrong, in Vietnamese."""


@dataclass(frozen=True)
class GiftText:
    format: str
    text: str


@dataclass(frozen=True)
class GiftNumber:
    """``simple``: ``number``; ``range``: ``number`` give or take ``range``; ``high-low``: from ``low`` to ``high``."""

    type: str
    number: Decimal = Decimal(0)
    range: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)


@dataclass(frozen=True)
class GiftChoice:
    """An option, an accepted answer or an accepted number. ``weight``: percents, None where none is written."""

    is_correct: bool
    weight: Decimal | None
    text: GiftText | GiftNumber
    feedback: GiftText | None = None


@dataclass(frozen=True)
class GiftPair:
    subquestion: GiftText
    subanswer: str


@dataclass(frozen=True)
class GiftQuestion:
    """``type``: MC, TF, Short, Numerical, Matching, Essay or Description.

    Attributes:
        has_embedded_answers: the answers stand inside the stem, where ``_____`` is now.
        is_one_number: a numerical question whose answer is one number without ``=``.
        feedbacks: of a true/false question, in the order of the file: after the wrong answer, after the right one.
        has_bare_signs: a formula holds signs that should have been escaped.
        has_code: braces and signs in the text or in an answer were taken as they stand.
        note: what stood behind the answers after ``//``.
        has_feedback_behind: the general feedback stood behind the braces.
    """

    type: str
    title: str | None
    stem: GiftText
    has_embedded_answers: bool = False
    global_feedback: GiftText | None = None
    choices: tuple[GiftChoice, ...] = ()
    is_one_number: bool = False
    is_true: bool = False
    feedbacks: tuple[GiftText | None, ...] = ()
    pairs: tuple[GiftPair, ...] = ()
    has_bare_signs: bool = field(default=False, compare=False)
    has_code: bool = field(default=False, compare=False)
    note: str = field(default="", compare=False)
    has_feedback_behind: bool = field(default=False, compare=False)


def parse_gift(text: str) -> GiftQuestion:
    """The tree of one question.

    Args:
        text: its lines without comments.

    Raises:
        UnreadableGift: braces without a partner, answers without a key sign, numbers that are none.
    """
    hidden, has_bare_signs = _hide(text)
    title, rest = _take_title(hidden)
    rest, has_code = _hide_code(rest)
    start, end = rest.find("{"), rest.find("}")
    if start < 0 and end < 0:
        return GiftQuestion("Description", title, _text(rest, "moodle"), has_bare_signs=has_bare_signs)
    if start < 0 or end < start:
        raise UnreadableGift("thiếu dấu { hoặc }")
    before, answers, after = rest[:start].strip(), rest[start + 1 : end].strip(), rest[end + 1 :].strip()
    if "{" in answers or "{" in after or "}" in after:
        raise UnreadableGift("có thêm dấu { hoặc } chưa được viết thành \\{ hoặc \\}")
    after, note = _take_note(after)
    is_behind = after.startswith("####") and "####" not in answers
    answers, after = (f"{answers}\n{after}", "") if is_behind else (answers, after)
    stem = _text(f"{before} _____ {after}".strip() if after else before, "moodle")
    answers, feedback = _take_global_feedback(answers, stem.format)
    answers, has_equals = _hide_equals(answers)
    asked = GiftQuestion(
        "Essay",
        title,
        stem,
        bool(after),
        feedback,
        has_bare_signs=has_bare_signs,
        has_code=has_code or has_equals,
        note=note,
        has_feedback_behind=is_behind,
    )
    return _with_answers(asked, answers) if answers else asked


def _hide_code(text: str) -> tuple[str, bool]:
    """The text with the braces that are none of the answers' hidden, and what is between them.

    They are braces in an answer, and of several pairs those without the signs of answers where one pair has them.
    """
    pairs = _pairs(text)
    signed = [pair for pair in pairs if _SIGNED.match(text[pair[0] + 1 : pair[1]])]
    if len(pairs) > 1 and len(signed) != 1:
        return text, False
    hidden: list[tuple[int, int]] = []
    for start, end in pairs:
        if len(pairs) > 1 and (start, end) not in signed:
            hidden.append((start, end + 1))
        else:
            hidden += [(start + 1 + inner, start + 2 + stop) for inner, stop in _pairs(text[start + 1 : end])]
    for start, end in hidden:
        text = text[:start] + _SIGN.sub(lambda sign: _HIDDEN[sign[0]], text[start:end]) + text[end:]
    return text, bool(hidden)


def _pairs(text: str) -> list[tuple[int, int]]:
    """The outermost pairs of braces; none where a brace has no partner."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            start = brace.start() if not depth else start
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return []
            if not depth:
                found.append((start, brace.start()))
    return [] if depth else found


def _take_note(after: str) -> tuple[str, str]:
    """What stands behind the answers, and a comment at its end."""
    found = _NOTE.search(after)
    return (after[: found.start()].strip(), _show(after[found.end() :]).strip()) if found else (after, "")


def _hide_equals(answers: str) -> tuple[str, bool]:
    """Answers on a line each, one of them right, with the ``=`` inside them hidden: ``~x = 3``."""
    lines = [line for line in answers.split("\n") if line.strip()]
    is_listed = len(lines) > 1 and all(line.lstrip()[0] in "=~" for line in lines)
    if not is_listed or sum(line.lstrip().startswith("=") for line in lines) != 1 or "~" not in answers:
        return answers, False
    hidden = "\n".join(_INNER_EQUALS.sub(_HIDDEN["="], line) for line in answers.split("\n"))
    return hidden, hidden != answers


def _hide(text: str) -> tuple[str, bool]:
    """The text with escaped signs, and signs inside formulas, as characters that mean nothing."""
    text = _NONCHARACTERS.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda escape: _HIDDEN[escape[1]], text)
    has_bare_signs = False

    def protect(formula: re.Match[str]) -> str:
        nonlocal has_bare_signs
        found = _LOST_COMMAND.sub(lambda _: _HIDDEN["\\"] + "n", formula[0])
        found = _SIGN.sub(lambda sign: _HIDDEN[sign[0]], found)
        has_bare_signs = has_bare_signs or found != formula[0]
        return found

    if "$" in text or "\\" in text or _HIDDEN["\\"] in text:
        text = _FORMULA.sub(protect, text)
    return text, has_bare_signs


def _show(text: str) -> str:
    return _ANY_HIDDEN.sub(lambda hidden: _SHOWN[hidden[0]], text)


def _take_title(text: str) -> tuple[str | None, str]:
    found = _TITLE.match(text)
    return (_show(found[1]).strip(), text[found.end() :].strip()) if found else (None, text.strip())


def _text(written: str, default: str) -> GiftText:
    """Text with its format. Lines of HTML and Markdown stay as they are; in the others a line end is a blank."""
    found = _FORMAT.match(written)
    format = found[1] if found else default
    text = written[found.end() :] if found else written
    if format in {"moodle", "plain"}:
        text = _SPACES.sub(" ", text)
    return GiftText(format, _show(text.strip()))


def _take_global_feedback(answers: str, format: str) -> tuple[str, GiftText | None]:
    answers, separator, feedback = answers.rpartition("####") if "####" in answers else (answers, "", "")
    return answers.strip(), _text(feedback, format) if separator else None


def _with_answers(asked: GiftQuestion, answers: str) -> GiftQuestion:
    """The question with its answers, which say what kind of question it is."""
    format = asked.stem.format
    if answers.startswith("#"):
        return _numerical(asked, answers[1:])
    if found := _TRUE_FALSE.match(answers):
        feedbacks = tuple(_feedback(feedback, format) for feedback in answers.split("#", 2)[1:])
        return replace(asked, type="TF", is_true=found[1].upper().startswith("T"), feedbacks=feedbacks)
    parts = _parts(answers)
    if "~" in answers:
        return replace(asked, type="MC", choices=tuple(_choice(sign, part, format) for sign, part in parts))
    if "=" in answers and all(_ARROW.search(part) for _, part in parts):
        return replace(asked, type="Matching", pairs=tuple(_pair(part, format) for _, part in parts))
    return replace(asked, type="Short", choices=tuple(_choice("=", part, format) for _, part in parts))


def _parts(answers: str) -> list[tuple[str, str]]:
    """The answers with the sign before each; the first may come without one."""
    first, *rest = re.split(r"([=~])", answers)
    parts = list(zip(rest[::2], rest[1::2], strict=True))
    return [*([("=", first)] if first.strip() else []), *parts]


def _weight_of(part: str) -> tuple[Decimal | None, str]:
    found = _WEIGHT.match(part)
    return (Decimal(found[1]), part[found.end() :]) if found else (None, part)


def _feedback(written: str, format: str) -> GiftText | None:
    text = _text(written, format)
    return text if text.text else None


def _choice(sign: str, part: str, format: str) -> GiftChoice:
    weight, part = _weight_of(part)
    text, separator, feedback = part.partition("#")
    return GiftChoice(sign == "=", weight, _text(text, format), _feedback(feedback, format) if separator else None)


def _pair(part: str, format: str) -> GiftPair:
    left, right = _ARROW.split(part, maxsplit=1)
    return GiftPair(_text(left, format), _show(_SPACES.sub(" ", right).strip()))


def _numerical(asked: GiftQuestion, answers: str) -> GiftQuestion:
    is_one = "=" not in answers and "~" not in answers
    choices = tuple(_number_choice(sign, part, asked.stem.format) for sign, part in _parts(answers))
    if not choices:
        raise UnreadableGift("câu trả lời số không có số nào")
    return replace(asked, type="Numerical", choices=choices, is_one_number=is_one)


def _number_choice(sign: str, part: str, format: str) -> GiftChoice:
    weight, part = _weight_of(part)
    text, separator, feedback = part.partition("#")
    said = _feedback(feedback, format) if separator else None
    if sign == "~" or text.strip() == "*":
        return GiftChoice(sign == "=", weight, GiftText(format, "*"), said)
    return GiftChoice(True, weight, _number(text), said)


def _number(written: str) -> GiftNumber:
    if found := _HIGH_LOW.match(written):
        if not found[1]:
            raise UnreadableGift(f"“{_show(written).strip()}” không phải là số")
        return GiftNumber("high-low", low=_decimal(found[1]), high=_decimal(found[2]))
    if (found := _RANGE.match(written)) is None:
        raise UnreadableGift(f"“{_show(written).strip()}” không phải là số")
    if found[2] is None:
        return GiftNumber("simple", _decimal(found[1]))
    return GiftNumber("range", _decimal(found[1]), _decimal(found[2]))


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))
