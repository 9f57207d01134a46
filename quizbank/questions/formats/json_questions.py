"""Questions as JSON: what ``hoclieu export questions --format json`` and the API write, read again.

A file is an array of objects, or one object a line. The keys are those of ``json_of_new``; of these only
``type``, ``stem`` and what answers it are needed.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, TextIO

from quizbank.questions.formats.paper import ParsedQuestion, Said, SourceFile
from quizbank.questions.formats.text_lines import IMAGE, MEDIA
from quizbank.questions.formats.writing import Export, Loss, Losses
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import (
    OPTION_LETTERS,
    AnswerKind,
    NewQuestion,
    Part,
    QuestionContent,
    QuestionType,
    check_content,
    has_own_levels,
)
from repository.errors import Invalid

MAX_OBJECT_CHARACTERS = 4 << 20
MAX_DEPTH = 20
CHUNK = 1 << 16
_GAP = re.compile(r"[\s,\[\]]*")
_DECODER = json.JSONDecoder()
Json = dict[str, Any]


def read_json(source: SourceFile) -> Iterator[ParsedQuestion]:
    """See ``formats.paper.Reader``; objects are read one after the other."""
    with source.path.open(encoding="utf-8-sig") as text:
        try:
            for number, (line, found) in enumerate(objects_in(text, source.name), start=1):
                yield question_of(found, number, line)
        except UnicodeDecodeError as error:
            message = "Tệp {name} không phải văn bản Unicode: hãy lưu lại với mã UTF-8."
            raise Invalid(message, name=source.name) from error


def objects_in(text: TextIO, name: str) -> Iterator[tuple[int, Json]]:
    """The objects of an array, or of lines, each with the line it begins in.

    Raises:
        Invalid: broken JSON, with its line; an object too long or too deep.
    """
    buffer, line = "", 1
    is_open = True
    while True:
        gap = _GAP.match(buffer)
        start = gap.end() if gap else 0
        line, buffer = line + buffer.count("\n", 0, start), buffer[start:]
        if buffer:
            try:
                found, end = _DECODER.raw_decode(buffer)
            except (ValueError, RecursionError) as error:
                if not is_open or len(buffer) > MAX_OBJECT_CHARACTERS:
                    raise broken(name, line + getattr(error, "lineno", 1) - 1) from error
            else:
                if not isinstance(found, dict):
                    raise broken(name, line)
                yield line, found
                line, buffer = line + buffer.count("\n", 0, end), buffer[end:]
                continue
        elif not is_open:
            return
        more = text.read(max(CHUNK, len(buffer)))
        is_open, buffer = bool(more), buffer + more


def broken(name: str, line: int) -> Invalid:
    return Invalid("Tệp {name}, dòng {line}: không phải JSON của câu hỏi.", name=name, line=line)


def question_of(given: Json, number: int, line: int) -> ParsedQuestion:
    """The question that an object means; what does not fit is a problem."""
    problems: list[Problem] = []
    content = content_of(given, problems)
    if content is not None:
        problems += check_content(content)
    passage = text_of(given, "passage")
    texts = [passage] if content is None else [content.stem, content.explanation, passage]
    texts += [] if content is None else [part.text for part in content.parts]
    return ParsedQuestion(
        label=f"#{given['id']}" if isinstance(given.get("id"), int | str) else f"#{number}",
        part="",
        number=number,
        lines=(line, line),
        source=json.dumps(given, ensure_ascii=False, indent=1)[:20_000],
        draft=content,
        problems=tuple(problems),
        passage=passage,
        images=tuple(dict.fromkeys(found["target"] for text in texts for found in IMAGE.finditer(text))),
        said=said_of(given),
    )


def text_of(given: Json, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def list_of(given: Json, name: str) -> list[str]:
    value = given.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def content_of(given: Json, problems: list[Problem]) -> QuestionContent | None:
    try:
        kind = QuestionType(text_of(given, "type"))
    except ValueError:
        problems.append(problem("unsupported-type", kind=str(given.get("type"))[:80]))
        return None
    is_short = kind is QuestionType.SHORT_ANSWER
    said_kind = text_of(given, "answer_kind")
    answer_kind = AnswerKind(said_kind) if said_kind in set(AnswerKind) else AnswerKind.TEXT
    return QuestionContent(
        type=kind,
        stem=text_of(given, "stem"),
        parts=tuple(values_of(given) if is_short else options_of(given, kind, problems)),
        explanation=text_of(given, "explanation"),
        answer_kind=answer_kind if is_short else None,
        tolerance=tolerance_of(given, problems) if is_short else None,
        keeps_order=given.get("keeps_order") is True,
    )


def values_of(given: Json) -> list[Part]:
    values = list_of(given, "key") or ([text_of(given, "key")] if text_of(given, "key") else [])
    return [Part(value, is_true=True) for value in values]


def options_of(given: Json, kind: QuestionType, problems: list[Problem]) -> list[Part]:
    texts, key = list_of(given, "options"), text_of(given, "key")
    locked, levels = set(list_of(given, "locked")), levels_of(given, kind)
    letters = OPTION_LETTERS[: len(texts)]
    if kind is QuestionType.TRUE_FALSE:
        is_fit = len(key) == len(texts) and set(key) <= {"T", "F"}
        right = {letter for letter, sign in zip(letters, key, strict=False) if sign == "T" and is_fit}
        if not is_fit:
            problems.append(problem("key-does-not-fit", key=key) if key else problem("no-key"))
    else:
        right = set(key)
        if not right <= set(letters):
            problems.append(problem("key-not-an-option", key=key))
    return [
        Part(text, is_true=letter in right, is_locked=letter in locked, level=level)
        for letter, text, level in zip(OPTION_LETTERS, texts, levels, strict=False)
    ] + [Part(text) for text in texts[len(OPTION_LETTERS) :]]


def levels_of(given: Json, kind: QuestionType) -> list[str | None]:
    """The level of each statement, None where it is that of the question; options have none."""
    value = given.get("statement_levels")
    said = value if isinstance(value, list) and kind is QuestionType.TRUE_FALSE else []
    levels = [level if isinstance(level, str) and level else None for level in said]
    return [*levels, *[None] * len(OPTION_LETTERS)]


def tolerance_of(given: Json, problems: list[Problem]) -> Decimal | None:
    value = given.get("tolerance")
    if value is None:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal(-1)
    if found.is_finite() and found >= 0:
        return found
    problems.append(problem("not-a-number", key=str(value)[:80]))
    return None


def said_of(given: Json) -> Said:
    grade = given.get("grade")
    return Said(
        subject=text_of(given, "subject"),
        programme=text_of(given, "programme"),
        grade=grade if isinstance(grade, int) and not isinstance(grade, bool) and 1 <= grade <= 12 else None,
        topic=text_of(given, "topic"),
        level=text_of(given, "level"),
        tags=tuple(list_of(given, "tags")),
        licence=text_of(given, "licence"),
        source=text_of(given, "source"),
    )


def write_json(export: Export, output: BinaryIO) -> Losses:
    """An array with one object a line, to be read as a whole or by lines; see ``formats.writing.Writer``."""
    before = b"["
    for identifier, new in export.questions:
        output.write(before + b"\n" + json.dumps(json_of_new(identifier, new), ensure_ascii=False).encode())
        before = b","
        texts = [new.content.stem, new.content.explanation, new.passage, *(part.text for part in new.content.parts)]
        if any(IMAGE.search(text) for text in texts):
            export.losses.append(Loss(identifier, problem("cannot-hold", what="hình")))
    output.write((before if before == b"[" else b"") + b"\n]\n")
    return export.losses


def json_of_new(identifier: str, new: NewQuestion) -> Json:
    """The exchange format: what pages, API and commands write, and ``read_json`` reads.

    ``options`` are the options or statements in canonical order (none for a short answer or an essay); ``key`` is
    letters (``B``, ``AC``), judgements (``TFTF``) or the list of accepted values; ``statement_levels`` are those that
    statements have of their own, null for that of the question; ``images`` the SHA-256 of kept pictures.
    """
    content, placement = new.content, new.placement
    is_short = content.type is QuestionType.SHORT_ANSWER
    return {
        "id": identifier,
        "type": str(content.type),
        "stem": content.stem,
        "options": [] if is_short else [part.text for part in content.parts],
        "key": [part.text for part in content.parts] if is_short else content.key,
        "locked": locked_of(content),
        "statement_levels": [part.level for part in content.parts] if has_own_levels(content) else [],
        "explanation": content.explanation,
        "keeps_order": content.keeps_order,
        "answer_kind": str(content.answer_kind) if content.answer_kind else None,
        "tolerance": None if content.tolerance is None else f"{content.tolerance:f}",
        "subject": placement.subject,
        "grade": placement.grade,
        "programme": placement.programme,
        "topic": placement.topic,
        "level": placement.level,
        "tags": list(placement.tags),
        "passage": new.passage or None,
        "images": images_of(new),
        "source": new.source,
        "source_file": new.source_file,
        "source_place": new.source_place,
        "licence": new.licence,
    }


def images_of(new: NewQuestion) -> list[str]:
    """The SHA-256 of every kept picture in a question, each once, in order."""
    content = new.content
    texts = (new.passage, content.stem, *(part.text for part in content.parts), content.explanation)
    return list(dict.fromkeys(found["sha256"] for text in texts for found in MEDIA.finditer(text)))


def locked_of(content: QuestionContent) -> list[str]:
    return [letter for letter, part in zip(OPTION_LETTERS, content.parts, strict=False) if part.is_locked]
