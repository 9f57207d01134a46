"""The list of the bank: one page of rows, how many there are, and what each facet would leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from quizbank.permissions import SEE_IMPORT, SEE_QUESTION, SEE_QUESTION_BANK
from quizbank.questions.filtering import (
    EVERYTHING,
    FACETS,
    FALLS_WITH,
    Mask,
    QuestionFilter,
    narrowings,
    own,
    shown_version_id,
    visible,
)
from quizbank.questions.models import Question, QuestionImport, QuestionTag, QuestionVersion
from quizbank.questions.queries import PAGE_SIZE, QuestionRow
from quizbank.questions.shelf import SORTS, Key, Shelf
from quizbank.questions.shelf_reading import shelf_of_bank
from quizbank.questions.words import versions_with
from repository.accounts.models import Organisation
from repository.permissions import Actor, is_staff

MOST_FOUND = 10_000
MOST_TAGGED = 100_000
DEFAULT_SORT = "newest"
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class BankPage:
    """``total`` counts all questions of the list; ``after`` is the key of the next page, None on the last.

    ``facets``: name -> value -> how many questions would be left if this value were chosen instead of what is chosen of
    the same facet. ``cut_at``: so many versions have the words, or the tag, that only this many of them were
    looked at; 0 if all were.
    """

    rows: tuple[QuestionRow, ...]
    after: Key | None
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    own: int = 0
    cut_at: int = 0

    @property
    def is_cut(self) -> bool:
        return self.cut_at > 0


def list_bank(
    session: Session,
    actor: Actor,
    wanted: QuestionFilter = EVERYTHING,
    *,
    sort: str = DEFAULT_SORT,
    after: Key | None = None,
    limit: int = PAGE_SIZE,
    is_counted: bool = True,
    has_parts: bool = True,
) -> BankPage:
    """The bank as this actor may see it, committed changes only: a constant number of queries.

    Args:
        sort: one of ``SORTS``.
        after: the key of the page before.
        is_counted: whether facets are counted.
        has_parts: whether options, tags and passages are read too.

    Raises:
        Forbidden: the bank with its keys is for those who teach.
    """
    SEE_QUESTION_BANK.require(actor)
    shelf = shelf_of_bank(session.get_bind().engine)
    base, cut_at = _base(session, shelf, wanted, actor)
    masks = narrowings(shelf, wanted, actor)
    found = reduce(np.logical_and, masks.values(), base)
    order = SORTS[sort]
    places = shelf.page(found, order, after, limit + 1)
    rows = _read(session, actor, [int(shelf.questions[place]) for place in places[:limit]], has_parts=has_parts)
    return BankPage(
        rows=rows,
        after=shelf.key_of(places[limit - 1], order) if len(places) > limit else None,
        total=int(np.count_nonzero(found)),
        facets=facet_counts(shelf, base, masks, actor) if is_counted else {},
        own=_count_own(shelf, base, masks, actor) if is_counted else 0,
        cut_at=cut_at,
    )


def _base(session: Session, shelf: Shelf, wanted: QuestionFilter, actor: Actor) -> tuple[Mask, int]:
    """What may be seen and has the words and the tag; and the limit, where more versions have these than it allows."""
    base, cut_at = visible(shelf, actor), 0
    tagged = select(QuestionTag.version_id).where(QuestionTag.tag == wanted.tag)
    for is_wanted, most, query in (
        (wanted.tag, MOST_TAGGED, tagged),
        (wanted.text, MOST_FOUND, versions_with(wanted.text, session.get_bind().dialect.name)),
    ):
        if is_wanted:
            ids = [id for (id,) in session.execute(query.limit(most + 1))]
            cut_at = most if len(ids) > most else cut_at
            base &= shelf.among(ids[:most])
    return base, cut_at


def facet_counts(shelf: Shelf, base: Mask, masks: Mapping[str, Mask], actor: Actor) -> dict[str, Mapping[str, int]]:
    """Name of a facet -> value -> how many questions it would leave."""
    counts: dict[str, Mapping[str, int]] = dict(shelf.counts(reduce(np.logical_and, masks.values(), base)))
    for name, rule in FACETS.items():
        is_told_less = rule.is_private and not is_staff(actor)
        if is_told_less or not masks.keys().isdisjoint((name, *FALLS_WITH.get(name, ()))):
            left = _without(name, base, masks)
            counts[name] = shelf.count(name, left & own(shelf, actor) if is_told_less else left)
    return {name: counts[name] for name in FACETS}


def _count_own(shelf: Shelf, base: Mask, masks: Mapping[str, Mask], actor: Actor) -> int:
    return int(np.count_nonzero(_without("own", base, masks) & own(shelf, actor)))


def _without(name: str, base: Mask, masks: Mapping[str, Mask]) -> Mask:
    given_up = (name, *FALLS_WITH.get(name, ()))
    return reduce(np.logical_and, (mask for other, mask in masks.items() if other not in given_up), base)


def _read(session: Session, actor: Actor, question_ids: Sequence[int], *, has_parts: bool) -> tuple[QuestionRow, ...]:
    """These questions in this order, as they stand by now; what the actor may not see any more is left out.

    Somebody may have written a newer version since the shelf was read: its question still has its place on this page,
    for no later one would show it.
    """
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == shown_version_id(actor))
        .where(Question.id.in_(question_ids))
    )
    if not has_parts:
        version = QuestionVersion
        query = query.options(lazyload(version.parts), lazyload(version.tags), lazyload(version.passage))
    found = {question.id: QuestionRow(question, version) for question, version in session.execute(query)}
    rows = (found[question_id] for question_id in question_ids if question_id in found)
    return tuple(row for row in rows if SEE_QUESTION.allows(actor, row.question))


def names_of(session: Session, actor: Actor, imports: Sequence[int], organisations: Sequence[int]) -> Names:
    """Facet -> value -> name, in two queries at most. An import is named to those who may see it."""
    made = session.scalars(select(QuestionImport).where(QuestionImport.id.in_(imports))) if imports else ()
    found = select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisations))
    return {
        "import": {str(one.id): ", ".join(one.file_names) for one in made if SEE_IMPORT.allows(actor, one)},
        "organisation": {str(id): name for id, name in session.execute(found)} if organisations else {},
    }
