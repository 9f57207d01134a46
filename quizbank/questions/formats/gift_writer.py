"""Write GIFT as Moodle reads it: texts in HTML, pictures inside them, clusters as matchings with Đúng and Sai."""

import re
from decimal import Decimal
from typing import BinaryIO

from quizbank.questions.formats.moodle_place import order_tag
from quizbank.questions.formats.moodle_writing import Writing, data_uri
from quizbank.questions.formats.writing import Export, Losses
from quizbank.questions.rules import QuestionType

_ESCAPES = str.maketrans({sign: "\\" + sign for sign in "\\~=#{}:"} | {"\n": "\\n", "\r": ""})
_NEEDS_FORMAT = re.compile(r"\s*(?:%|\[|\Z)")
_FORMAT_LIKE = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]")


def write_gift(export: Export, output: BinaryIO) -> Losses:
    """The questions of an export, one after the other, each with its tags in a comment above it."""
    output.write(f"// {' '.join(export.title.split())}\n\n".encode())
    for identifier, new in export.questions:
        writing = Writing(identifier, new, export, data_uri)
        output.write(_question(writing).encode())
        export.losses.extend(writing.losses)
    return export.losses


def _question(writing: Writing) -> str:
    content = writing.content
    if content.keeps_order or any(part.is_locked for part in content.parts):
        writing.lose("thứ tự cố định của các phương án")
        writing.tags.append(order_tag(content))
    opening, answers = _answers(writing)
    explanation = writing.html(content.explanation) if content.explanation.strip() else ""
    if content.type is QuestionType.ESSAY and not explanation:
        return f"{_head(writing)}{{}}\n\n"
    lines = [*answers, *([f"####[html]{_escaped(explanation)}"] if explanation else [])]
    body = "".join(f"\t{line}\n" for line in lines)
    return f"{_head(writing)}{{{opening}\n{body}}}\n\n"


def _head(writing: Writing) -> str:
    stem = f"::{_escaped(writing.identifier)}::[html]{_escaped(writing.stem())}"
    remarks = "".join(f" [tag:{_in_brackets(tag)}]" for tag in writing.tags)
    return f"// [id:{_in_brackets(writing.identifier)}]{remarks}\n{stem}"


def _answers(writing: Writing) -> tuple[str, list[str]]:
    """What stands right after the brace, and the lines of answers."""
    content = writing.content
    match content.type:
        case QuestionType.SINGLE_CHOICE:
            texts = [_text(writing.html(part.text)) for part in content.parts]
            return "", [
                f"{'=' if part.is_true else '~'}{text}" for part, text in zip(content.parts, texts, strict=True)
            ]
        case QuestionType.MULTIPLE_RESPONSE:
            texts = [_text(writing.html(part.text)) for part in content.parts]
            return "", [f"~%{_plain(share)}%{text}" for share, text in zip(writing.fractions(), texts, strict=True)]
        case QuestionType.TRUE_FALSE:
            return "", [f"=[html]{_escaped(text)} -> {judged}" for text, judged in writing.judged()]
        case QuestionType.ESSAY:
            return "", []
        case _ if writing.is_numeric():
            return "#", [f"=%100%{number}:{tolerance}" for number, tolerance in writing.numbers()]
        case _:
            return "", [f"=%100%{_value(writing, part.text)}" for part in content.parts]


def _value(writing: Writing, text: str) -> str:
    """An accepted text: what is typed is plain, and ``*`` would stand for anything."""
    value = " ".join(text.split())
    if "->" in value or "\\*" in value or value != text:
        writing.lose(f"đáp án “{text}” đúng từng kí tự")
    if writing.content.tolerance is not None or writing.is_numeric():
        writing.lose("sai số của đáp án không phải là số")
    value = value.replace("*", "\\*")
    return f"{'[moodle]' if _FORMAT_LIKE.match(value) else ''}{_escaped(value)}"


def _plain(share: Decimal) -> str:
    return f"{share:f}".rstrip("0").rstrip(".") if share % 1 else f"{share:.0f}"


def _text(html: str) -> str:
    return f"{'[html]' if _NEEDS_FORMAT.match(html) else ''}{_escaped(html)}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _in_brackets(text: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", " ".join(text.split()))
