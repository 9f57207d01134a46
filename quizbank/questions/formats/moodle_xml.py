"""Read Moodle XML: every standard type that our model holds; the others are kept whole and named."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from quizbank.questions.formats import moodle_elements as xml
from quizbank.questions.formats.cloze_gaps import content_of_gap, gaps_in, with_blank
from quizbank.questions.formats.moodle_meaning import FULL, NOTHING, Answer, Meaning, without_repeats
from quizbank.questions.formats.moodle_place import OUR_CATEGORY, category_names, said_of, spelling_in, with_order_of
from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.text_lines import IMAGE
from quizbank.questions.formats.xml_source import iterate_xml, line_of
from quizbank.questions.problems import problem
from quizbank.questions.rules import QuestionContent

KINDS = {
    "description": "đoạn mô tả",
    "matching": "ghép đôi",
    "cloze": "điền nhiều chỗ trống (cloze)",
    "multianswer": "điền nhiều chỗ trống (cloze)",
    "gapselect": "chọn từ vào chỗ trống (gapselect)",
    "ddwtos": "kéo từ vào chỗ trống (ddwtos)",
    "ddimageortext": "kéo thả lên hình (ddimageortext)",
    "ddmarker": "đặt dấu lên hình (ddmarker)",
    "ordering": "sắp xếp thứ tự",
    "calculated": "tính theo công thức (calculated)",
    "calculatedsimple": "tính theo công thức (calculatedsimple)",
    "calculatedmulti": "tính theo công thức, nhiều phương án (calculatedmulti)",
    "random": "câu ngẫu nhiên",
    "randomsamatch": "ghép đôi ngẫu nhiên",
}
"""What people call the types that our model does not hold."""

_USUAL_PENALTIES = frozenset(map(float, ("0", "0.1", "0.2", "0.25", "0.3333333", "0.5", "1")))
_USUAL_NUMBERING = frozenset({"", "abc", "abcd"})
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_TRUE = frozenset({"true", "đúng"})


def read_moodle(source: SourceFile) -> Iterator[ParsedQuestion]:
    """The questions of a Moodle XML file, one after the other.

    Raises:
        Invalid: not well-formed or hostile XML, when the reading comes to the faulty line.
    """
    category: tuple[str, ...] = ()
    number = 0
    for element in iterate_xml(source.path, "question"):
        if (element.get("type") or "").strip().lower() == "category":
            is_ours = xml.word_in(element, "info") == OUR_CATEGORY
            category = () if is_ours else category_names(xml.word_in(element, "category"))
            continue
        number += 1
        yield _Reading(element, number, category).read()


@dataclass
class _Reading:
    element: etree._Element
    number: int
    category: tuple[str, ...]
    files: xml.Files = field(init=False)
    texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        self.files = xml.Files.of(self.element)
        self.texts = Texts(self.files.find)

    def read(self) -> ParsedQuestion:
        asked = xml.child(self.element, "questiontext")
        kind = (self.element.get("type") or "").strip().lower()
        tags = [tag for group in xml.children(self.element, "tags") for tag in self._tags(group)]
        passage, stem = ("", "")
        if asked is not None:
            passage, stem = self.texts.stem(xml.text_in(asked), xml.format_of(asked))
        meaning = Meaning(stem, self._source(self.element, "generalfeedback"))
        reader = _READERS.get(kind)
        content = reader(self, meaning, tags) if reader else None
        if content is None:
            meaning.unsupported(KINDS.get(kind, kind or "không có tên"))
        else:
            content = with_order_of(tags, content)
            self._note_settings(meaning)
        return self._parsed(content, meaning, passage, tags)

    def _tags(self, group: etree._Element) -> list[str]:
        return [text for tag in xml.children(group, "tag") if (text := " ".join(xml.text_in(tag).split()))]

    def _source(self, element: etree._Element, name: str) -> str:
        return xml.source_in(xml.child(element, name), self.texts)

    def _answers(self, *, is_plain: bool = False) -> list[Answer]:
        """The answers; what is typed is plain text, an option is a text like any other."""
        answers = []
        for element in xml.children(self.element, "answer"):
            text = " ".join(xml.text_in(element).split()) if is_plain else xml.source_in(element, self.texts)
            fraction = xml.number_in(element.get("fraction") or "0")
            tolerance = xml.number_in(xml.word_in(element, "tolerance") or "0")
            answers.append(Answer(text, fraction or NOTHING, self._source(element, "feedback"), tolerance))
        return answers

    def keeps_order(self) -> bool:
        return xml.is_true(xml.word_in(self.element, "shuffleanswers")) is False

    def multichoice(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        is_single = xml.is_true(xml.word_in(self.element, "single")) is not False
        return meaning.choices(self._answers(), is_single=is_single, keeps_order=self.keeps_order())

    def multichoice_set(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        """All or nothing, as with us: every option of the key counts the full mark."""
        answers = self._answers()
        keys = sum(answer.fraction > 0 for answer in answers)
        shared = [
            Answer(answer.text, FULL / keys if answer.fraction > 0 else NOTHING, answer.feedback) for answer in answers
        ]
        return meaning.choices(shared, is_single=False, keeps_order=self.keeps_order())

    def true_false(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        answers = self._answers(is_plain=True)
        true = next((answer for answer in answers if answer.text.lower() in _TRUE), None)
        false = next((answer for answer in answers if answer is not true), None)
        if true is None:
            return None
        return meaning.truth(true.fraction > 0, true.feedback, false.feedback if false else "")

    def short_answer(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        if xml.is_true(xml.word_in(self.element, "usecase")):
            meaning.drop("yêu cầu phân biệt chữ hoa, chữ thường")
        return meaning.values(self._answers(is_plain=True))

    def numerical(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        units = [xml.word_in(unit, "unit_name") for unit in self.element.iter("{*}unit")]
        if units:
            meaning.drop(f"đơn vị của đáp số: {', '.join(units)}")
        return meaning.numbers(self._answers(is_plain=True), spelling_in(tags))

    def essay(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        if self._source(self.element, "responsetemplate"):
            meaning.drop("bài viết sẵn trong ô trả lời")
        if (xml.number_in(xml.word_in(self.element, "attachments") or "0") or 0) != 0:
            meaning.drop("tệp nộp kèm")
        return meaning.essay(self._source(self.element, "graderinfo"))

    def matching(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        pairs = []
        for pair in xml.children(self.element, "subquestion"):
            answer = xml.child(pair, "answer")
            pairs.append((xml.source_in(pair, self.texts), xml.text_in(answer)))
        return meaning.statements(pairs, keeps_order=False)

    def cloze(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        """A text with one gap is a question with a blank; one with several is none of ours."""
        asked = xml.child(self.element, "questiontext")
        text = xml.text_in(asked)
        gaps = gaps_in(text)
        if asked is None or len(gaps) != 1:
            return None
        format = xml.format_of(asked)
        meaning.stem = self.texts.source(with_blank(text, gaps[0]), format)
        return content_of_gap(gaps[0], meaning, self.texts, format)

    def true_false_rows(self, meaning: Meaning, tags: list[str]) -> QuestionContent | None:
        """Rows to be judged in two columns (``kprime``, ``mtf``): the first column is true."""
        weights = {
            (weight.get("rownumber"), weight.get("columnnumber")): xml.number_in(xml.word_in(weight, "value"))
            for weight in xml.children(self.element, "weight")
        }
        columns = [
            xml.source_in(xml.child(column, "responsetext"), self.texts)
            for column in xml.children(self.element, "column")
        ]
        rows = xml.children(self.element, "row")
        if len(columns) != 2:
            return None
        judged = ["Đúng" if (weights.get((row.get("number"), "1")) or 0) > 0 else "Sai" for row in rows]
        statements = [xml.source_in(xml.child(row, "optiontext"), self.texts) for row in rows]
        if [column.casefold() for column in columns] not in (["true", "false"], ["đúng", "sai"], ["đ", "s"]):
            meaning.problems.append(
                problem("changed", what=f"Hai cột “{columns[0]}”, “{columns[1]}”", meant="Đúng, Sai")
            )
        for row in rows:
            if feedback := xml.source_in(xml.child(row, "feedbacktext"), self.texts):
                meaning.feedback += f"\n{row.get('number')}: {feedback}"
        meaning.feedback = meaning.feedback.strip()
        return meaning.statements(list(zip(statements, judged, strict=True)), keeps_order=False)

    def _note_settings(self, meaning: Meaning) -> None:
        """Name what stands beside the question and has no place with us, where it is not the usual."""
        grade, penalty = (xml.number_in(xml.word_in(self.element, name) or "0") for name in ("defaultgrade", "penalty"))
        lost = [f"điểm {grade.normalize():f}"] if grade is not None and grade not in (0, 1) else []
        lost += [f"điểm phạt {penalty}"] if penalty is not None and float(penalty) not in _USUAL_PENALTIES else []
        hints = [hint for hint in xml.children(self.element, "hint") if xml.text_in(hint).strip()]
        lost += [f"{len(hints)} gợi ý"] if hints else []
        combined = [name for name in _COMBINED if xml.word_in(self.element, name)]
        lost += ["nhận xét chung khi đúng, khi đúng một phần, khi sai"] if combined else []
        code = xml.word_in(self.element, "idnumber")
        lost += [f"mã {code}"] if code and code != xml.word_in(self.element, "name") else []
        lost += ["dấu ẩn"] if xml.is_true(xml.word_in(self.element, "hidden")) else []
        numbering = xml.word_in(self.element, "answernumbering")
        lost += [f"kiểu đánh số {numbering}"] if numbering.lower() not in _USUAL_NUMBERING else []
        lost += [f"tệp {name}" for name in self.files.unasked]
        if lost:
            meaning.drop("; ".join(lost)[:500])

    def _parsed(
        self, content: QuestionContent | None, meaning: Meaning, passage: str, tags: list[str]
    ) -> ParsedQuestion:
        texts = [passage, *([content.stem, content.explanation, *(p.text for p in content.parts)] if content else [])]
        name = " ".join(re.sub(r"<[^<>]*>", " ", xml.word_in(self.element, "name")).split())
        label = name or xml.word_in(self.element, "idnumber") or f"Câu {self.number}"
        line = line_of(self.element)
        return ParsedQuestion(
            label=label[:200],
            part="",
            number=self.number,
            lines=(line, line),
            source=xml.written(self.element, is_whole=content is None),
            draft=content,
            problems=without_repeats((*meaning.problems, *self.texts.problems)),
            passage=passage,
            is_passage_shared=bool(passage),
            images=tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text))),
            pictures=self.texts.pictures,
            said=said_of(self.category, tags),
        )


_READERS: dict[str, Callable[[_Reading, Meaning, list[str]], QuestionContent | None]] = {
    "multichoice": _Reading.multichoice,
    "multichoiceset": _Reading.multichoice_set,
    "truefalse": _Reading.true_false,
    "shortanswer": _Reading.short_answer,
    "numerical": _Reading.numerical,
    "essay": _Reading.essay,
    "matching": _Reading.matching,
    "match": _Reading.matching,
    "cloze": _Reading.cloze,
    "multianswer": _Reading.cloze,
    "kprime": _Reading.true_false_rows,
    "mtf": _Reading.true_false_rows,
}
