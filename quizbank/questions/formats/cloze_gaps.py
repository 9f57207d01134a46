"""The gaps in a cloze text of Moodle: ``{1:MULTICHOICE:=Hà Nội#đúng~Huế}``.

Our model holds a question with one gap as a question with a blank; one with several is kept whole by its readers.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from quizbank.questions.formats.moodle_meaning import FULL, NOTHING, Answer, Meaning
from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.rules import QuestionContent

_GAP = re.compile(
    r"\{\s*+(?P<weight>\d{0,4}+)\s*+:\s*+(?P<kind>[A-Z_]{2,20})\s*:(?P<answers>(?:[^{}\\]|\\.|\{[^{}]*\})*)\}",
    re.DOTALL,
)
_CHOICE = re.compile(r"(?:MULTICHOICE|MC)(?:_?[VHS]{1,2})*")
_RESPONSE = re.compile(r"(?:MULTIRESPONSE|MR)(?:_?[HS]{1,2})*")
_TYPED = re.compile(r"SHORTANSWER(?P<full>_C)?|(?:SA|MW)(?P<short>C)?")
_NUMBER = re.compile(r"NUMERICAL|NM")
_SHARE = re.compile(r"\s*(?:=|%(?P<share>-?\d{1,3}(?:\.\d+)?)%)")
_VALUE = re.compile(r"\s*(?P<value>[^:]*?)\s*(?::\s*(?P<tolerance>[\d.,]+)\s*)?\Z")


@dataclass(frozen=True)
class Gap:
    """A gap: ``start`` and ``end`` in the text, what kind of answer it takes, and the answers as written."""

    start: int
    end: int
    kind: str
    answers: str


def gaps_in(text: str) -> list[Gap]:
    """The gaps of a text, in order."""
    found = (Gap(match.start(), match.end(), match["kind"], match["answers"]) for match in _GAP.finditer(text))
    return [gap for gap in found if _is_known(gap.kind)]


def _is_known(kind: str) -> bool:
    return any(rule.fullmatch(kind) for rule in (_CHOICE, _RESPONSE, _TYPED, _NUMBER))


def with_blank(text: str, gap: Gap) -> str:
    return f"{text[: gap.start]}_____{text[gap.end :]}"


def content_of_gap(gap: Gap, meaning: Meaning, texts: Texts, format: str) -> QuestionContent:
    """What the one gap of a question asks; ``meaning`` has the stem with its blank."""
    is_plain = not (_CHOICE.fullmatch(gap.kind) or _RESPONSE.fullmatch(gap.kind))
    answers = [_answer(piece, texts, format, is_plain=is_plain) for piece in re.split(r"(?<!\\)~", gap.answers)]
    if _NUMBER.fullmatch(gap.kind):
        return meaning.numbers([_number(answer) for answer in answers])
    if typed := _TYPED.fullmatch(gap.kind):
        if typed["full"] or typed["short"]:
            meaning.drop("yêu cầu phân biệt chữ hoa, chữ thường")
        return meaning.values(answers)
    if _CHOICE.fullmatch(gap.kind):
        return meaning.choices(answers, is_single=True)
    keys = sum(answer.fraction > 0 for answer in answers)
    shared = [Answer(one.text, FULL / keys if one.is_full else one.fraction, one.feedback) for one in answers]
    return meaning.choices(shared, is_single=False)


def _answer(piece: str, texts: Texts, format: str, *, is_plain: bool) -> Answer:
    share = _SHARE.match(piece)
    fraction = _fraction_of(share)
    said, _, feedback = _cut(piece[share.end() :] if share else piece)
    text = " ".join(said.split()) if is_plain else texts.source(said.strip(), format)
    return Answer(text, fraction, texts.source(feedback.strip(), format))


def _fraction_of(share: re.Match[str] | None) -> Decimal:
    if share is None:
        return NOTHING
    return FULL if share["share"] is None else Decimal(share["share"])


def _cut(piece: str) -> tuple[str, str, str]:
    """The answer and what is said of it, without the backslashes before ``~ # } " / = %``."""
    answer, mark, feedback = (
        re.split(r"(?<!\\)(#)", piece, maxsplit=1) if re.search(r"(?<!\\)#", piece) else (piece, "", "")
    )
    return _shown(answer), mark, _shown(feedback)


def _shown(text: str) -> str:
    return re.sub(r"\\([~#}\"/=%{])", r"\1", text)


def _number(answer: Answer) -> Answer:
    found = _VALUE.match(answer.text)
    if found is None:
        return answer
    tolerance = Decimal((found["tolerance"] or "0").replace(",", ".")) if _is_decimal(found["tolerance"]) else None
    return Answer(found["value"], answer.fraction, answer.feedback, tolerance)


def _is_decimal(text: str | None) -> bool:
    return text is None or bool(re.fullmatch(r"\d+(?:[.,]\d*)?|[.,]\d+", text))
