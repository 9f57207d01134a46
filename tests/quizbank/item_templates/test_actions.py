"""What changes an item template: who may, what is refused, what stays."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.item_templates.actions import (
    Imported,
    create_template,
    import_template,
    order_clones,
    restore_template,
    revise_template,
    withdraw_template,
)
from quizbank.item_templates.descriptions import draft_of_version
from quizbank.item_templates.drafts import draft_of
from quizbank.item_templates.examples import examples
from quizbank.item_templates.queries import TemplateWish, get_template, get_version, list_templates
from quizbank.item_templates.rules import MAX_PARTS, NewTemplate, TemplatePart
from quizbank.questions.rules import Placement
from repository.accounts.models import Organisation, OrganisationKind, Person
from repository.audit import AuditEntry
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Forbidden, HocLieuError, Invalid, NotFound, NotSignedIn
from repository.permissions import STRANGER, SYSTEM, Actor, Role
from tests.builders import an_actor
from tests.quizbank.item_templates.builders import a_draft, a_sum, a_template


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


@pytest.mark.parametrize("name", ["numbers", "short", "cluster", "story"])
def test_a_kept_template_says_what_was_given(session: Session, teacher: Actor, name: str, now: dt.datetime) -> None:
    draft = replace(examples()[name], room=7, may_meet=True)
    kept = create_template(session, teacher, draft, now=now)
    session.expire_all()
    assert draft_of_version(get_version(session, kept)) == draft
    assert session.scalars(select(AuditEntry.action)).all() == ["create item template"]


def test_tables_keep_their_decimals(session: Session, teacher: Actor) -> None:
    template = a_sum(
        "a = pick(t)\nb = 1", tables={"t": [0.1, 2, [1.25, "x"]], "u": {"m": 0.7}}, key=TemplatePart(value="1")
    )
    kept = a_template(session, teacher, replace(template, parameters="a = t[0]\nb = u.m"))
    session.expire_all()
    assert draft_of_version(get_version(session, kept)).template.tables == template.tables


def test_a_new_version_leaves_the_old_one(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_template(session, teacher, name="Cũ")
    revise_template(session, teacher, kept.id, a_draft(name="Mới"), now=now, based_on=1)
    assert [get_version(session, kept, number).name for number in (1, 2)] == ["Cũ", "Mới"]
    assert kept.last_number == 2


def test_an_old_window_does_not_win(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_template(session, teacher)
    revise_template(session, teacher, kept.id, a_draft(name="Mới"), now=now, based_on=1)
    with pytest.raises(Conflict):
        revise_template(session, teacher, kept.id, a_draft(name="Cửa sổ cũ"), now=now, based_on=1)
    assert get_version(session, kept).name == "Mới"


DEEP: list[object] = []
for _depth in range(20):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (a_draft(name=" "), "name"),
        (a_draft(name="x" * 201), "name"),
        (a_draft(placement=Placement("", "gdpt-2018")), "subject"),
        (a_draft(placement=Placement("toan", "gdpt-2018", 6, level="nhan-biet")), "level"),
        (a_draft(a_sum("a = ")), "parameters"),
        (a_draft(a_sum("a = 1\nb = 1 / 0")), "parameters"),
        (a_draft(a_sum("a = 1\nb = 2\nrequire a > b")), "parameters"),
        (a_draft(a_sum(stem="{@ zzz @}")), "stem"),
        (a_draft(a_sum(parts=(TemplatePart("x"),) * (MAX_PARTS + 1))), "parts"),
        (a_draft(a_sum("a = " + "1 + " * 6_000 + "1")), "parameters"),
        (a_draft(a_sum(parts=(TemplatePart("x" * 19_000),) * 6)), "parameters"),
        (a_draft(a_sum(tables={"T": ["x" * 1_000] * 200})), "tables"),
        (a_draft(a_sum(tables={"T": DEEP})), "tables"),
        (a_draft(room=0), "room"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    session: Session, teacher: Actor, draft: object, field: str, now: dt.datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        create_template(session, teacher, draft, now=now)  # type: ignore[arg-type]
    assert field in refused.value.facts["fields"]


def test_a_file_is_kept_once_and_revised_under_its_name(session: Session, teacher: Actor, now: dt.datetime) -> None:
    draft = a_draft(name="Từ tệp")
    kept, became = import_template(session, teacher, draft, now=now)
    assert became is Imported.CREATED
    assert import_template(session, teacher, draft, now=now) == (kept, Imported.UNCHANGED)
    changed = replace(draft, template=a_sum())
    assert import_template(session, teacher, changed, now=now) == (kept, Imported.REVISED)
    assert kept.last_number == 2
    other, became = import_template(session, an_actor(session, Role.TEACHER), draft, now=now)
    assert became is Imported.CREATED and other.id != kept.id


def test_the_topic_of_a_file_says_subject_and_grade() -> None:
    topic = "toan.l11.dai-so-giai-tich.cap-so-cong"
    draft = draft_of(NewTemplate("Tên", a_sum(), topic, "hieu", 9), curriculum())
    assert draft.placement == Placement("toan", "gdpt-2018", 11, topic, "hieu")
    assert draft_of(NewTemplate("Tên", a_sum(), level="nhan-biet"), curriculum()).placement.programme == "ct-2006"


@pytest.mark.parametrize("actor", [STRANGER, Actor(1, roles=frozenset({Role.STUDENT}))])
def test_strangers_and_students_neither_see_nor_write(session: Session, actor: Actor, now: dt.datetime) -> None:
    kept = a_template(session, SYSTEM)
    refusals: tuple[Callable[[], object], ...] = (
        lambda: list_templates(session, actor),
        lambda: get_template(session, actor, kept.id),
        lambda: create_template(session, actor, a_draft(), now=now),
        lambda: import_template(session, actor, a_draft(), now=now),
        lambda: revise_template(session, actor, kept.id, a_draft(), now=now),
        lambda: order_clones(session, actor, kept.id, 1, now=now),
        lambda: withdraw_template(session, actor, kept.id, now=now),
        lambda: restore_template(session, actor, kept.id, now=now),
    )
    for refused in refusals:
        with pytest.raises((NotSignedIn, Forbidden, NotFound)):
            refused()


def may(session: Session, actor: Actor, template_id: int, now: dt.datetime) -> str:
    """What an actor may do with a template: see, generate, edit, put away, take out, by their first letters."""
    attempts: dict[str, Callable[[], object]] = {
        "s": lambda: get_template(session, actor, template_id),
        "g": lambda: order_clones(session, actor, template_id, 1, now=now),
        "e": lambda: revise_template(session, actor, template_id, a_draft(), now=now),
        "p": lambda: withdraw_template(session, actor, template_id, now=now),
        "t": lambda: restore_template(session, actor, template_id, now=now),
    }
    allowed = ""
    for letter, attempt in attempts.items():
        try:
            attempt()
            allowed += letter
        except (NotFound, Forbidden):
            continue
    return allowed


def test_own_templates_those_of_the_school_and_those_of_the_product(session: Session, now: dt.datetime) -> None:
    school = Organisation(kind=OrganisationKind.SCHOOL, name="THPT Thử", code="T", created_at=now)
    session.add(school)
    session.flush()
    owner, colleague, other, editor, reviewer = (
        an_actor(session, role) for role in (Role.TEACHER, Role.TEACHER, Role.TEACHER, Role.EDITOR, Role.REVIEWER)
    )
    owner, colleague = replace(owner, organisation_id=school.id), replace(colleague, organisation_id=school.id)
    assert session.get(Person, owner.person_id)
    of_owner, of_product = a_template(session, owner), a_template(session, SYSTEM)
    seen = {"owner": "sgept", "colleague": "sg", "other": "", "editor": "sgept", "reviewer": "s"}
    actors = {"owner": owner, "colleague": colleague, "other": other, "editor": editor, "reviewer": reviewer}
    assert {name: may(session, actor, of_owner.id, now) for name, actor in actors.items()} == seen
    assert may(session, other, of_product.id, now) == "sg"
    listed = {name: len(list_templates(session, actor)[0]) for name, actor in actors.items()}
    assert listed == {"owner": 2, "colleague": 2, "other": 1, "editor": 2, "reviewer": 2}


def test_a_template_put_away_is_read_but_makes_no_more(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept, other = a_template(session, teacher), a_template(session, teacher)
    order, others_order = (order_clones(session, teacher, one.id, 5, now=now) for one in (kept, other))
    withdraw_template(session, teacher, kept.id, now=now)
    withdraw_template(session, teacher, kept.id, now=now + dt.timedelta(hours=1))
    session.expire_all()
    assert (kept.withdrawn_at, order.finished_at, others_order.finished_at) == (now, now, None)
    with pytest.raises(Conflict):
        order_clones(session, teacher, kept.id, 1, now=now)
    assert get_version(session, get_template(session, teacher, kept.id)).number == 1
    assert [row.template.id for row in list_templates(session, teacher)[0]] == [other.id]
    assert [row.template.id for row in list_templates(session, teacher, TemplateWish(withdrawn=True))[0]] == [kept.id]


def test_the_list_is_narrowed_by_name_subject_and_grade(session: Session, teacher: Actor) -> None:
    first = a_template(session, teacher, name="Định luật Ohm")
    second = a_template(session, teacher, name="Tổng 50%", placement=Placement("vat-li", "gdpt-2018", 11))
    found = {
        wish: [row.template.id for row in list_templates(session, teacher, wish)[0]]
        for wish in (
            TemplateWish("định luật"),
            TemplateWish("ohm"),
            TemplateWish("50%"),
            TemplateWish("_"),
            TemplateWish("Ohm", subject="vat-li"),
            TemplateWish(subject="vat-li"),
            TemplateWish(grade=6),
        )
    }
    ids = [[first.id], [first.id], [second.id], [], [], [second.id], [first.id]]
    assert list(found.values()) == ids


def test_a_template_taken_out_again_goes_on(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_template(session, teacher)
    withdraw_template(session, teacher, kept.id, now=now)
    for _ in range(2):
        restore_template(session, teacher, kept.id, now=now)
    assert order_clones(session, teacher, kept.id, 1, now=now).wanted_count == 1
    assert [row.template.id for row in list_templates(session, teacher)[0]] == [kept.id]
    told = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert told[1:3] == ["withdraw item template", "restore item template"]


@pytest.mark.parametrize(("count", "first"), [(0, None), (501, None), (1, 0), (1, 1_000_001)])
def test_an_order_has_limits(session: Session, teacher: Actor, count: int, first: int | None, now: dt.datetime) -> None:
    kept = a_template(session, teacher)
    with pytest.raises(HocLieuError):
        order_clones(session, teacher, kept.id, count, first=first, now=now)
