"""The item templates of the demo's questions, kept as if a teacher had written them, with each question as a clone.

They belong to nobody: they come with the product, and every teacher may make more of them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizbank.demo.questions.library import Drawn
from quizbank.demo.questions.titles import title_of
from quizbank.item_templates.actions import columns_of
from quizbank.item_templates.drafts import draft_of
from quizbank.item_templates.models import KeptTemplate, TemplateClone, TemplateVersion
from quizbank.item_templates.rules import NewTemplate, fingerprint_of
from quizbank.questions.models import Question
from quizbank.questions.storing import take_ids
from repository.curriculum.queries import curriculum

BATCH = 500
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Made:
    """A stored question with its only version, and what it was drawn from."""

    question_id: int
    version_id: int
    drawn: Drawn


@dataclass(frozen=True)
class Kept:
    template_id: int
    version_id: int


def keep_templates(session: Session, made: Sequence[Made], now: dt.datetime) -> None:
    """Keep the item templates of these questions, those that are not kept yet, and say which clone each question is."""
    clones = [(one, one.drawn.item) for one in made if one.drawn.item is not None]
    keys = {id(item): key_of(item) for item in {id(item): item for _one, item in clones}.values()}
    first = {keys[id(item)]: (item, one.drawn.question.content.stem) for one, item in reversed(clones)}
    kept = _kept_already(session, list(first))
    kept |= _keep(session, {key: pair for key, pair in first.items() if key not in kept}, now)
    rows = []
    for one, item in clones:
        of = kept[keys[id(item)]]
        row = {"question_id": one.question_id, "question_version_id": one.version_id, "number": one.drawn.number}
        rows.append(row | {"template_id": of.template_id, "template_version_id": of.version_id})
    for start in range(0, len(rows), BATCH):
        session.execute(insert(TemplateClone), rows[start : start + BATCH])
    _make_families(session, [one.question_id for one, item in clones if not item.may_meet])


@cache
def key_of(item: NewTemplate) -> Key:
    """What no two templates of the demo share."""
    return fingerprint_of(item.template), item.topic, item.level


def _kept_already(session: Session, keys: Sequence[Key]) -> dict[Key, Kept]:
    version = TemplateVersion
    prints = [fingerprint for fingerprint, _topic, _level in keys]
    found: dict[Key, Kept] = {}
    for start in range(0, len(prints), BATCH):
        query = select(version.fingerprint, version.topic, version.level, version.template_id, version.id)
        query = query.where(version.number == 1, version.fingerprint.in_(prints[start : start + BATCH]))
        for fingerprint, topic, level, template_id, version_id in session.execute(query):
            found[fingerprint, topic or "", level or ""] = Kept(template_id, version_id)
    return found


def _keep(session: Session, items: Mapping[Key, tuple[NewTemplate, str]], now: dt.datetime) -> dict[Key, Kept]:
    """Write templates with their first versions; each comes with the stem of a question of it."""
    if not items:
        return {}
    ids = take_ids(session, KeptTemplate.__table__, len(items))
    versions = take_ids(session, TemplateVersion.__table__, len(items))
    common = {"last_number": 1, "created_at": now, "updated_at": now}
    session.execute(insert(KeptTemplate), [{"id": id_, **common} for id_ in ids])
    rows = [
        {
            **columns_of(draft_of(item, curriculum())),
            "name": title_of(item, stem),
            "id": version,
            "template_id": id_,
        }
        for (item, stem), id_, version in zip(items.values(), ids, versions, strict=True)
    ]
    session.execute(insert(TemplateVersion), [{**row, "number": 1, "created_at": now} for row in rows])
    return {key: Kept(*pair) for key, pair in zip(items, zip(ids, versions, strict=True), strict=True)}


def _make_families(session: Session, question_ids: Sequence[int]) -> None:
    family = select(TemplateClone.template_id).where(TemplateClone.question_id == Question.id).scalar_subquery()
    for start in range(0, len(question_ids), BATCH):
        chosen = Question.id.in_(question_ids[start : start + BATCH])
        session.execute(
            update(Question).where(chosen).values(family_id=family).execution_options(synchronize_session=False)
        )
