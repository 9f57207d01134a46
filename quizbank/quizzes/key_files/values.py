"""Keys as marking programs write them: ``B``, ``ĐSĐĐ``, ``2,5``; and every spelling of them that is read.

======================  ==========================================================================================
one letter              the right option
several letters         any of them is accepted: ``AB``; a multiple response, which needs all of them, is ``A+B``
four of Đ and S         statements a) to d); also read: ``DSDD``, ``1011``, ``TFTT``, ``Đ S Đ Đ``, ``Đ-S-Đ-Đ``
a number, a word        with decimal comma; several accepted values parted by ``|``
``*``                   cancelled: everybody gets the marks
======================  ==========================================================================================
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from quizbank.questions.rules import OPTION_LETTERS, AnswerKind, QuestionType
from quizbank.questions.rulings import Repairable, right_letters
from quizbank.quizzes.grading import numbers_of

CANCELLED = "*"
EITHER = "|"
_STAND_INS = str.maketrans({"|": "｜", "*": "＊"})
_BACK = str.maketrans({"｜": "|", "＊": "*"})
_MINUS = str.maketrans({"−": "-", "–": "-", "‑": "-"})
_TRUTHS = {**dict.fromkeys("ĐDT1", "Đ"), **dict.fromkeys("SF0", "S")}
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_STATEMENTS = re.compile(r"[ĐDST1F0](?:[\s\-,;/.]*[ĐDST1F0]){3}")
_LETTERS = re.compile(r"[A-H](?:[\s,;/]*[A-H])*")
_ALL_LETTERS = re.compile(r"[A-H](?:\s*\+\s*[A-H])+")


def key_value(question: Repairable) -> str:
    """The key of a question (as it is shown, see ``shown_in``) as a file has it; empty for an essay."""
    kind = QuestionType(question.type)
    match kind:
        case QuestionType.TRUE_FALSE:
            return "".join("Đ" if part.is_true else "S" for part in question.parts)
        case QuestionType.SHORT_ANSWER:
            texts = (part.text for part in question.parts)
            return answers_value(texts, is_number=question.answer_kind == AnswerKind.NUMERIC)
        case QuestionType.ESSAY:
            return ""
        case _:
            return ("+" if kind is QuestionType.MULTIPLE_RESPONSE else "").join(right_letters(question))


def choice_value(letters: str, kind: QuestionType) -> str:
    """The shown letters of what is right."""
    return ("+" if kind is QuestionType.MULTIPLE_RESPONSE else "").join(sorted(letters))


def answers_value(texts: Iterable[str], *, is_number: bool) -> str:
    """Accepted values, each once; numbers with decimal comma, a fraction as a decimal where it is a finite one."""
    values = (_number_value(text) if is_number else " ".join(text.split()).translate(_STAND_INS) for text in texts)
    return EITHER.join(dict.fromkeys(value for value in values if value))


def _number_value(text: str) -> str:
    plain = re.sub(r"\s", "", text).translate(_MINUS).removeprefix("+")
    if _NUMBER.fullmatch(plain):
        return plain.replace(".", ",")
    for number in sorted(numbers_of(text)):
        if (finite := _finite(number)) is not None:
            return finite
    return " ".join(text.split()).translate(_STAND_INS)


def _finite(number: Fraction) -> str | None:
    """A fraction as a decimal; None if it has no end."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or len(str(number.denominator)) > 12:
        return None
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}".replace(".", ",")


def read_value(text: str, part: int) -> str:
    """A key of part I (choices), II (statements) or III (short answers) in any spelling, as this program writes it."""
    plain = " ".join(text.split())
    if plain == CANCELLED or not plain:
        return plain
    upper = plain.upper().strip(" .;")
    if part == 1 and _ALL_LETTERS.fullmatch(upper):
        return "+".join(sorted(set(re.findall("[A-H]", upper))))
    if part == 1 and _LETTERS.fullmatch(upper):
        return "".join(sorted(set(re.findall("[A-H]", upper))))
    if part == 2 and _STATEMENTS.fullmatch(upper):
        return "".join(_TRUTHS[letter] for letter in upper if letter in _TRUTHS)
    values = (value.strip() for value in plain.split(EITHER))
    return EITHER.join(dict.fromkeys(_read_answer(value) for value in values if value))


def _read_answer(text: str) -> str:
    number = re.sub(r"\s", "", text).translate(_MINUS)
    return number.replace(".", ",") if _NUMBER.fullmatch(number) else text


def part_of(text: str) -> int | None:
    """The part to which a key surely belongs by its looks; None for ``*`` and for four ones and noughts."""
    plain = " ".join(text.split()).upper().strip(" .;")
    if not plain or plain == CANCELLED or re.fullmatch(r"[01](?:[\s\-,;/.]*[01]){3}", plain):
        return None
    if _STATEMENTS.fullmatch(plain):
        return 2
    return 1 if _LETTERS.fullmatch(plain) or _ALL_LETTERS.fullmatch(plain) else 3


def accepted_of(value: str) -> list[str]:
    """The values that a key accepts, one by one."""
    return [one.translate(_BACK) for one in value.split(EITHER)] if value else []


def letters_in(value: str) -> str:
    """The letters of options that a key names."""
    return "".join(letter for letter in value if letter in OPTION_LETTERS)
