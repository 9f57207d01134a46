"""Making the questions of an order: batch after batch, each with its count in one transaction."""

import datetime as dt
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.item_templates.descriptions import draft_of_version
from quizbank.item_templates.generating import draw_next, store_drawn
from quizbank.item_templates.models import TemplateGeneration, TemplateVersion
from quizbank.item_templates.trying import drawer_of
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.errors import Forbidden
from repository.jobs import Handler, JobContext, enqueue
from repository.permissions import SYSTEM, Actor

GENERATE = "item_templates.generate"
MOST_CONFLICTS = 50


def schedule_clones(session: Session, actor: Actor, generation: TemplateGeneration, *, now: dt.datetime) -> None:
    """Let the worker make the questions of an order."""
    job = enqueue(session, GENERATE, {"generation_id": generation.id}, now=now, created_by_id=actor.person_id)
    generation.job_id = job.id
    session.flush()


def make_clones(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Make questions until an order is over. Stopped at any moment, it goes on behind what is stored."""
    generation_id, in_vain, conflicts = payload["generation_id"], 0, 0
    first = session.get(TemplateGeneration, generation_id)
    if first is None:
        return
    draft = draft_of_version(session.get_one(TemplateVersion, first.template_version_id))
    draw = drawer_of(draft.template)
    while (generation := _unfinished(session, generation_id)) is not None:
        drawn = draw_next(draw, generation)
        session.rollback()
        generation = _unfinished(writing(session), generation_id)
        if generation is None or not drawn or generation.next_number != drawn[0].number:
            session.rollback()
            continue
        version = session.get_one(TemplateVersion, generation.template_version_id)
        actor = _maker_of(session, generation)
        try:
            in_vain = store_drawn(session, actor, generation, version, draft, drawn, now=context.now(), in_vain=in_vain)
            session.commit()
        except IntegrityError:
            # Another order has just used one of these numbers; the next look sees it.
            session.rollback()
            conflicts += 1
            if conflicts > MOST_CONFLICTS:
                raise
            continue
        except Forbidden:
            session.rollback()
            _end(session, generation_id, now=context.now())
            return
        context.progress(generation.made_count, generation.wanted_count)


def _unfinished(session: Session, generation_id: int) -> TemplateGeneration | None:
    session.expunge_all()
    generation = session.get(TemplateGeneration, generation_id)
    return generation if generation is not None and generation.finished_at is None else None


def _end(session: Session, generation_id: int, *, now: dt.datetime) -> None:
    """Whoever ordered them may not any more: what is stored stays, nothing more comes."""
    session.expunge_all()
    writing(session).get_one(TemplateGeneration, generation_id).finished_at = now
    session.commit()


def _maker_of(session: Session, generation: TemplateGeneration) -> Actor:
    """Whoever ordered them: what they may by now is asked again."""
    if generation.created_by_id is None:
        return SYSTEM
    return actor_of(session.get_one(Person, generation.created_by_id))


HANDLERS: dict[str, Handler] = {GENERATE: make_clones}
