"""Read GIFT: each question of a file as Moodle would understand it, told in our model."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from quizbank.questions.formats.gift_cutting import MAX_BLOCK, Block, cut_gift
from quizbank.questions.formats.gift_tree import (
    GiftChoice,
    GiftNumber,
    GiftQuestion,
    GiftText,
    UnreadableGift,
    parse_gift,
)
from quizbank.questions.formats.moodle_meaning import FULL, NOTHING, Answer, Meaning, without_repeats
from quizbank.questions.formats.moodle_place import category_names, said_of, spelling_in, with_order_of
from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.text_files import lines_of_file
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.problems import problem
from quizbank.questions.rules import QuestionContent

MAX_LEFT = 20_000
_PACKED = re.compile(r"(;base64,[A-Za-z0-9+/]{40})[A-Za-z0-9+/\\=\s]+")
KINDS = {"Description": "đoạn mô tả", "Matching": "ghép đôi"}


def read_gift(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of a GIFT file, one after the other.

    Raises:
        Invalid: the file is not Unicode text.
    """
    yield from questions_of(lines_of_file(source))


def questions_of(lines: Iterable[str]) -> Iterator[ParsedQuestion]:
    category: tuple[str, ...] = ()
    number = 0
    for block in cut_gift(lines):
        if block.is_category:
            category = category_names(block.text)
            continue
        number += 1
        yield _Reading(block, number, category).read()


@dataclass
class _Reading:
    block: Block
    number: int
    category: tuple[str, ...]
    texts: Texts = field(default_factory=Texts)

    def read(self) -> ParsedQuestion:
        block = self.block
        if block.is_too_long:
            return self._parsed("", None, Meaning("", problems=[problem("too-long", limit=MAX_BLOCK)]))
        try:
            tree = parse_gift(block.text)
        except UnreadableGift as fault:
            doubts = [problem("not-a-question"), problem("unreadable-part", what=f"câu GIFT: {fault}")]
            return self._parsed("", None, Meaning("", problems=doubts))
        passage, stem = self.texts.stem(tree.stem.text, tree.stem.format)
        meaning = Meaning(stem, self._source(tree.global_feedback))
        if block.is_glued:
            meaning.problems.append(
                problem("changed", what="Đoạn không có dòng trống ngăn với câu trước", meant="câu riêng")
            )
        if tree.has_bare_signs:
            signs = "Dấu { } = ~ # chưa có \\ đứng trước trong công thức"
            meaning.problems.append(problem("changed", what=signs, meant="một phần của công thức"))
        self._note_oddities(tree, meaning)
        content = self._content(tree, meaning)
        content = with_order_of(block.tags, content) if content else None
        return self._parsed(tree.title or "", content, meaning, passage)

    def _note_oddities(self, tree: GiftQuestion, meaning: Meaning) -> None:
        if tree.has_code:
            what = "Dấu { } = ~ # chưa có \\ đứng trước"
            meaning.problems.append(problem("changed", what=what, meant="một phần của câu chữ"))
        if tree.has_feedback_behind:
            meaning.problems.append(problem("changed", what="Đoạn #### đứng sau dấu }", meant="lời giải"))
        if tree.note:
            meaning.drop(f"ghi chú sau các phương án: {tree.note[:200]}")

    def _content(self, tree: GiftQuestion, meaning: Meaning) -> QuestionContent | None:
        match tree.type:
            case "MC":
                is_single = any(choice.is_correct for choice in tree.choices)
                return meaning.choices([self._answer(choice) for choice in tree.choices], is_single=is_single)
            case "TF":
                wrong, right, *_ = [*map(self._source, tree.feedbacks), "", ""]
                return meaning.truth(tree.is_true, *((right, wrong) if tree.is_true else (wrong, right)))
            case "Short":
                return meaning.values([self._value(choice) for choice in tree.choices])
            case "Numerical":
                answers = [self._value(choice) for choice in tree.choices]
                return meaning.numbers(answers, spelling_in(self.block.tags))
            case "Essay":
                return meaning.essay()
            case "Matching":
                pairs = [(self._source(pair.subquestion), pair.subanswer) for pair in tree.pairs]
                content = meaning.statements(pairs)
                if content is None:
                    meaning.unsupported(KINDS[tree.type])
                return content
            case _:
                meaning.unsupported(KINDS[tree.type])
                return None

    def _source(self, text: GiftText | None) -> str:
        return self.texts.source(text.text, text.format) if text else ""

    def _answer(self, choice: GiftChoice) -> Answer:
        fraction = choice.weight if choice.weight is not None else FULL if choice.is_correct else NOTHING
        text = choice.text if isinstance(choice.text, GiftText) else None
        return Answer(self._source(text), fraction, self._source(choice.feedback))

    def _value(self, choice: GiftChoice) -> Answer:
        """An accepted answer: what is typed is plain text, so nothing in it is markup."""
        fraction = choice.weight if choice.weight is not None else FULL if choice.is_correct else NOTHING
        feedback = self._source(choice.feedback)
        if isinstance(choice.text, GiftText):
            return Answer(" ".join(choice.text.text.split()), fraction, feedback)
        value, tolerance = _number_and_tolerance(choice.text)
        return Answer(value, fraction, feedback, tolerance)

    def _parsed(
        self, title: str, content: QuestionContent | None, meaning: Meaning, passage: str = ""
    ) -> ParsedQuestion:
        block = self.block
        texts = [passage, *([content.stem, content.explanation, *(p.text for p in content.parts)] if content else [])]
        return ParsedQuestion(
            label=title[:200] or block.id or f"Câu {self.number}",
            part="",
            number=self.number,
            lines=(block.first, block.last),
            source=block.source[:MAX_LEFT] if block.is_too_long else _without_pictures(block.source, content),
            draft=content,
            problems=without_repeats((*meaning.problems, *self.texts.problems)),
            passage=passage,
            is_passage_shared=bool(passage),
            images=tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text))),
            pictures=self.texts.pictures,
            said=said_of(self.category, block.tags),
        )


def _without_pictures(source: str, content: QuestionContent | None) -> str:
    """The source of a question that was read, without the bytes of the pictures in it."""
    return _PACKED.sub(r"\1…", source) if content and len(source) > MAX_LEFT else source


def _number_and_tolerance(number: GiftNumber) -> tuple[str, Decimal]:
    if number.type == "high-low":
        return _plain((number.low + number.high) / 2), abs(number.high - number.low) / 2
    return _plain(number.number), number.range


def _plain(number: Decimal) -> str:
    return f"{number:f}"
