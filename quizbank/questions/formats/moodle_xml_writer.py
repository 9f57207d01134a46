"""Write Moodle XML: texts in HTML with their pictures beside them, clusters as matchings with Đúng and Sai.

Moodle has no standard type for four statements judged one by one. A matching whose choices are Đúng and Sai asks and
scores the same (a quarter of the mark for each), every Moodle imports it, and our reader knows it again.
"""

import base64
import re
from typing import BinaryIO
from xml.sax.saxutils import escape

from quizbank.questions.formats.moodle_place import OUR_CATEGORY, order_tag
from quizbank.questions.formats.moodle_writing import Writing
from quizbank.questions.formats.writing import Export, Losses
from quizbank.questions.rules import NewQuestion, QuestionType

_NEVER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FEEDBACK = '<feedback format="html"><text></text></feedback>'


def write_moodle(export: Export, output: BinaryIO) -> Losses:
    """The questions of an export, one after the other, in a category named after it."""
    category = " ".join(export.title.split()).replace("/", "//")
    output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
    if category:
        path = f"<category><text>{_escaped('$course$/top/' + category)}</text></category>"
        info = f'<info format="plain_text"><text>{OUR_CATEGORY}</text></info>'
        output.write(f'  <question type="category">{path}{info}</question>\n'.encode())
    for identifier, new in export.questions:
        question = _Question(identifier, new, export)
        output.write(question.xml().encode())
        export.losses.extend(question.writing.losses)
    output.write(b"</quiz>\n")
    return export.losses


class _Question:
    """One question; ``files`` are the pictures of the text that was written last."""

    def __init__(self, identifier: str, new: NewQuestion, export: Export) -> None:
        self.files: dict[str, bytes] = {}
        self.writing = Writing(identifier, new, export, self._packed)

    def _packed(self, name: str, data: bytes) -> str:
        self.files[name] = data
        return f"@@PLUGINFILE@@/{name}"

    def xml(self) -> str:
        content, name = self.writing.content, _escaped(self.writing.identifier)
        if any(part.is_locked for part in content.parts):
            self.writing.lose("vị trí cố định của từng phương án: Moodle giữ nguyên thứ tự của cả câu")
            self.writing.tags.append(order_tag(content))
        kind, body = self._body()
        lines = [
            f"<name><text>{name}</text></name>",
            self._text("questiontext", self.writing.stem()),
            self._text("generalfeedback", "" if kind == "essay" else self._html(content.explanation)),
            "<defaultgrade>1.0000000</defaultgrade>",
            "<penalty>0.3333333</penalty>",
            "<hidden>0</hidden>",
            f"<idnumber>{name}</idnumber>",
            *body,
            *self._tags(),
        ]
        inner = "".join(f"    {line}\n" for line in lines)
        return f'  <question type="{kind}">\n{inner}  </question>\n'

    def _tags(self) -> list[str]:
        tags = "".join(f"<tag><text>{_escaped(' '.join(tag.split()))}</text></tag>" for tag in self.writing.tags)
        return [f"<tags>{tags}</tags>"] if tags else []

    def _html(self, source: str) -> str:
        return self.writing.html(source) if source.strip() else ""

    def _text(self, name: str, html: str, attributes: str = "", after: str = "") -> str:
        """An element with a text, the pictures in it, and what comes after them."""
        packed = "".join(
            f'<file name="{file}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'
            for file, data in self.files.items()
        )
        self.files.clear()
        return f'<{name}{attributes} format="html"><text>{_cdata(html)}</text>{packed}{after}</{name}>'

    def _body(self) -> tuple[str, list[str]]:
        """The type, and what belongs to it alone."""
        match self.writing.content.type:
            case QuestionType.SINGLE_CHOICE | QuestionType.MULTIPLE_RESPONSE:
                return "multichoice", self._choices()
            case QuestionType.TRUE_FALSE:
                return "matching", self._statements()
            case QuestionType.ESSAY:
                return "essay", self._essay()
            case _ if self.writing.is_numeric():
                return "numerical", self._numbers()
            case _:
                return "shortanswer", self._values()

    def _choices(self) -> list[str]:
        content = self.writing.content
        is_fixed = content.keeps_order or any(part.is_locked for part in content.parts)
        answers = [
            self._text("answer", self._html(part.text), f' fraction="{fraction:f}"', _FEEDBACK)
            for part, fraction in zip(content.parts, self.writing.fractions(), strict=True)
        ]
        return [
            f"<single>{'true' if content.type is QuestionType.SINGLE_CHOICE else 'false'}</single>",
            f"<shuffleanswers>{'false' if is_fixed else 'true'}</shuffleanswers>",
            "<answernumbering>ABCD</answernumbering>",
            *answers,
        ]

    def _statements(self) -> list[str]:
        content = self.writing.content
        if content.keeps_order:
            self.writing.tags.append(order_tag(content))
        pairs = [
            self._text("subquestion", html, after=f"<answer><text>{judged}</text></answer>")
            for html, judged in self.writing.judged()
        ]
        return ["<shuffleanswers>false</shuffleanswers>", *pairs]

    def _essay(self) -> list[str]:
        """A free text; the marking guide is for whoever marks it."""
        return [
            "<responseformat>editor</responseformat>",
            "<responserequired>1</responserequired>",
            "<responsefieldlines>15</responsefieldlines>",
            "<attachments>0</attachments>",
            self._text("graderinfo", self._html(self.writing.content.explanation)),
            self._text("responsetemplate", ""),
        ]

    def _numbers(self) -> list[str]:
        return [
            f'<answer fraction="100" format="moodle_auto_format"><text>{number}</text>{_FEEDBACK}'
            f"<tolerance>{tolerance}</tolerance></answer>"
            for number, tolerance in self.writing.numbers()
        ]

    def _values(self) -> list[str]:
        answers = []
        for part in self.writing.content.parts:
            value = " ".join(part.text.split())
            if "\\*" in value or value != part.text:
                self.writing.lose(f"đáp án “{part.text}” đúng từng kí tự")
            text = _escaped(value.replace("*", "\\*"))
            answers.append(
                f'<answer fraction="100" format="moodle_auto_format"><text>{text}</text>{_FEEDBACK}</answer>'
            )
        if self.writing.content.tolerance is not None:
            self.writing.lose("sai số của đáp án không phải là số")
        return ["<usecase>0</usecase>", *answers]


def _escaped(text: str) -> str:
    return escape(_NEVER.sub("", text))


def _cdata(html: str) -> str:
    if "<" not in html and "&" not in html:
        return _escaped(html)
    safe = _NEVER.sub("", html).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"
