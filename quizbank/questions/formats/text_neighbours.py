"""The doubts that only show beside other questions: figures, shared texts, numbering."""

from collections.abc import Iterable
from dataclasses import replace

from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.formats.text_lines import FIGURE, IMAGE, RANGE, TABLE_LINE, TABLE_NAMED
from quizbank.questions.problems import Problem, problem


def compare_neighbours(questions: list[ParsedQuestion]) -> Iterable[ParsedQuestion]:
    """Add the problems that only show beside other questions: figures, shared texts, numbering."""
    seen: set[tuple[str, int]] = set()
    shared_until = 0
    for previous, question, following in zip([None, *questions], questions, [*questions[1:], None], strict=False):
        found = list(question.problems)
        if question.label and question.draft:
            found += _figure_problems(question, following)
            found += [problem("repeated-number")] if (question.part, question.number) in seen else []
            found += [problem("missing-passage")] if question.number <= shared_until and not question.passage else []
            shared_until = _shared_until(question, shared_until)
        if previous and question.label and previous.part == question.part and question.number == previous.number + 2:
            found.append(problem("skipped-number", number=previous.number + 1))
        seen.add((question.part, question.number))
        yield replace(question, problems=tuple(found))


def _shared_until(question: ParsedQuestion, last: int) -> int:
    """The last number that a text inside this question's stem is meant for, as its first line says."""
    first_line = question.draft.stem.split("\n")[0] if question.draft else ""
    numbers = RANGE.search(first_line)
    if numbers and int(numbers["first"]) == question.number:
        return int(numbers["last"])
    return last if question.number < last else 0


def _figure_problems(question: ParsedQuestion, following: ParsedQuestion | None) -> list[Problem]:
    if _lacks_figure(question):
        return [problem("missing-figure")]
    if following and _lacks_figure(following) and _has_needless_figure(question):
        return [problem("unclear-image")]
    return []


def _has_needless_figure(question: ParsedQuestion) -> bool:
    stem = question.draft.stem if question.draft else ""
    return bool(IMAGE.search(stem)) and not FIGURE.search(stem) and not TABLE_NAMED.search(stem)


def _lacks_figure(question: ParsedQuestion) -> bool:
    stem = question.draft.stem if question.draft else ""
    return bool(FIGURE.search(stem)) and not (question.images or TABLE_NAMED.search(stem) or TABLE_LINE.search(stem))
