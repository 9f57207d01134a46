"""The printed table of keys: the codes of all forms of a quiz side by side, and what was repaired in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.rulings import Ruling
from quizbank.quizzes.descriptions import KeyRow, key_table
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.papers.wording import ROMAN
from quizbank.quizzes.queries import rulings_of, variants_with_items, versions_of
from repository.permissions import Actor


@dataclass(frozen=True)
class FormKeys:
    """The keys of one form. ``codes`` is empty for a form without codes: its one column bears no code."""

    form: int
    codes: tuple[str, ...]
    rows: tuple[KeyRow, ...]

    @property
    def columns(self) -> int:
        return len(self.codes) or 1


def keys_of_forms(session: Session, actor: Actor, quiz: Quiz) -> list[FormKeys]:
    """The keys of every form of a quiz; where any form has codes, only of the forms that have some.

    Raises:
        Forbidden: the actor may not see the keys of one of them.
    """
    found = []
    for form in forms_of(session, quiz):
        SEE_QUIZ_KEYS.require(actor, form)
        variants = variants_with_items(session, form.id)
        codes, rows = key_table(form, versions_of(session, form), variants, rulings_of(session, form))
        found.append(FormKeys(form.form, tuple(codes), tuple(rows)))
    return [one for one in found if one.codes] or found


def side_by_side(forms: Sequence[FormKeys]) -> list[KeyRow]:
    """One table of the tables of all forms; a form that lacks a question leaves its columns empty there."""
    places = [{(row.part, row.number): row for row in form.rows} for form in forms]
    joined = []
    for part, number in sorted(set().union(*places)):
        keys: list[str] = []
        rulings: list[Ruling | None] = []
        for form, rows in zip(forms, places, strict=True):
            row = rows.get((part, number))
            keys += row.keys if row else [""] * form.columns
            rulings += row.rulings if row else [None] * form.columns
        joined.append(KeyRow(part, number, tuple(keys), tuple(rulings)))
    return joined


def repaired_places(forms: Sequence[FormKeys]) -> list[tuple[str, Ruling, str]]:
    """Every repair that the table shows, form by form: the first code of the form, the repair, its places there."""
    repaired = []
    for form in forms:
        found: dict[int, tuple[Ruling, list[str]]] = {}
        for row in form.rows:
            if row.rulings[0] is not None:
                places = found.setdefault(row.rulings[0].repair_id, (row.rulings[0], []))[1]
                places.append(f"{ROMAN[row.part]}.{row.number}")
        code = form.codes[0] if form.codes else ""
        repaired += [(code, ruling, ", ".join(places)) for ruling, places in found.values()]
    return repaired
