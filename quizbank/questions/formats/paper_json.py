"""Read questions as JSON: on their way out of the reading process, and on the desk until they are stored."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from quizbank.questions.formats.paper import ParsedQuestion, Said
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType

Json = dict[str, Any]


def json_of_content(content: QuestionContent) -> Json:
    return {
        "type": str(content.type),
        "stem": content.stem,
        "parts": [json_of_part(part) for part in content.parts],
        "explanation": content.explanation,
        "answer_kind": str(content.answer_kind) if content.answer_kind else None,
        "tolerance": None if content.tolerance is None else str(content.tolerance),
        "keeps_order": content.keeps_order,
    }


def json_of_part(part: Part) -> list[Any]:
    given: list[Any] = [part.text, part.is_true, part.is_locked]
    return [*given, part.level] if part.level else given


def content_from(given: Json) -> QuestionContent:
    return QuestionContent(
        type=QuestionType(given["type"]),
        stem=given["stem"],
        parts=tuple(Part(*part) for part in given["parts"]),
        explanation=given["explanation"],
        answer_kind=AnswerKind(given["answer_kind"]) if given["answer_kind"] else None,
        tolerance=None if given["tolerance"] is None else Decimal(given["tolerance"]),
        keeps_order=given["keeps_order"],
    )


def json_of_problems(problems: Iterable[Problem]) -> list[list[Any]]:
    return [[found.code, dict(found.facts)] for found in problems]


def problems_from(given: Iterable[list[Any]]) -> tuple[Problem, ...]:
    return tuple(problem(code, **facts) for code, facts in given)


def json_of_question(question: ParsedQuestion, pictures: Mapping[str, str]) -> Json:
    """A question as JSON. ``pictures``: target -> name of the file that its bytes were put in."""
    given = {
        "label": question.label,
        "part": question.part,
        "number": question.number,
        "lines": list(question.lines),
        "source": question.source,
        "draft": json_of_content(question.draft) if question.draft else None,
        "problems": json_of_problems(question.problems),
        "passage": question.passage,
        "is_passage_shared": question.is_passage_shared,
        "images": list(question.images),
        "level_code": question.level_code,
        "tags": list(question.tags),
        "pictures": dict(pictures),
        "at": question.at,
    }
    return given if question.said == Said() else given | {"said": asdict(question.said)}


def question_from(given: Json, pictures: Mapping[str, bytes]) -> ParsedQuestion:
    """The question that ``json_of_question`` wrote; ``pictures``: target -> bytes."""
    said = given.get("said")
    return ParsedQuestion(
        label=given["label"],
        part=given["part"],
        number=given["number"],
        lines=(given["lines"][0], given["lines"][1]),
        source=given["source"],
        draft=content_from(given["draft"]) if given["draft"] else None,
        problems=problems_from(given["problems"]),
        passage=given["passage"],
        is_passage_shared=given["is_passage_shared"],
        images=tuple(given["images"]),
        level_code=given["level_code"],
        tags=tuple(given["tags"]),
        pictures=pictures,
        said=Said(**(said | {"tags": tuple(said["tags"])})) if said else Said(),
        at=given["at"],
    )


def without_nul(value: Any) -> Any:
    """The same JSON without NUL characters, which no database holds in a text."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    return {name: without_nul(item) for name, item in value.items()} if isinstance(value, dict) else value
