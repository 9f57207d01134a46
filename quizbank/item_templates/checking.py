"""Tries a template out before anybody relies on it: what cannot be read, what never fits, what comes out unsound."""

from dataclasses import dataclass
from random import Random

from quizbank.item_templates.drawing import Prepared, likeness_of
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.operations import STEPS, Run
from quizbank.item_templates.rules import ItemTemplate, fingerprint_of
from quizbank.questions.problems import Problem
from quizbank.questions.rules import check_content

DRAWS = 500
MANY_UNLUCKY = 200
"""So many draws without a question are taken for a template that gives none."""

MAX_STEPS = 20 * STEPS
"""What a check may cost altogether: a template of usual size takes a fiftieth of it for 500 draws."""

FEW = 10
PROBLEM_TITLES = {
    "unused-name": "Tên “{name}” được cho giá trị nhưng không dùng ở đâu.",
    "always-unlucky": "{draws} lần rút liền không được câu nào: hãy nới các dòng require hoặc miền rút.",
    "few-questions": "{draws} lần rút chỉ cho {different} câu khác nhau.",
    "slow-template": "Mỗi câu tốn quá nhiều phép tính: sau {draws} lần rút đã phải dừng.",
}


@dataclass(frozen=True)
class Trial:
    """What became of ``draws`` draws: ``lucky`` gave a question, ``different`` of them differ."""

    draws: int = 0
    lucky: int = 0
    different: int = 0
    problems: tuple[Problem, ...] = ()


def check_template(template: ItemTemplate) -> tuple[Problem, ...]:
    """What is wrong with a template; empty when it may be used. Facts: ``field``, ``line``, ``column`` of the place."""
    return try_template(template).problems


def try_template(template: ItemTemplate, draws: int = DRAWS) -> Trial:
    """Draw many questions of a template and look at all of them.

    The draws are those of a fixed seed, so that the same template always gets the same report.
    """
    try:
        prepared = Prepared(template)
    except TemplateError as error:
        return Trial(problems=(problem_of(error),))
    problems = [_problem("unused-name", name=name) for name in unused_names(prepared)]
    random, steps, made, seen = Random(fingerprint_of(template)), 0, 0, set[tuple[str, ...]]()
    unsound: dict[str, Problem] = {}
    for count in range(1, draws + 1):
        run = Run(prepared.names.size[0], random)
        run.is_thorough = True
        try:
            content = prepared.draw(random, run)
        except TemplateError as error:
            return Trial(count, made, len(seen), (*problems, *unsound.values(), problem_of(error)))
        made += content is not None
        steps += STEPS - run.steps
        if content is not None:
            seen.add(likeness_of(content))
            unsound |= {problem.code: problem for problem in check_content(content) if problem.code not in unsound}
        if steps > MAX_STEPS:
            problems.append(_problem("slow-template", draws=str(count)))
            return Trial(count, made, len(seen), (*problems, *unsound.values()))
        if made == 0 and count >= MANY_UNLUCKY:
            return Trial(count, 0, 0, (*problems, _problem("always-unlucky", draws=str(count))))
    if len(seen) < min(FEW, draws):
        problems.append(_problem("few-questions", draws=str(draws), different=str(len(seen))))
    return Trial(draws, made, len(seen), (*problems, *unsound.values()))


def unused_names(prepared: Prepared) -> list[str]:
    """The names that parameters give a value which nothing reads."""
    names = prepared.names
    return [name for name in names.slots if name not in names.used and not name.startswith("_")]


def problem_of(error: TemplateError) -> Problem:
    place = {"field": error.place.field, "line": str(error.place.line), "column": str(error.place.column)}
    return Problem(error.code, error.message, {name: str(fact) for name, fact in error.facts.items()} | place)


def _problem(code: str, **facts: str) -> Problem:
    return Problem(code, PROBLEM_TITLES[code], facts)
