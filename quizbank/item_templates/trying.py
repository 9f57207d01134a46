"""Numbered clones within bounds of work: for an order, for a preview, for the check before a draft is kept.

Untrusted expressions run here. A run has its steps (``operations``), a number has those of a few runs, and whoever
waits for a preview waits for a moment at most.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from quizbank.item_templates.checking import unused_names
from quizbank.item_templates.doubts import doubts_of
from quizbank.item_templates.drafts import TemplateDraft, size_problems
from quizbank.item_templates.drawing import PATIENCE, Prepared, likeness_of, prepare
from quizbank.item_templates.errors import Refusal, TemplateError
from quizbank.item_templates.operations import STEPS, Run, Value
from quizbank.item_templates.printing import written
from quizbank.item_templates.rules import ItemTemplate, fingerprint_of
from quizbank.questions.actions import content_problems, placement_problems, statement_level_problems
from quizbank.questions.rules import NewQuestion, QuestionContent, QuestionType
from repository.errors import Invalid

NUMBER_STEPS = 3 * STEPS
"""What the tries for one number may cost together."""

TRIAL_SECONDS = 0.5
CHECK_SECONDS = 2.0
"""Of work, not of waiting: a busy machine refuses no template."""

TRIAL_DRAWS = 200
CHECKED_CLONES = 20
VALUE_WIDTH = 60
TOO_TIGHT = "Điều kiện quá chặt: {count} số đầu không cho được câu nào. Hãy nới các dòng require hoặc miền của tham số."
UNFIT: dict[QuestionType, tuple[str, str]] = {
    QuestionType.SINGLE_CHOICE: (
        "parts",
        "{count} số đầu không cho được câu nào: sau khi bỏ các phương án trùng đáp án hoặc trùng nhau "
        "thì còn ít hơn ba phương án nhiễu. Hãy thêm phương án nhiễu.",
    ),
    QuestionType.MULTIPLE_RESPONSE: (
        "parts",
        "{count} số đầu không cho được câu nào: phải có ít nhất một phương án đúng và một phương án sai, "
        "không trùng nhau.",
    ),
    QuestionType.TRUE_FALSE: (
        "parts",
        "{count} số đầu không cho được câu nào: bốn ý luôn cùng đúng, cùng sai, hoặc có ý trùng nhau.",
    ),
    QuestionType.SHORT_ANSWER: (
        "places",
        "{count} số đầu không cho đáp án nào viết vừa bốn ô của phiếu trả lời. "
        "Hãy ghi số chữ số thập phân cần làm tròn, hoặc thu hẹp miền của tham số.",
    ),
}
"""Where parameters are fit but no question comes of them: the field to look at, and why."""

TOO_SLOW = "Mẫu tính quá lâu nên chỉ xem thử được {count} câu. Hãy giảm số lần lặp hoặc độ dài danh sách."


@dataclass(frozen=True)
class Clone:
    """What a number gives: ``content`` None where no draw of many was fit; ``values`` are the named parameters."""

    number: int
    content: QuestionContent | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fault:
    """What is wrong where: ``field`` as the draft names it, ``line`` 0 where it concerns all of the field."""

    field: str
    message: str
    facts: Mapping[str, Any]
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Trial:
    """Some clones of a draft, what is wrong with it, and how many of ``draws`` numbers gave different questions.

    ``unused``: names that the parameters give a value which nothing reads; ``doubts``: what reads badly in a clone.
    """

    clones: tuple[Clone, ...] = ()
    faults: tuple[Fault, ...] = ()
    draws: int = 0
    different: int = 0
    unlucky: int = 0
    unused: tuple[str, ...] = ()
    doubts: tuple[Fault, ...] = ()


def clone_of(template: ItemTemplate, number: int) -> Clone:
    """The numbered question of a template: the same on every machine, and within bounds of work.

    Raises:
        TemplateError: the template is wrong, or a value of this draw cannot be computed.
    """
    return cloner_of(template)(number)


def cloner_of(template: ItemTemplate) -> Callable[[int], Clone]:
    """Number -> clone, for many numbers.

    Raises:
        TemplateError: the template is wrong; what it returns raises it where a value of a draw cannot be computed.
    """
    seed = fingerprint_of(template)
    prepared = prepare(template, seed)

    def clone(number: int) -> Clone:
        random, steps = Random(f"{seed}:{number}"), 0
        for _ in range(PATIENCE):
            run = Run(prepared.names.size[0], random)
            content = prepared.draw(random, run)
            if content is not None:
                return Clone(number, content, values_of(prepared, run))
            steps += STEPS - run.steps
            if steps > NUMBER_STEPS:
                break
        return Clone(number)

    return clone


def drawer_of(template: ItemTemplate) -> Callable[[int], QuestionContent | None]:
    """Draws the questions of an order; a number whose values cannot be computed, or are unsound, gives none."""
    try:
        clone = cloner_of(template)
    except TemplateError:
        return lambda _number: None

    def draw(number: int) -> QuestionContent | None:
        try:
            content = clone(number).content
        except TemplateError:
            return None
        return content if content is not None and not content_problems(content) else None

    return draw


def values_of(prepared: Prepared, run: Run) -> tuple[tuple[str, str], ...]:
    """The named parameters of a run, as people read them."""
    return tuple((name, shown(run.variables[slot])) for name, slot in prepared.names.slots.items())


def shown(value: Value) -> str:
    text = _shown(value)
    return text if len(text) <= VALUE_WIDTH else text[: VALUE_WIDTH - 1] + "…"


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, str):
        return f"“{value[:VALUE_WIDTH]}”"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple):
        return "[" + "; ".join(shown(one) for one in value[:VALUE_WIDTH]) + "]"
    try:
        return written(value, in_maths=False)
    except Refusal:
        return "…"


def try_out(
    draft: TemplateDraft, first: int, count: int, *, draws: int = TRIAL_DRAWS, seconds: float = TRIAL_SECONDS
) -> Trial:
    """The clones from number ``first`` on, and how many of the first ``draws`` numbers differ, in a moment."""
    faults = [Fault(name, message, {}) for name, messages in size_problems(draft).items() for message in messages]
    if faults:
        return Trial(faults=tuple(faults))
    ends = time.thread_time() + seconds
    clones: list[Clone] = []
    try:
        clone = cloner_of(draft.template)
        for number in range(first, first + count):
            clones.append(clone(number))
            if time.thread_time() > ends:
                return Trial(tuple(clones), (Fault("parameters", TOO_SLOW, {"count": len(clones)}),))
    except TemplateError as error:
        return Trial(tuple(clones), (fault_of(error),))
    seen = _looks(draft.template, draws, ends)
    unused = tuple(unused_names(prepare(draft.template)))
    different, doubts = len({one for one in seen if one}), _doubts_in(clones)
    return Trial(tuple(clones), (), len(seen), different, seen.count(()), unused, doubts)


def _looks(template: ItemTemplate, draws: int, ends: float) -> list[tuple[str, ...]]:
    """What readers see of the first questions, empty where a number gives none, as far as the time reaches."""
    draw = drawer_of(template)
    seen: list[tuple[str, ...]] = []
    for number in range(1, draws + 1):
        content = draw(number)
        seen.append(likeness_of(content) if content else ())
        if time.thread_time() > ends:
            break
    return seen


def _doubts_in(clones: Sequence[Clone]) -> tuple[Fault, ...]:
    """What reads badly in the first clone that does, once for each kind."""
    found: dict[str, Fault] = {}
    for clone in clones:
        if clone.content is not None:
            for message, facts in doubts_of(clone.content, [name for name, _ in clone.values]):
                found.setdefault(message, Fault("stem", message, {"number": clone.number, **facts}))
    return tuple(found.values())


def _why_none(template: ItemTemplate) -> Fault:
    """Why the first numbers give no question: what is required, or what is made of fit parameters."""
    prepared, seed = prepare(template), fingerprint_of(template)
    field, message = "parameters", TOO_TIGHT
    if template.type in UNFIT and any(prepared.is_fit(Random(f"{seed}:{n}")) for n in range(1, CHECKED_CLONES + 1)):
        field, message = UNFIT[template.type]
    return Fault(field, message, {"count": CHECKED_CLONES})


def fault_of(error: TemplateError) -> Fault:
    return Fault(error.place.field, error.message, error.facts, error.place.line, error.place.column)


def check_draft(draft: TemplateDraft) -> None:
    """Refuse what can't be kept.

    Raises:
        Invalid: ``facts["fields"]`` says what is wrong where.
    """
    fields: dict[str, list[str]] = dict(placement_problems(draft.placement))
    for fault in faults_in(draft):
        fields.setdefault(fault.field, []).append(line_of(fault))
    if fields:
        raise Invalid("Mẫu câu hỏi chưa đúng.", fields=fields)


def message_of(fault: Fault) -> str:
    return fault.message.format(**fault.facts)


def line_of(fault: Fault) -> str:
    """A fault in one line, with its place where it has one."""
    place = f"{fault.line}:{fault.column}: " if fault.line else ""
    return place + message_of(fault)


def faults_in(draft: TemplateDraft) -> Sequence[Fault]:
    """What is wrong with a draft: sizes, what cannot be read, what its first questions lack."""
    trial = try_out(draft, 1, CHECKED_CLONES, draws=0, seconds=CHECK_SECONDS)
    if trial.faults:
        return trial.faults
    drawn = [clone.content for clone in trial.clones if clone.content]
    if not drawn:
        return (_why_none(draft.template),)
    found = {
        (field, message)
        for content in drawn
        for problems in (content_problems(content), statement_level_problems(NewQuestion(content, draft.placement)))
        for field, messages in problems.items()
        for message in messages
    }
    return [Fault(field, message, {}) for field, message in sorted(found)]
