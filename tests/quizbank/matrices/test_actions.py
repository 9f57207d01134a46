import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.matrices import actions
from quizbank.matrices.queries import get_matrix, list_matrices, supply_of
from quizbank.matrices.rules import available_for
from quizbank.questions.states import QuestionState
from repository.audit import AuditEntry
from repository.errors import Conflict, Forbidden, HocLieuError, Invalid, NotFound, NotSignedIn
from repository.permissions import STRANGER, Actor, Role
from tests.builders import an_actor
from tests.quizbank.matrices.builders import a_cell, a_kept_matrix, a_matrix
from tests.quizbank.questions.builders import a_question, some_questions


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def test_a_kept_matrix_says_what_was_entered(session: Session, teacher: Actor) -> None:
    matrix = a_kept_matrix(session, teacher, a_cell(level="biet"), a_cell(level="hieu"))
    session.expire_all()
    assert get_matrix(session, teacher, matrix.id).matrix == a_matrix(a_cell(level="biet"), a_cell(level="hieu"))


def test_a_wrong_matrix_is_not_kept(session: Session, teacher: Actor, now: dt.datetime) -> None:
    with pytest.raises(Invalid):
        actions.create_matrix(session, teacher, a_matrix(a_cell(count=0)), now=now)


@pytest.mark.parametrize("cells", [1, 2, 3])
def test_a_change_replaces_the_cells(session: Session, teacher: Actor, cells: int, now: dt.datetime) -> None:
    kept = a_kept_matrix(session, teacher, a_cell(), a_cell(level="hieu"))
    changed = a_matrix(*[a_cell(count=9)] * cells, title="Tên mới")
    actions.change_matrix(session, teacher, kept.id, changed, revision=1, now=now)
    session.flush()
    session.expire_all()
    assert (kept.matrix, kept.revision) == (changed, 2)


def test_an_old_window_does_not_win(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_kept_matrix(session, teacher)
    actions.change_matrix(session, teacher, kept.id, a_matrix(title="Mới"), revision=1, now=now)
    with pytest.raises(Conflict):
        actions.change_matrix(session, teacher, kept.id, a_matrix(title="Cũ"), revision=1, now=now)
    assert kept.title == "Mới"


def test_a_copy_is_a_matrix_of_its_own(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_kept_matrix(session, teacher)
    copied = actions.copy_matrix(session, teacher, kept.id, title="Bản sao", now=now)
    assert copied.id != kept.id
    assert copied.matrix.cells == kept.matrix.cells


def test_a_deleted_matrix_comes_back(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_kept_matrix(session, teacher)
    actions.delete_matrix(session, teacher, kept.id, now=now)
    assert list_matrices(session, teacher) == ([], None)
    with pytest.raises(NotFound):
        get_matrix(session, teacher, kept.id)
    actions.restore_matrix(session, teacher, kept.id, now=now)
    assert get_matrix(session, teacher, kept.id) is kept


def test_restoring_nothing_is_not_found(session: Session, teacher: Actor, now: dt.datetime) -> None:
    with pytest.raises(NotFound):
        actions.restore_matrix(session, teacher, 99, now=now)


def test_a_list_shows_ones_own_a_page_at_a_time(session: Session, teacher: Actor) -> None:
    a_kept_matrix(session, an_actor(session, Role.TEACHER))
    own = [a_kept_matrix(session, teacher).id for _ in range(51)]
    first, after = list_matrices(session, teacher)
    second, end = list_matrices(session, teacher, after)
    assert [row.matrix.id for row in (*first, *second)] == own[::-1]
    assert end is None


def test_every_change_is_on_the_audit_trail(session: Session, teacher: Actor, now: dt.datetime) -> None:
    kept = a_kept_matrix(session, teacher)
    actions.change_matrix(session, teacher, kept.id, a_matrix(a_cell(count=7)), revision=1, now=now)
    actions.delete_matrix(session, teacher, kept.id, now=now)
    actions.restore_matrix(session, teacher, kept.id, now=now)
    session.flush()
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all() == [
        "create-matrix",
        "change-matrix",
        "delete-matrix",
        "restore-matrix",
    ]


def test_what_the_bank_has_is_counted_by_cell(session: Session) -> None:
    topic = "toan.l12.dai-so-giai-tich.nguyen-ham-tich-phan"
    some_questions(session, 2, level="biet", topic=topic)
    some_questions(session, 1, level="hieu")
    a_question(session, level="biet", state=QuestionState.DRAFT)
    a_question(session, level="biet", grade=11)
    cells = [a_cell(), a_cell(level="biet"), a_cell(topic="toan.l12"), a_cell(topic=topic, level="hieu")]
    supply = supply_of(session, "toan", "gdpt-2018")
    assert available_for(a_matrix(*cells), supply) == (3, 2, 2, 0)
    assert available_for(a_matrix(*cells, grade=None), supply) == (4, 3, 2, 0)


ACTIONS: list[Callable[[Session, Actor, int, dt.datetime], object]] = [
    lambda db, actor, id, now: get_matrix(db, actor, id),
    lambda db, actor, id, now: actions.change_matrix(db, actor, id, a_matrix(), revision=1, now=now),
    lambda db, actor, id, now: actions.copy_matrix(db, actor, id, title="x", now=now),
    lambda db, actor, id, now: actions.delete_matrix(db, actor, id, now=now),
    lambda db, actor, id, now: actions.restore_matrix(db, actor, id, now=now),
]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("role", "refusal"), [(None, NotSignedIn), (Role.STUDENT, Forbidden), (Role.TEACHER, Forbidden)]
)
def test_a_matrix_is_closed_to_others(
    session: Session,
    teacher: Actor,
    action: Callable[..., object],
    role: Role | None,
    refusal: type[HocLieuError],
    now: dt.datetime,
) -> None:
    kept = a_kept_matrix(session, teacher)
    with pytest.raises(refusal):
        action(session, an_actor(session, role) if role else STRANGER, kept.id, now)


@pytest.mark.parametrize(("role", "refusal"), [(None, NotSignedIn), (Role.STUDENT, Forbidden)])
def test_those_who_do_not_teach_make_no_matrix(
    session: Session, role: Role | None, refusal: type[HocLieuError], now: dt.datetime
) -> None:
    with pytest.raises(refusal):
        actions.create_matrix(session, an_actor(session, role) if role else STRANGER, a_matrix(), now=now)
