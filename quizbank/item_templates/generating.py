"""Make the questions of an order, some numbers at a time: drawn first, without a lock, then stored."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.drawing import likeness_of
from quizbank.item_templates.models import KeptTemplate, TemplateClone, TemplateGeneration, TemplateVersion
from quizbank.item_templates.queries import known_numbers
from quizbank.permissions import GENERATE_QUESTIONS
from quizbank.questions.models import Question, QuestionPart, QuestionVersion
from quizbank.questions.rules import NewQuestion, QuestionContent, body_of, fingerprint_of
from quizbank.questions.states import QuestionEvent
from quizbank.questions.storing import ToStore, known_questions, store_questions
from repository.permissions import Actor

BATCH = 50
BATCH_SECONDS = 1.0
MOST_IN_VAIN = 200
"""So many new numbers in a row without a new question: the template has no other. Orders of certain numbers go on."""

MOST_NUMBERS = 20_000
"""So many numbers an order looks at: a template of few questions does not keep the worker from others."""

LARGEST_NUMBER = 1_000_000

Draw = Callable[[int], QuestionContent | None]


@dataclass(frozen=True)
class Drawn:
    """A number that was looked at; ``content`` is None where no draw fulfilled what the template requires."""

    number: int
    content: QuestionContent | None


def draw_next(draw: Draw, generation: TemplateGeneration) -> list[Drawn]:
    """The next numbers of an order with what is drawn for them, as far as a moment reaches."""
    began, drawn = time.monotonic(), []
    last = generation.next_number + BATCH - 1
    for number in range(generation.next_number, min(last, generation.last_number or last) + 1):
        drawn.append(Drawn(number, draw(number)))
        if time.monotonic() - began > BATCH_SECONDS:
            break
    return drawn


def store_drawn(
    session: Session,
    actor: Actor,
    generation: TemplateGeneration,
    version: TemplateVersion,
    draft: TemplateDraft,
    drawn: Sequence[Drawn],
    *,
    now: dt.datetime,
    in_vain: int = 0,
) -> int:
    """Store what was drawn, as drafts, and count what was not; the order is over when nothing more can come.

    Args:
        drawn: numbers from ``generation.next_number`` on without a gap.
        in_vain: how many numbers in a row gave nothing new before these.

    Returns:
        The same after these.
    """
    template = session.get_one(KeptTemplate, generation.template_id)
    GENERATE_QUESTIONS.require(actor, template)
    left = _room_left(session, generation, draft)
    known = known_numbers(session, generation.template_id, [one.number for one in drawn])
    asked, seen = _asked_already(session, draft, drawn), _seen_already(session, generation.template_id, drawn)
    new: list[tuple[int, NewQuestion]] = []
    patience = MOST_IN_VAIN if generation.last_number is None else LARGEST_NUMBER
    for one in drawn:
        if len(new) >= left or in_vain >= patience:
            break
        generation.next_number = one.number + 1
        if one.number in known:
            generation.known_count += 1
            continue
        in_vain += 1
        if one.content is None:
            generation.unlucky_count += 1
        elif likeness_of(one.content) in seen or body_of(fingerprint_of(one.content)) in asked:
            generation.duplicate_count += 1
        else:
            seen.add(likeness_of(one.content))
            new.append((one.number, question_of(draft, one.number, one.content)))
            in_vain = 0
    store_clones(session, actor, version, new, now=now)
    generation.made_count += len(new)
    is_at_end = generation.last_number is not None and generation.next_number > generation.last_number
    is_at_end |= generation.next_number - generation.first_number >= MOST_NUMBERS
    if is_at_end or len(new) >= left or in_vain >= patience:
        generation.finished_at = now
    session.flush()
    return in_vain


def question_of(draft: TemplateDraft, number: int, content: QuestionContent) -> NewQuestion:
    """A clone as the bank takes it; its source says of which template it is which."""
    return NewQuestion(
        content, draft.placement, source_file=draft.name, source_place=f"clone {number}", licence=draft.licence
    )


def store_clones(
    session: Session,
    actor: Actor,
    version: TemplateVersion,
    clones: Sequence[tuple[int, NewQuestion]],
    *,
    now: dt.datetime,
) -> list[int]:
    """Store clones as drafts, by their numbers; returns their ids."""
    if not clones:
        return []
    items = [ToStore(question) for _number, question in clones]
    ids = store_questions(session, actor, items, now=now, event=QuestionEvent.GENERATED)
    versions = dict(session.execute(select(Question.id, Question.current_version_id).where(Question.id.in_(ids))).all())
    common = {"template_id": version.template_id, "template_version_id": version.id}
    rows = [
        {"question_id": id_, "question_version_id": versions[id_], "number": number, **common}
        for id_, (number, _question) in zip(ids, clones, strict=True)
    ]
    session.execute(insert(TemplateClone), rows)
    if not version.may_meet:
        session.execute(update(Question).where(Question.id.in_(ids)).values(family_id=version.template_id))
    return ids


def group_clones(session: Session, template_id: int, *, may_meet: bool) -> None:
    """Make the questions of a template one family, or none: as its newest version says, whichever made them."""
    made = select(TemplateClone.question_id).where(TemplateClone.template_id == template_id)
    family = None if may_meet else template_id
    session.execute(
        update(Question)
        .where(Question.id.in_(made), Question.family_id.is_distinct_from(family))
        .values(family_id=family)
        .execution_options(synchronize_session=False)
    )


def _room_left(session: Session, generation: TemplateGeneration, draft: TemplateDraft) -> int:
    left = generation.wanted_count - generation.made_count
    if draft.room is None:
        return left
    made = session.scalar(select(func.count()).where(TemplateClone.template_id == generation.template_id)) or 0
    return max(0, min(left, draft.room - made))


def _asked_already(session: Session, draft: TemplateDraft, drawn: Sequence[Drawn]) -> set[str]:
    """Which of these the bank asks, as bodies of fingerprints."""
    subject = draft.placement.subject
    bodies = {(subject, body_of(fingerprint_of(one.content))) for one in drawn if one.content is not None}
    return {body for _subject, body in known_questions(session, bodies)}


def _seen_already(session: Session, template_id: int, drawn: Sequence[Drawn]) -> set[tuple[str, ...]]:
    """What readers see of the template's clones with the same stems: the order of options makes no other question."""
    stems = {one.content.stem for one in drawn if one.content is not None}
    query = (
        select(QuestionVersion.id, QuestionVersion.stem, QuestionPart.text)
        .join(TemplateClone, TemplateClone.question_version_id == QuestionVersion.id)
        .join(QuestionPart, QuestionPart.version_id == QuestionVersion.id)
        .where(TemplateClone.template_id == template_id, QuestionVersion.stem.in_(stems))
    )
    found: dict[tuple[int, str], list[str]] = {}
    for version_id, stem, text in session.execute(query):
        found.setdefault((version_id, stem), []).append(text)
    return {(stem.casefold(), *sorted(text.casefold() for text in texts)) for (_version, stem), texts in found.items()}
