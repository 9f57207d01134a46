"""Tables of item templates: a template, its versions, the questions made of it, and each order to make some."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.questions.models import ORGANISATION, PERSON, Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from repository.db import Base, Id, Moment, UtcDateTime

QUESTION = Question.__tablename__ + ".id"
QUESTION_VERSION = QuestionVersion.__tablename__ + ".id"


class KeptTemplate(Base):
    """A template through all its versions. ``last_number``: that of its newest version, which counts from 1.

    ``withdrawn_at``: when it was put away; it can still be read, but no more questions are made of it.
    """

    __tablename__ = "item_templates"
    __table_args__ = (Index("ix_item_templates_owner", "created_by_id", "id"),)

    id: Mapped[Id]
    last_number: Mapped[int]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(ORGANISATION), index=True)
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class TemplateVersion(Base):
    """What a template was at one time; never changed after it is written.

    ``content`` is the ``rules.ItemTemplate`` as ``descriptions`` writes it, ``fingerprint`` that of ``rules``; the
    place in the curriculum is that of the questions that are made. ``room``: at most that many questions.
    ``may_meet``: each asks something else, so that two may stand in one quiz; otherwise they are of one family.
    """

    __tablename__ = "item_template_versions"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[Id]
    template_id: Mapped[int] = mapped_column(ForeignKey("item_templates.id"))
    number: Mapped[int]
    name: Mapped[str]
    type: Mapped[QuestionType] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    grade: Mapped[int | None]
    programme: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(32))
    tags: Mapped[list[str]] = mapped_column(JSON)
    licence: Mapped[str] = mapped_column(String(32), default="")
    room: Mapped[int | None]
    may_meet: Mapped[bool] = mapped_column(default=False, server_default=false())
    content: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]


class TemplateClone(Base):
    """A question that was made of a template: clone ``number`` of it, as version ``template_version_id`` drew it.

    A number is used once in a template, whatever the version: the key settles who makes it. ``question_version_id``
    is the version that was made; people may have written others since.
    """

    __tablename__ = "item_clones"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    question_id: Mapped[int] = mapped_column(ForeignKey(QUESTION), primary_key=True, autoincrement=False)
    question_version_id: Mapped[int] = mapped_column(ForeignKey(QUESTION_VERSION), unique=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("item_templates.id"))
    template_version_id: Mapped[int] = mapped_column(ForeignKey("item_template_versions.id"), index=True)
    number: Mapped[int]


class TemplateGeneration(Base):
    """An order to make ``wanted_count`` clones from ``first_number`` on, and how far it is.

    ``last_number``: numbers above are not looked at; None: as many are as it takes. ``next_number`` comes next.
    ``made_count``: stored by this order; ``known_count``: these
    numbers had been made before; ``duplicate_count``: the bank asks this already; ``unlucky_count``: no draw fulfilled
    what the template requires. ``finished_at``: nothing more comes; fewer than wanted then means there were no others.
    """

    __tablename__ = "item_generations"

    id: Mapped[Id]
    template_id: Mapped[int] = mapped_column(ForeignKey("item_templates.id"), index=True)
    template_version_id: Mapped[int] = mapped_column(ForeignKey("item_template_versions.id"))
    first_number: Mapped[int]
    last_number: Mapped[int | None]
    wanted_count: Mapped[int]
    next_number: Mapped[int]
    made_count: Mapped[int] = mapped_column(default=0)
    known_count: Mapped[int] = mapped_column(default=0)
    duplicate_count: Mapped[int] = mapped_column(default=0)
    unlucky_count: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON))
    created_at: Mapped[Moment]
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
