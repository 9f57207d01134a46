"""What is asked about near-duplicates: the review list, groups for a report, families."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from quizbank.questions.families import families_of
from quizbank.questions.likeness_models import QuestionLikeness, Verdict
from quizbank.questions.likeness_texts import is_one_of, pieces
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.states import QuestionState
from repository.errors import NotFound

PAGE_SIZE = 10
BEGINNING_LETTERS = 1_000
"""So much is read of a text to show its first words, blanks and all."""
AT_ONCE = 500
Pair = QuestionLikeness


@dataclass(frozen=True)
class Place:
    """Where a page of pairs begins: behind this pair, in the order of the list."""

    is_conflict: bool
    similarity: float
    left_id: int
    right_id: int

    def __str__(self) -> str:
        return f"{int(self.is_conflict)}_{self.similarity}_{self.left_id}_{self.right_id}"


def place_from(text: str) -> Place | None:
    """A place as an address writes it; None for anything else."""
    try:
        is_conflict, similarity, left_id, right_id = text.split("_")
        return Place(is_conflict == "1", float(similarity), int(left_id), int(right_id))
    except ValueError:
        return None


def pairs_in_order(verdict: Verdict) -> Select[Pair]:
    """Pairs with this verdict, those that disagree about the key first, then the most alike; none withdrawn."""
    left, right = aliased(Question), aliased(Question)
    return (
        select(Pair)
        .join(left, left.id == Pair.left_id)
        .join(right, right.id == Pair.right_id)
        .where(Pair.verdict == verdict)
        .where(left.state != QuestionState.WITHDRAWN, right.state != QuestionState.WITHDRAWN)
        .order_by(Pair.is_conflict.desc(), Pair.similarity.desc(), Pair.left_id.desc(), Pair.right_id.desc())
    )


def list_pairs(
    session: Session, verdict: Verdict, *, after: Place | None = None, limit: int = PAGE_SIZE
) -> tuple[list[Pair], Place | None]:
    """One page of the review list, and where the next one begins."""
    query = pairs_in_order(verdict).limit(limit + 1)
    if after is not None:
        key = tuple_(Pair.is_conflict, Pair.similarity, Pair.left_id, Pair.right_id)
        query = query.where(key < tuple_(after.is_conflict, after.similarity, after.left_id, after.right_id))
    found = list(session.scalars(query))
    last = found[limit - 1] if len(found) > limit else None
    place = Place(last.is_conflict, last.similarity, last.left_id, last.right_id) if last else None
    return found[:limit], place


def get_pair(session: Session, left_id: int, right_id: int) -> Pair:
    """One pair.

    Raises:
        NotFound: these two were never found to be alike.
    """
    pair = session.get(Pair, (left_id, right_id))
    if pair is None:
        raise NotFound("Không có cặp câu hỏi này.")
    return pair


def newest_versions(session: Session, pairs: Sequence[Pair]) -> dict[int, QuestionVersion]:
    """Question -> its newest version, for all questions of these pairs."""
    ids = {id_ for pair in pairs for id_ in (pair.left_id, pair.right_id)}
    query = select(QuestionVersion).join(Question, Question.current_version_id == QuestionVersion.id)
    return {version.question_id: version for version in session.scalars(query.where(Question.id.in_(ids)))}


class Found(NamedTuple):
    """A pair that nobody has decided; see ``QuestionLikeness``."""

    left_id: int
    right_id: int
    similarity: float
    is_conflict: bool


@dataclass(frozen=True)
class Group:
    """Questions that are alike through any chain of pairs; its pairs in the order of the list."""

    pairs: tuple[Found, ...]

    @property
    def ids(self) -> list[int]:
        return sorted({id_ for pair in self.pairs for id_ in (pair.left_id, pair.right_id)})

    @property
    def is_conflict(self) -> bool:
        return any(pair.is_conflict for pair in self.pairs)


def list_groups(session: Session) -> list[Group]:
    """All pairs that nobody has decided, in groups: first those with a disagreement about the key."""
    columns = (Pair.left_id, Pair.right_id, Pair.similarity, Pair.is_conflict)
    pairs = [Found(*row) for row in session.execute(pairs_in_order(Verdict.OPEN).with_only_columns(*columns)).all()]
    families = families_of((pair.left_id, pair.right_id) for pair in pairs)
    groups: dict[int, list[Found]] = {}
    for pair in pairs:
        groups.setdefault(families[pair.left_id], []).append(pair)
    return [Group(tuple(some)) for some in groups.values()]


def first_words(session: Session, ids: Sequence[int], letters: int = 80) -> dict[int, str]:
    """Question -> the beginning of its newest version's text."""
    beginning = func.substr(QuestionVersion.text, 1, BEGINNING_LETTERS)
    query = select(QuestionVersion.question_id, beginning).join(
        Question, Question.current_version_id == QuestionVersion.id
    )
    return {
        id_: " ".join(text.split())[:letters]
        for some in pieces(ids)
        for id_, text in session.execute(query.where(is_one_of("questions.id", some))).all()
    }


def families_in_bank(session: Session, among: Collection[int] | None = None) -> dict[int, int]:
    """The family of each question that people called the same as another, or its variant.

    Args:
        among: only the families of these questions, found without reading all pairs of the bank.
    """
    decided = select(Pair.left_id, Pair.right_id).where(Pair.verdict.in_((Verdict.SAME, Verdict.VARIANT)))
    if among is None:
        return families_of((left, right) for left, right in session.execute(decided))
    pairs: set[tuple[int, int]] = set()
    known, asked = set(among), list(among)
    while asked:
        some, asked = asked[:AT_ONCE], asked[AT_ONCE:]
        touching = decided.where(or_(Pair.left_id.in_(some), Pair.right_id.in_(some)))
        pairs.update((left, right) for left, right in session.execute(touching))
        found = {id_ for pair in pairs for id_ in pair} - known
        known |= found
        asked += found
    return families_of(pairs)
