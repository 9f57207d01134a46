"""Repairs of keys as others see them: what each rules in words, who made it, how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import versions_by_id
from quizbank.questions.rulings import Treatment, printed, with_key
from quizbank.quizzes.models import Quiz
from repository.accounts.models import Person


@dataclass(frozen=True)
class RepairLine:
    """A repair with the words for what it rules, who made it, and in which quiz (empty for the bank)."""

    repair: KeyRepair
    rules: str
    maker: str
    undone_by: int | None
    quiz_title: str = ""


def treatment_labels() -> dict[str, str]:
    return {
        Treatment.KEY: _("Đổi đáp án"),
        Treatment.VERSION: _("Dùng đáp án của bản khác"),
        Treatment.ALL_RIGHT: _("Tính đúng cho mọi người"),
        Treatment.LEFT_OUT: _("Bỏ câu này, không tính điểm"),
        Treatment.UNDO: _("Hoàn tác"),
    }


def lines_of(session: Session, repairs: Sequence[KeyRepair]) -> list[RepairLine]:
    """The repairs with their words, in a constant number of queries."""
    if not repairs:
        return []
    ids = [one.id for one in repairs]
    versions = versions_by_id(session, {one.to_version_id or one.from_version_id for one in repairs})
    makers = dict(
        session.execute(select(Person.id, Person.name).where(Person.id.in_({r.made_by_id for r in repairs}))).all()
    )
    titles = dict(session.execute(select(Quiz.id, Quiz.title).where(Quiz.id.in_({r.quiz_id for r in repairs}))).all())
    undoing = dict(session.execute(select(KeyRepair.undoes_id, KeyRepair.id).where(KeyRepair.undoes_id.in_(ids))).all())
    return [
        RepairLine(
            one,
            rules_of(one, versions[one.to_version_id or one.from_version_id]),
            makers.get(one.made_by_id or 0, ""),
            undoing.get(one.id),
            titles.get(one.quiz_id or 0, ""),
        )
        for one in repairs
    ]


def rules_of(repair: KeyRepair, version: QuestionVersion) -> str:
    """What a repair rules, in words: ``Đổi đáp án: A / C``. ``version``: the one whose key or texts it takes."""
    label = treatment_labels()[repair.treatment]
    if repair.treatment == Treatment.VERSION:
        return f"{label}: {version_choice(version)[1]}"
    if repair.treatment == Treatment.KEY:
        return f"{label}: {printed(with_key(version, repair.key))}"
    return label


def version_choice(version: QuestionVersion) -> tuple[int, str]:
    return version.number, _("Bản %(number)s: %(key)s", number=version.number, key=printed(version))
