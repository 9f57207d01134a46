"""What is asked about item templates: the list, one of them, the clones of one, families for a quiz."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from quizbank.item_templates.models import KeptTemplate, TemplateClone, TemplateGeneration, TemplateVersion
from quizbank.permissions import SEE_ITEM_TEMPLATE, SEE_ITEM_TEMPLATES
from quizbank.questions.models import Question, QuestionVersion
from repository.errors import NotFound
from repository.permissions import Actor, is_staff

PAGE_SIZE = 50


@dataclass(frozen=True)
class TemplateRow:
    """A line of the list: a template with its newest version, and how many questions were made of it."""

    template: KeptTemplate
    version: TemplateVersion
    clone_count: int


@dataclass(frozen=True)
class TemplateWish:
    """Which templates a list shows; ``words``: what their names contain."""

    words: str = ""
    subject: str = ""
    grade: int | None = None
    withdrawn: bool = False


ANY = TemplateWish()


@dataclass(frozen=True)
class Origin:
    """Of which template a question was made, and which clone it is. ``is_seen``: the reader may open the template."""

    template_id: int
    name: str
    number: int
    is_seen: bool


@dataclass(frozen=True)
class CloneRow:
    """A question made of a template: what it says by now, and the number of the template's version that drew it."""

    clone: TemplateClone
    template_version: int
    question: Question
    version: QuestionVersion


def list_templates(
    session: Session, actor: Actor, wish: TemplateWish = ANY, *, after: int | None = None, limit: int = PAGE_SIZE
) -> tuple[list[TemplateRow], int | None]:
    """The templates this actor may see, the newest first, and the key of the next page, in one query.

    Raises:
        Forbidden: templates hold keys; they are for those who teach.
    """
    SEE_ITEM_TEMPLATES.require(actor)
    made = select(func.count()).where(TemplateClone.template_id == KeptTemplate.id).correlate(KeptTemplate)
    query = (
        select(KeptTemplate, TemplateVersion, made.scalar_subquery())
        .join(TemplateVersion, _is_newest())
        .where(*_visible_to(actor), *_wished(wish))
        .order_by(KeptTemplate.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(KeptTemplate.id < after)
    rows = [TemplateRow(*row) for row in session.execute(query)]
    return rows[:limit], rows[limit - 1].template.id if len(rows) > limit else None


def _wished(wish: TemplateWish) -> list[ColumnElement[bool]]:
    put_away, version = KeptTemplate.withdrawn_at, TemplateVersion
    found: list[ColumnElement[bool]] = [put_away.is_not(None) if wish.withdrawn else put_away.is_(None)]
    found += [version.subject == wish.subject] if wish.subject else []
    found += [version.grade == wish.grade] if wish.grade is not None else []
    spellings = {wish.words, wish.words.lower(), wish.words[:1].upper() + wish.words[1:]} if wish.words else set()
    return found + ([or_(*(version.name.contains(one, autoescape=True) for one in spellings))] if spellings else [])


def _is_newest() -> ColumnElement[bool]:
    version = TemplateVersion
    return and_(version.template_id == KeptTemplate.id, version.number == KeptTemplate.last_number)


def _visible_to(actor: Actor) -> list[ColumnElement[bool]]:
    if is_staff(actor):
        return []
    template = KeptTemplate
    own = or_(template.created_by_id.is_(None), template.created_by_id == actor.person_id)
    if actor.organisation_id is None:
        return [own]
    return [or_(own, template.organisation_id == actor.organisation_id)]


def get_template(session: Session, actor: Actor, template_id: int) -> KeptTemplate:
    """One template.

    Raises:
        NotFound: there is none, or none for this actor.
    """
    template = session.get(KeptTemplate, template_id)
    if template is None or not SEE_ITEM_TEMPLATE.allows(actor, template):
        raise NotFound("Không có mẫu câu hỏi này.")
    return template


def get_version(session: Session, template: KeptTemplate, number: int | None = None) -> TemplateVersion:
    """One version of a template: the newest unless told otherwise.

    Raises:
        NotFound: there is no such version.
    """
    wanted = template.last_number if number is None else number
    version = session.scalar(select(TemplateVersion).filter_by(template_id=template.id, number=wanted))
    if version is None:
        raise NotFound("Mẫu này không có bản {number}.", number=wanted)
    return version


def version_number(session: Session, version_id: int) -> int:
    return session.get_one(TemplateVersion, version_id).number


def find_origin(session: Session, actor: Actor, question_id: int) -> Origin | None:
    """Of which template a question was made, None where a person wrote it."""
    query = (
        select(KeptTemplate, TemplateVersion.name, TemplateClone.number)
        .join(TemplateClone, TemplateClone.template_id == KeptTemplate.id)
        .join(TemplateVersion, _is_newest())
        .where(TemplateClone.question_id == question_id)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    template, name, number = found
    return Origin(template.id, name, number, SEE_ITEM_TEMPLATE.allows(actor, template))


def list_versions(session: Session, template_id: int) -> Sequence[TemplateVersion]:
    """All versions, the newest first."""
    query = select(TemplateVersion).filter_by(template_id=template_id)
    return session.scalars(query.order_by(TemplateVersion.number.desc())).all()


def list_clones(
    session: Session, actor: Actor, template_id: int, *, after: int | None = None, limit: int = PAGE_SIZE
) -> tuple[list[CloneRow], int | None]:
    """The questions made of a template by their numbers, and the key of the next page.

    Drafts are their maker's: of others' questions one sees the published version, staff see all.
    """
    own = Question.created_by_id == actor.person_id
    is_seen = QuestionVersion.id == case((own, Question.current_version_id), else_=Question.published_version_id)
    if is_staff(actor):
        is_seen = QuestionVersion.id == Question.current_version_id
    query = (
        select(TemplateClone, TemplateVersion.number, Question, QuestionVersion)
        .join(TemplateVersion, TemplateVersion.id == TemplateClone.template_version_id)
        .join(Question, Question.id == TemplateClone.question_id)
        .join(QuestionVersion, is_seen)
        .where(TemplateClone.template_id == template_id)
        .order_by(TemplateClone.number)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(TemplateClone.number > after)
    rows = [CloneRow(*row) for row in session.execute(query)]
    return rows[:limit], rows[limit - 1].clone.number if len(rows) > limit else None


def count_clones(session: Session, template_id: int) -> dict[int, int]:
    """How many questions each version of a template made: number of the version -> count."""
    query = (
        select(TemplateVersion.number, func.count())
        .join(TemplateClone, TemplateClone.template_version_id == TemplateVersion.id)
        .where(TemplateClone.template_id == template_id)
        .group_by(TemplateVersion.number)
    )
    return dict(session.execute(query).all())


def last_clone_number(session: Session, template_id: int) -> int:
    """The largest number that was used; 0 where none was."""
    return session.scalar(select(func.max(TemplateClone.number)).filter_by(template_id=template_id)) or 0


def known_numbers(session: Session, template_id: int, numbers: Sequence[int]) -> set[int]:
    """Which of these numbers were made already."""
    query = select(TemplateClone.number).where(
        TemplateClone.template_id == template_id, TemplateClone.number.in_(numbers)
    )
    return set(session.scalars(query))


def get_generation(session: Session, template_id: int, generation_id: int) -> TemplateGeneration:
    """One order of a template's clones.

    Raises:
        NotFound: this template has no such order.
    """
    generation = session.get(TemplateGeneration, generation_id)
    if generation is None or generation.template_id != template_id:
        raise NotFound("Không có lần tạo câu hỏi này.")
    return generation
