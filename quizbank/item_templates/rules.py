"""What an item template is: pure data, from which questions of one kind are drawn.

A template is a short program and texts. The program draws parameters at random, computes with them and says which
draws are fit (``require``); the texts have insertions ``{@ expression @}``. The language is that of
``expressions``; ``docs/item-templates.md`` teaches it.

=================  =======================================  ==========================================================
type               ``key``                                  ``parts``
=================  =======================================  ==========================================================
single-choice      the right option                         the distractors, each with the misconception behind it
multiple-response  (empty)                                  the options, each with the expression of its truth
true-false         (empty)                                  the four statements, each with the reason
short-answer       the value, a number or a text            (none)
essay              (empty)                                  (none): ``explanation`` is the marking guide
=================  =======================================  ==========================================================
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from quizbank.questions.rules import AnswerKind, QuestionType

MAX_PROGRAM = 20_000
"""Characters of parameters and of definitions, each."""

MAX_PARTS = 24
"""More parts than a question has options: the first that differ are shown."""

BLANK = re.compile(r"\{@\s*\?\s*@\}")
"""Where chance puts the right or the wrong text of a statement."""


@dataclass(frozen=True)
class TemplatePart:
    """An option, a statement or the key of a template; every field is a source, empty where it does not apply.

    ================  ==========================================================================================
    text              what is shown: markup with insertions
    value             instead of a text: an expression, shown through the template's ``show``
    truth             an expression: whether this option or statement is right
    right, wrong      of a statement: texts, one of which chance puts in the place of ``{@ ? @}``
    why               of a distractor the misconception that leads to it; of a statement the reason: markup too
    when              an expression: the part is left out where it does not hold
    level             of a statement: its cognitive level, where that is not the template's
    ================  ==========================================================================================
    """

    text: str = ""
    value: str = ""
    truth: str = ""
    right: str = ""
    wrong: str = ""
    why: str = ""
    when: str = ""
    level: str = ""


@dataclass(frozen=True)
class ItemTemplate:
    """What questions are drawn from. Immutable: a change makes a new version.

    Args:
        parameters: the program, run once for every question: draws, values, ``require`` lines.
        rows: an expression for a list of further parts, ``(text or number, misconception)`` of a single choice,
            ``(text, truth)`` of a multiple response, ``(text, truth, reason)`` of statements, perhaps with a level as a
            fourth; after ``parts``.
        show: how a ``value`` is shown: markup with insertions that may use ``value``; empty: as a plain number.
        places: a short answer is rounded to that many decimals; None where the value is exact.
        answer_kind: of a short answer.
        definitions: a program without chance, run once: constants and functions of the template.
        tables: named data (texts, numbers, lists, tables) as of JSON; a decimal is read exactly as it is written.
    """

    type: QuestionType
    stem: str
    parameters: str = ""
    key: TemplatePart = TemplatePart()
    parts: tuple[TemplatePart, ...] = ()
    rows: str = ""
    explanation: str = ""
    show: str = ""
    places: int | None = None
    answer_kind: AnswerKind | None = None
    definitions: str = ""
    tables: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class NewTemplate:
    """A template on its way in, with its name and the place of its questions in the curriculum.

    ``room``: at most that many questions, where more would only repeat the same facts. ``may_meet``: each asks
    something else (another row of a table, another word), so that two may stand in one quiz.
    """

    name: str
    template: ItemTemplate
    topic: str = ""
    level: str = ""
    room: int | None = None
    may_meet: bool = False


def fingerprint_of(template: ItemTemplate) -> str:
    """64 hexadecimal digits: templates with equal fingerprints draw the same questions.

    Numbered questions hang on it: what is empty does not count, so that a template may learn new fields.
    """
    text = json.dumps(_said(asdict(template)), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something; those of tables all do."""
    said = {}
    for name, value in fields.items():
        told = value
        if name == "key":
            told = _said(value)
        elif name == "parts":
            told = [_said(part) for part in value]
        if told not in ("", None, {}, [], ()):
            said[name] = told
    return said
