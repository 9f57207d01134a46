"""Everything that changes the codes (mã đề) of a quiz."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from quizbank.quizzes.forms import dealt_over_forms, forms_of
from quizbank.quizzes.models import Quiz, QuizVariant, QuizVariantItem
from quizbank.quizzes.queries import editable_quiz, shuffling_items, variants_with_items, versions_of
from quizbank.quizzes.shuffling import USUAL, Shuffling
from quizbank.quizzes.variants import VariantItem, deal_variants, sheet_of
from repository.audit import record
from repository.errors import NotFound
from repository.permissions import Actor


def add_variants(
    session: Session,
    actor: Actor,
    quiz_id: int,
    codes: Sequence[str],
    *,
    now: dt.datetime,
    shuffling: Shuffling = USUAL,
) -> list[str]:
    """Add codes; returns those that are new. Codes that some form of the quiz has stay as they are."""
    quiz = editable_quiz(session, actor, quiz_id)
    known = set(codes_of(session, *(form.id for form in forms_of(session, quiz))))
    return _add(session, actor, quiz, [code for code in codes if code not in known], shuffling, now)


def deal_codes(
    session: Session,
    actor: Actor,
    quiz_id: int,
    codes: Sequence[str],
    *,
    now: dt.datetime,
    shuffling: Shuffling = USUAL,
    in_blocks: bool = False,
) -> dict[str, int]:
    """Deal codes over all forms of a quiz, in turn (101 and 103 to form 1, 102 and 104 to form 2) or in blocks.

    Codes that exist already stay with their form. Returns the new codes with their forms.

    Raises:
        Forbidden: a form belongs to somebody else.
        Conflict: a form was given to a class.
    """
    quiz = editable_quiz(session, actor, quiz_id)
    forms = [editable_quiz(session, actor, form.id) for form in forms_of(session, quiz)]
    standing = {form.form: codes_of(session, form.id) for form in forms}
    known = {code for own in standing.values() for code in own}
    wanted = [code for code in codes if code not in known]
    dealt = dealt_over_forms(wanted, {form: len(own) for form, own in standing.items()}, in_blocks=in_blocks)
    for form in forms:
        own = [code for code in wanted if dealt[code] == form.form]
        if own:
            _add(session, actor, form, own, shuffling, now)
    return dealt


def remove_variant(session: Session, actor: Actor, quiz_id: int, code: str, *, now: dt.datetime) -> None:
    """Take a code away again."""
    quiz = editable_quiz(session, actor, quiz_id)
    variant = next((one for one in quiz.variants if one.code == code), None)
    if variant is None:
        raise NotFound("Đề này không có mã đề {code}.", code=code)
    session.execute(delete(QuizVariantItem).where(QuizVariantItem.variant_id == variant.id))
    session.execute(delete(QuizVariant).where(QuizVariant.id == variant.id))
    session.expire(quiz, ["variants"])
    record(session, actor, "remove-variant", "quiz", quiz.id, now, code=code)


def remove_variants(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> None:
    """Take all codes of a quiz away."""
    quiz = editable_quiz(session, actor, quiz_id)
    codes = codes_of(session, quiz.id)
    ids = select(QuizVariant.id).where(QuizVariant.quiz_id == quiz.id)
    session.execute(delete(QuizVariantItem).where(QuizVariantItem.variant_id.in_(ids)))
    session.execute(delete(QuizVariant).where(QuizVariant.quiz_id == quiz.id))
    session.expire(quiz, ["variants"])
    record(session, actor, "remove-variants", "quiz", quiz.id, now, codes=codes)


def reshuffle_variants(session: Session, quiz: Quiz) -> None:
    """Make all codes anew, each with its own options, because the questions of the quiz changed."""
    variants = sorted(variants_with_items(session, quiz.id), key=lambda variant: variant.id)
    if not variants:
        return
    session.execute(delete(QuizVariantItem).where(QuizVariantItem.variant_id.in_([one.id for one in variants])))
    for variant in variants:
        session.expire(variant, ["items"])
    _deal(session, quiz, variants, [])


def codes_of(session: Session, *quiz_ids: int) -> list[str]:
    """The codes of some quizzes in their order."""
    query = select(QuizVariant.code).where(QuizVariant.quiz_id.in_(quiz_ids))
    return list(session.scalars(query.order_by(QuizVariant.code)))


def _add(
    session: Session, actor: Actor, quiz: Quiz, codes: list[str], shuffling: Shuffling, now: dt.datetime
) -> list[str]:
    standing = sorted(variants_with_items(session, quiz.id), key=lambda variant: variant.id)
    added = [QuizVariant(quiz_id=quiz.id, code=code, seed=quiz.seed, shuffling=shuffling.stored) for code in codes]
    for variant in added:
        session.add(variant)
        session.flush()
    session.expire(quiz, ["variants"])
    _deal(session, quiz, added, standing)
    record(session, actor, "add-variants", "quiz", quiz.id, now, codes=codes)
    return codes


def _deal(session: Session, quiz: Quiz, variants: Sequence[QuizVariant], standing: Sequence[QuizVariant]) -> None:
    """Write the items of some codes, one after the other, unlike those that stand."""
    items = shuffling_items(quiz, versions_of(session, quiz))
    sheets = [sheet_of(items, variant.items) for variant in standing]
    rows: list[dict[str, object]] = []
    for (seed, stored), group in groupby(variants, lambda variant: (variant.seed, variant.shuffling)):
        alike = list(group)
        dealt = deal_variants(items, seed, [one.code for one in alike], Shuffling.from_stored(stored), sheets)
        sheets += [sheet_of(items, one) for one in dealt]
        for variant, one in zip(alike, dealt, strict=True):
            rows += _rows_of(variant.id, one)
    if rows:
        session.execute(insert(QuizVariantItem), rows)


def _rows_of(variant_id: int, dealt: Iterable[VariantItem]) -> list[dict[str, object]]:
    return [
        {
            "variant_id": variant_id,
            "position": one.position,
            "item_position": one.item_position,
            "option_order": one.option_order,
        }
        for one in dealt
    ]
