"""What the writers of Moodle's formats have in common: texts with pictures and passages, marks, numbers, losses."""

import base64
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from html import escape

from quizbank.questions.formats.html_source import html_with_source
from quizbank.questions.formats.moodle_meaning import number_of
from quizbank.questions.formats.moodle_place import ANSWER_TAG, PASSAGE_CLASS, tags_of
from quizbank.questions.formats.text_lines import MEDIA
from quizbank.questions.formats.writing import Export, Loss, lost_levels
from quizbank.questions.problems import problem
from quizbank.questions.rules import AnswerKind, NewQuestion, QuestionContent, QuestionType
from repository.errors import HocLieuError

_KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"))
_EXACT_DIGITS = 12
_RECURRING = Decimal("0.000001")

Address = Callable[[str, bytes], str]
"""The address of a picture in the text, by its name (``SHA256.png``) and bytes."""


def data_uri(name: str, data: bytes) -> str:
    return f"data:image/{name.rpartition('.')[2]};base64,{base64.b64encode(data).decode()}"


class Writing:
    """One question on its way out; ``losses`` collects what could not go along."""

    def __init__(self, identifier: str, new: NewQuestion, export: Export, address: Address) -> None:
        self.identifier, self.new, self.content = identifier, new, new.content
        self._export, self._address = export, address
        self.losses = [Loss(identifier, found) for found in lost_levels(new.content)]
        self.tags = tags_of(new)

    def lose(self, what: str) -> None:
        loss = Loss(self.identifier, problem("cannot-hold", what=what))
        if loss not in self.losses:
            self.losses.append(loss)

    def html(self, source: str) -> str:
        try:
            return html_with_source(source, self._target)
        except HocLieuError:
            self.lose("một văn bản quá lớn, đã được ghi thành chữ thường")
            return escape(source, quote=False)

    def stem(self) -> str:
        passage = self.new.passage
        before = f'<div class="{PASSAGE_CLASS}">{self.html(passage)}</div><hr>' if passage.strip() else ""
        return before + self.html(self.content.stem)

    def _target(self, target: str) -> str:
        found = MEDIA.fullmatch(target)
        if found is None:
            return target
        try:
            data = self._export.media(found[1])
        except (HocLieuError, OSError, LookupError):
            self.lose(f"hình {found[1][:12]}, không còn trong kho")
            return target
        ending = next((name for start, name in _KINDS if data.startswith(start)), "png")
        return self._address(f"{found[1]}.{ending}", data)

    def fractions(self) -> list[Decimal]:
        """Percents of each option: one key has all, several share it, and a wrong one among several costs all."""
        keys = sum(part.is_true for part in self.content.parts)
        if self.content.type is QuestionType.SINGLE_CHOICE:
            return [Decimal(100) if part.is_true else Decimal(0) for part in self.content.parts]
        share = (Decimal(100) / max(keys, 1)).quantize(Decimal("0.00001"))
        return [share if part.is_true else Decimal(-100) for part in self.content.parts]

    def numbers(self) -> list[tuple[str, str]]:
        """Each accepted number in Moodle's spelling with its tolerance; a tag keeps our own where it differs."""
        content = self.content
        values = [number_of(part.text) for part in content.parts]
        written = [_decimal_of(value) for value in values]
        is_exact = all(Fraction(text) == value for text, value in zip(written, values, strict=True))
        tolerance = content.tolerance or Decimal(0)
        spoken = tolerance if is_exact else max(tolerance, _RECURRING)
        if written != [part.text for part in content.parts] or spoken != tolerance:
            self.tags.append(answer_tag(content))
        return [(text, f"{spoken:f}") for text in written]

    def judged(self) -> list[tuple[str, str]]:
        """The statements of a cluster with Đúng or Sai, and an empty one so that both can always be chosen."""
        pairs = [(self.html(part.text), "Đúng" if part.is_true else "Sai") for part in self.content.parts]
        missing = {"Đúng", "Sai"} - {judged for _, judged in pairs}
        return [*pairs, *(("", judged) for judged in sorted(missing))]

    def is_numeric(self) -> bool:
        return self.content.answer_kind is AnswerKind.NUMERIC and all(
            _is_number(part.text) for part in self.content.parts
        )


def _is_number(text: str) -> bool:
    try:
        number_of(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _decimal_of(value: Fraction) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    exact = f"{number:f}"
    if Fraction(exact) != value:
        exact = f"{round(number, _EXACT_DIGITS):f}"
    return exact.rstrip("0").rstrip(".") if "." in exact else exact


def answer_tag(content: QuestionContent) -> str:
    """The tag that keeps accepted numbers as they are spelt with us, and their tolerance."""
    tolerance = f";{content.tolerance:f}" if content.tolerance else ""
    return f"{ANSWER_TAG}={'|'.join(part.text for part in content.parts)}{tolerance}"
