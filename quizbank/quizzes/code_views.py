"""What the page of codes shows: the codes of every form, how alike they are, and which questions keep their options."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy.orm import Session

from quizbank.questions.rules import CHOICE_TYPES, QuestionContent
from quizbank.quizzes.anchoring import Kept, why_options_stay
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.queries import paper_of, shuffling_items, variants_with_items, versions_of
from quizbank.quizzes.shuffling import USUAL, Item, Shuffling, free_places
from quizbank.quizzes.variants import sheet_of

ANCHORED = "anchored"


@dataclass(frozen=True)
class Likeness:
    """The two codes of one form that have most in common: equal keys at equal numbers, and equal questions there."""

    codes: tuple[str, str]
    keys: int
    questions: int
    count: int


@dataclass(frozen=True)
class FormCodes:
    """A form with its codes."""

    quiz: Quiz
    codes: tuple[str, ...]
    likeness: Likeness | None


@dataclass(frozen=True)
class KeptOptions:
    """A question of the quiz whose options, or some of them, stay; ``reason``: one of ``Kept`` or ``anchored``."""

    part: int
    number: int
    position: int
    reason: str


@dataclass(frozen=True)
class CodesView:
    """Everything of the page. ``usual``: what the last codes were dealt with."""

    forms: tuple[FormCodes, ...]
    kept: tuple[KeptOptions, ...]
    usual: Shuffling
    has_passages: bool
    has_statements: bool

    @property
    def codes(self) -> list[str]:
        return sorted(code for form in self.forms for code in form.codes)


def codes_view(session: Session, quiz: Quiz) -> CodesView:
    """The codes of all forms of a quiz that was already seen."""
    forms, last = [], None
    for form in forms_of(session, quiz):
        items = shuffling_items(form, versions_of(session, form))
        variants = variants_with_items(session, form.id)
        forms.append(FormCodes(form, tuple(one.code for one in variants), likeness_of(items, variants)))
        if form.id == quiz.id:
            last = max(variants, key=lambda one: one.id, default=None)
    usual = Shuffling.from_stored(last.shuffling) if last else USUAL
    versions = versions_of(session, quiz)
    paper = paper_of(quiz, versions)
    kept = [
        KeptOptions(one.item.part, one.number, one.item.position, reason)
        for one in paper
        if (reason := reason_of(one.version.content, usual)) is not None
    ]
    passages = Counter(one.version.passage_version_id for one in paper if one.version.passage_version_id is not None)
    has_statements = any(one.version.type == "true-false" for one in paper)
    return CodesView(tuple(forms), tuple(kept), usual, any(n > 1 for n in passages.values()), has_statements)


def reason_of(content: QuestionContent, shuffling: Shuffling) -> str | None:
    """Why options of a choice stay where they are; None if they all may move."""
    if content.type not in CHOICE_TYPES:
        return None
    kept: Kept | None = why_options_stay(content, keeps_sorted=shuffling.keeps_sorted)
    if kept is not None:
        return str(kept)
    places = free_places(content, Shuffling(keeps_sorted=shuffling.keeps_sorted))
    return None if len(places) == len(content.parts) else ANCHORED


def likeness_of(items: Sequence[Item], variants: Sequence[QuizVariant]) -> Likeness | None:
    """The two codes that have most in common; None if there are not two."""
    sheets = [(variant.code, sheet_of(items, variant.items)) for variant in variants]
    pairs = [
        Likeness((code, other), _common(ours.keys, theirs.keys), _common(ours.questions, theirs.questions), len(items))
        for (code, ours), (other, theirs) in combinations(sheets, 2)
    ]
    return max(pairs, key=lambda one: (one.keys, one.questions), default=None)


def _common(ours: Mapping[tuple[int, int], object], theirs: Mapping[tuple[int, int], object]) -> int:
    return len(ours.items() & theirs.items())
