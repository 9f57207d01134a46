"""Everything that changes an item template, and the orders to make questions of one. Nothing here commits."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.item_templates.descriptions import KIND, content_of
from quizbank.item_templates.drafts import TemplateDraft
from quizbank.item_templates.generating import LARGEST_NUMBER, group_clones
from quizbank.item_templates.models import KeptTemplate, TemplateGeneration, TemplateVersion
from quizbank.item_templates.queries import get_template, get_version, last_clone_number
from quizbank.item_templates.rules import fingerprint_of
from quizbank.item_templates.trying import check_draft
from quizbank.permissions import EDIT_ITEM_TEMPLATE, GENERATE_QUESTIONS, WRITE_ITEM_TEMPLATE
from repository.audit import record
from repository.errors import Conflict, Invalid
from repository.permissions import Actor

MOST_CLONES = 500
MOST_ORDERS = 3
"""Unfinished orders of one person: the worker has others to serve."""

WITHDRAWN = "Mẫu này đã được cất. Hãy lấy lại mẫu rồi mới sinh thêm câu hỏi."
OUTDATED = "Người khác vừa sửa mẫu này. Hãy mở lại bản mới nhất rồi sửa tiếp."


class Imported(StrEnum):
    """What became of a template's file."""

    CREATED = "created"
    REVISED = "revised"
    UNCHANGED = "unchanged"


def create_template(
    session: Session, actor: Actor, draft: TemplateDraft, *, now: dt.datetime, is_checked: bool = False
) -> KeptTemplate:
    """Keep a new template.

    Args:
        is_checked: the caller has asked ``check_draft``, before this transaction took the lock of writers.

    Raises:
        Invalid: ``facts["fields"]`` says what is wrong where.
    """
    WRITE_ITEM_TEMPLATE.require(actor)
    if not is_checked:
        check_draft(draft)
    template = KeptTemplate(
        last_number=1,
        created_by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        created_at=now,
        updated_at=now,
    )
    session.add(template)
    session.flush()
    _add_version(session, actor, template, draft, now=now)
    record(session, actor, "create item template", KIND, template.id, now)
    return template


def revise_template(
    session: Session,
    actor: Actor,
    template_id: int,
    draft: TemplateDraft,
    *,
    now: dt.datetime,
    based_on: int | None = None,
    is_checked: bool = False,
) -> KeptTemplate:
    """Add a version. Questions that older versions made stay as they are.

    Args:
        based_on: the number of the version the editor started from; a newer one by somebody else is a conflict.
        is_checked: as for ``create_template``.

    Raises:
        Conflict: somebody was faster.
        Invalid: ``facts["fields"]`` says what is wrong where.
    """
    template = get_template(session, actor, template_id)
    EDIT_ITEM_TEMPLATE.require(actor, template)
    if not is_checked:
        check_draft(draft)
    if based_on is not None and based_on != template.last_number:
        raise Conflict(OUTDATED, latest=template.last_number)
    template.last_number += 1
    template.updated_at = now
    try:
        _add_version(session, actor, template, draft, now=now)
    except IntegrityError as error:
        raise Conflict(OUTDATED) from error
    group_clones(session, template.id, may_meet=draft.may_meet)
    record(session, actor, "revise item template", KIND, template.id, now, version=template.last_number)
    return template


def import_template(
    session: Session, actor: Actor, draft: TemplateDraft, *, now: dt.datetime, is_checked: bool = False
) -> tuple[KeptTemplate, Imported]:
    """Keep a template from a file: under a name that the actor uses already it becomes a new version of that one.

    Args:
        is_checked: as for ``create_template``.

    Raises:
        Invalid: ``facts["fields"]`` says what is wrong where.
    """
    WRITE_ITEM_TEMPLATE.require(actor)
    query = (
        select(KeptTemplate, TemplateVersion)
        .join(TemplateVersion, TemplateVersion.template_id == KeptTemplate.id)
        .where(TemplateVersion.number == KeptTemplate.last_number, TemplateVersion.name == draft.name.strip())
        .where(KeptTemplate.created_by_id.is_not_distinct_from(actor.person_id))
        .order_by(KeptTemplate.id)
    )
    found = session.execute(query).first()
    if found is None:
        return create_template(session, actor, draft, now=now, is_checked=is_checked), Imported.CREATED
    template, version = found
    if columns_of(draft) == {name: getattr(version, name) for name in columns_of(draft)}:
        return template, Imported.UNCHANGED
    revised = revise_template(session, actor, template.id, draft, now=now, is_checked=is_checked)
    return revised, Imported.REVISED


def withdraw_template(session: Session, actor: Actor, template_id: int, *, now: dt.datetime) -> KeptTemplate:
    """Put a template away: it can still be read, its questions stay, and orders under way end with what they made."""
    template = get_template(session, actor, template_id)
    EDIT_ITEM_TEMPLATE.require(actor, template)
    if template.withdrawn_at is None:
        template.withdrawn_at = now
        under_way = (TemplateGeneration.template_id == template.id, TemplateGeneration.finished_at.is_(None))
        session.execute(update(TemplateGeneration).where(*under_way).values(finished_at=now))
        record(session, actor, "withdraw item template", KIND, template.id, now)
        session.flush()
    return template


def restore_template(session: Session, actor: Actor, template_id: int, *, now: dt.datetime) -> KeptTemplate:
    """Take a template out again."""
    template = get_template(session, actor, template_id)
    EDIT_ITEM_TEMPLATE.require(actor, template)
    if template.withdrawn_at is not None:
        template.withdrawn_at = None
        record(session, actor, "restore item template", KIND, template.id, now)
        session.flush()
    return template


def order_clones(
    session: Session, actor: Actor, template_id: int, count: int, *, now: dt.datetime, first: int | None = None
) -> TemplateGeneration:
    """Have the newest version of a template make questions; the worker makes them.

    Args:
        count: how many new questions are wanted; with ``first`` exactly the numbers from there on.

    Raises:
        Conflict: the template was put away.
        Invalid: a count or number beyond the limits.
    """
    template = get_template(session, actor, template_id)
    GENERATE_QUESTIONS.require(actor, template)
    if template.withdrawn_at is not None:
        raise Conflict(WITHDRAWN)
    fields: dict[str, list[str]] = {}
    if not 1 <= count <= MOST_CLONES:
        fields["count"] = ["Mỗi lần sinh được từ 1 đến 500 câu."]
    elif _unfinished_orders(session, actor) >= MOST_ORDERS:
        fields["count"] = ["Bạn đang có 3 lần sinh câu hỏi chưa xong. Hãy chờ một lần xong rồi sinh tiếp."]
    if first is not None and not 1 <= first <= LARGEST_NUMBER:
        fields["first"] = ["Số hiệu đầu phải từ 1 đến 1.000.000."]
    if fields:
        raise Invalid("Chưa sinh được câu hỏi.", fields=fields)
    begin = last_clone_number(session, template.id) + 1 if first is None else first
    generation = TemplateGeneration(
        template_id=template.id,
        template_version_id=get_version(session, template).id,
        first_number=begin,
        last_number=None if first is None else first + count - 1,
        wanted_count=count,
        next_number=begin,
        created_by_id=actor.person_id,
        created_at=now,
    )
    session.add(generation)
    session.flush()
    record(session, actor, "generate questions", KIND, template.id, now, count=count, first=begin)
    return generation


def _unfinished_orders(session: Session, actor: Actor) -> int:
    """How many orders of this person wait or are at work; the system may have any number."""
    if actor.person_id is None:
        return 0
    query = select(func.count()).select_from(TemplateGeneration).where(TemplateGeneration.finished_at.is_(None))
    return session.scalar(query.where(TemplateGeneration.created_by_id == actor.person_id)) or 0


def _add_version(
    session: Session, actor: Actor, template: KeptTemplate, draft: TemplateDraft, *, now: dt.datetime
) -> None:
    common = {"template_id": template.id, "number": template.last_number}
    made = {"created_by_id": actor.person_id, "created_at": now}
    session.add(TemplateVersion(**common, **columns_of(draft), **made))
    session.flush()


def columns_of(draft: TemplateDraft) -> dict[str, object]:
    """What a version says, column by column."""
    template, placement = draft.template, draft.placement
    return {
        "name": draft.name.strip(),
        "type": template.type,
        "subject": placement.subject,
        "grade": placement.grade,
        "programme": placement.programme,
        "topic": placement.topic,
        "level": placement.level,
        "tags": list(placement.tags),
        "licence": draft.licence,
        "room": draft.room,
        "may_meet": draft.may_meet,
        "content": content_of(template),
        "fingerprint": fingerprint_of(template),
    }
