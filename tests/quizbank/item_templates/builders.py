"""Makes item templates for tests: sound, with room for many questions."""

from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from quizbank.item_templates.actions import create_template
from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.models import KeptTemplate
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.questions.rules import AnswerKind, Placement, QuestionType
from repository.permissions import SYSTEM, Actor
from tests.builders import MOMENT

_numbers = count(1)


def a_sum(parameters: str = "a = integer(1, 99)\nb = integer(1, 99)", **more: Any) -> ItemTemplate:
    """A short answer; its questions differ from those of other sums by a name in their stems."""
    stem = f"Bạn số {next(_numbers)} tính ${{@ a @}} + {{@ b @}}$ được bao nhiêu?"
    usual = ItemTemplate(
        QuestionType.SHORT_ANSWER,
        stem,
        parameters,
        key=TemplatePart(value="a + b"),
        explanation="Cộng hai số được ${@ a + b @}$.",
        answer_kind=AnswerKind.NUMERIC,
    )
    return replace(usual, **more)


def a_draft(template: ItemTemplate | None = None, **more: Any) -> TemplateDraft:
    placement = Placement("toan", "gdpt-2018", 6, level="hieu")
    return replace(TemplateDraft(f"Mẫu thử {next(_numbers)}", template or a_sum(), placement), **more)


def a_template(session: Session, by: Actor = SYSTEM, template: ItemTemplate | None = None, **more: Any) -> KeptTemplate:
    return create_template(session, by, a_draft(template, **more), now=MOMENT)
