"""Sharing, copying, and what a matrix said before."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from quizbank.matrices import actions, queries
from quizbank.matrices.matrix_file import matrix_from
from quizbank.matrices.rules import Specification
from quizbank.matrices.sharing import Sharing, folded
from repository.accounts.models import Organisation, OrganisationKind
from repository.errors import Conflict, Forbidden, Invalid, NotFound
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.matrices.builders import a_cell, a_kept_matrix, a_matrix, a_shared_matrix


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


@pytest.fixture
def other(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def of_school(session: Session, actor: Actor, code: str = "THPT-A") -> Actor:
    school = session.query(Organisation).filter_by(code=code).one_or_none()
    if school is None:
        school = Organisation(kind=OrganisationKind.SCHOOL, name=code, code=code, created_at=MOMENT)
        session.add(school)
        session.flush()
    return Actor(actor.person_id, actor.name, actor.roles, school.id)


def titles(session: Session, actor: Actor, **how: object) -> list[str]:
    rows, _ = queries.list_matrices(session, actor, **how)  # type: ignore[arg-type]
    return [row.matrix.title for row in rows]


# Sharing


def test_what_is_shared_with_everyone_is_read_but_not_changed(session: Session, teacher: Actor, other: Actor) -> None:
    shared = a_shared_matrix(session, teacher)
    assert queries.get_matrix(session, other, shared.id) is shared
    with pytest.raises(Forbidden):
        actions.change_matrix(session, other, shared.id, a_matrix(a_cell(count=9)), revision=1, now=MOMENT)
    with pytest.raises(Forbidden):
        actions.share_matrix(session, other, shared.id, Sharing.PRIVATE, now=MOMENT)


def test_what_is_shared_in_an_organisation_is_read_there_only(session: Session, teacher: Actor, other: Actor) -> None:
    shared = a_shared_matrix(session, of_school(session, teacher), Sharing.ORGANISATION)
    assert queries.get_matrix(session, of_school(session, other), shared.id) is shared
    for stranger in (other, of_school(session, other, "THPT-B")):
        with pytest.raises(Forbidden):
            queries.get_matrix(session, stranger, shared.id)


def test_students_see_no_matrix_however_it_is_shared(session: Session, teacher: Actor) -> None:
    shared = a_shared_matrix(session, teacher)
    with pytest.raises(Forbidden):
        queries.get_matrix(session, an_actor(session, Role.STUDENT), shared.id)


def test_sharing_ends_when_its_maker_says_so(session: Session, teacher: Actor, other: Actor) -> None:
    shared = a_shared_matrix(session, teacher)
    actions.share_matrix(session, teacher, shared.id, Sharing.PRIVATE, now=MOMENT)
    with pytest.raises(Forbidden):
        queries.get_matrix(session, other, shared.id)


def test_somebody_of_no_organisation_has_none_to_share_with(session: Session, teacher: Actor) -> None:
    with pytest.raises(Invalid):
        a_shared_matrix(session, teacher, Sharing.ORGANISATION)


def test_each_list_holds_its_own(session: Session, teacher: Actor, other: Actor) -> None:
    near, far = of_school(session, other), of_school(session, teacher)
    a_kept_matrix(session, teacher)
    everyone = a_shared_matrix(session, teacher)
    everyone.title = "Cho mọi người"
    school = a_shared_matrix(session, far, Sharing.ORGANISATION)
    school.title = "Cho trường"
    session.flush()
    assert titles(session, near, is_shared=True) == ["Cho trường", "Cho mọi người"]
    assert titles(session, other, is_shared=True) == ["Cho mọi người"]
    assert titles(session, teacher, is_shared=True) == []
    assert len(titles(session, teacher)) == 3


@pytest.mark.parametrize("words", ["vật lí", "Vat ly", "LÝ 12", "  vật  "])
def test_a_title_is_found_with_or_without_its_marks(session: Session, teacher: Actor, words: str) -> None:
    for title in ("Vật lí 12, cuối kì", "Hoá học 12"):
        actions.create_matrix(session, teacher, a_matrix(title=title), now=MOMENT)
    assert titles(session, teacher, words=words) == ["Vật lí 12, cuối kì"]


def test_signs_of_patterns_are_only_letters(session: Session, teacher: Actor) -> None:
    actions.create_matrix(session, teacher, a_matrix(title="Đề 100 %"), now=MOMENT)
    actions.create_matrix(session, teacher, a_matrix(title="Đề 100 câu"), now=MOMENT)
    assert titles(session, teacher, words="100 %") == ["Đề 100 %"]
    assert titles(session, teacher, words="_") == []


def test_folding_makes_one_of_spellings() -> None:
    assert folded("ĐỀ  Vật lý") == folded("đề vật lí") == "de vat li"


def test_pages_are_told_by_key(session: Session, teacher: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    ids = [a_kept_matrix(session, teacher).id for _ in range(3)]
    rows, key = queries.list_matrices(session, teacher)
    assert [row.matrix.id for row in rows] == ids[:0:-1]
    rows, key = queries.list_matrices(session, teacher, key)
    assert ([row.matrix.id for row in rows], key) == (ids[:1], None)


# Copies


def test_a_copy_is_ones_own_and_says_where_it_is_from(session: Session, teacher: Actor, other: Actor) -> None:
    shared = a_shared_matrix(session, teacher)
    copied = actions.copy_matrix(session, other, shared.id, title="Của tôi", now=MOMENT)
    assert (copied.created_by_id, copied.sharing, copied.copied_from_id) == (other.person_id, "private", shared.id)
    assert copied.copied_from.startswith(shared.title + " – ")
    assert copied.matrix.cells == shared.matrix.cells


def test_what_one_may_not_see_one_may_not_copy(session: Session, teacher: Actor, other: Actor) -> None:
    with pytest.raises(Forbidden):
        actions.copy_matrix(session, other, a_kept_matrix(session, teacher).id, title="Của tôi", now=MOMENT)


def test_a_copy_outlives_its_original(session: Session, teacher: Actor, other: Actor) -> None:
    shared = a_shared_matrix(session, teacher)
    copied = actions.copy_matrix(session, other, shared.id, title="Của tôi", now=MOMENT)
    actions.delete_matrix(session, teacher, shared.id, now=MOMENT)
    assert queries.get_matrix(session, other, copied.id).copied_from


# Versions


@pytest.fixture
def revise(session: Session, teacher: Actor) -> Callable[[int, int, int], None]:
    """``revise(id, revision, count)``: save the matrix with another count."""

    def save(matrix_id: int, revision: int, count: int) -> None:
        later = MOMENT + dt.timedelta(minutes=revision)
        matrix = a_matrix(a_cell(count=count))
        actions.change_matrix(session, teacher, matrix_id, matrix, revision=revision, now=later)

    return save


def test_every_saved_revision_is_kept(session: Session, teacher: Actor, revise: Callable[..., None]) -> None:
    kept = a_kept_matrix(session, teacher)
    revise(kept.id, 1, 5)
    revise(kept.id, 2, 6)
    rows, _ = queries.list_versions(session, teacher, kept.id)
    assert [row.version.revision for row in rows] == [3, 2, 1]
    assert [matrix_from(row.version.data).cells[0].count for row in rows] == [6, 5, 4]
    assert {row.saved_by for row in rows} == {teacher.name}
    assert rows[0].version.saved_at > rows[1].version.saved_at


def test_saving_what_there_is_makes_no_version(session: Session, teacher: Actor) -> None:
    kept = a_kept_matrix(session, teacher)
    actions.change_matrix(session, teacher, kept.id, a_matrix(), revision=1, now=MOMENT)
    assert (kept.revision, len(queries.list_versions(session, teacher, kept.id)[0])) == (1, 1)


def test_a_restored_version_is_a_new_one(session: Session, teacher: Actor, revise: Callable[..., None]) -> None:
    kept = a_kept_matrix(session, teacher)
    revise(kept.id, 1, 5)
    actions.restore_version(session, teacher, kept.id, 1, based_on=2, now=MOMENT)
    assert (kept.revision, kept.matrix.cells[0].count) == (3, 4)
    assert queries.get_version(session, teacher, kept.id, 3).restored_from == 1
    assert matrix_from(queries.get_version(session, teacher, kept.id, 2).data).cells[0].count == 5


def test_an_old_window_restores_nothing(session: Session, teacher: Actor, revise: Callable[..., None]) -> None:
    kept = a_kept_matrix(session, teacher)
    revise(kept.id, 1, 5)
    with pytest.raises(Conflict):
        actions.restore_version(session, teacher, kept.id, 1, based_on=1, now=MOMENT)


def test_a_version_that_never_was_is_not_found(session: Session, teacher: Actor) -> None:
    with pytest.raises(NotFound):
        actions.restore_version(session, teacher, a_kept_matrix(session, teacher).id, 7, based_on=1, now=MOMENT)


def test_whoever_may_not_see_a_matrix_sees_no_version(session: Session, teacher: Actor, other: Actor) -> None:
    kept = a_kept_matrix(session, teacher)
    for ask in (
        lambda: queries.list_versions(session, other, kept.id),
        lambda: queries.get_version(session, other, kept.id, 1),
        lambda: actions.restore_version(session, other, kept.id, 1, based_on=1, now=MOMENT),
    ):
        with pytest.raises(Forbidden):
            ask()


def test_readers_of_a_shared_matrix_restore_nothing(session: Session, teacher: Actor, other: Actor) -> None:
    shared = a_shared_matrix(session, teacher)
    assert queries.get_version(session, other, shared.id, 1)
    with pytest.raises(Forbidden):
        actions.restore_version(session, other, shared.id, 1, based_on=1, now=MOMENT)


# Outcomes


def test_outcomes_that_were_written_before_are_found_again(session: Session, teacher: Actor, other: Actor) -> None:
    def keep(actor: Actor, outcomes: str, minutes: int) -> None:
        row = Specification("toan.l12", "", outcomes)
        matrix = a_matrix(a_cell("toan.l12"))
        matrix = type(matrix)(**{**vars(matrix), "specification": (row,)})
        actions.create_matrix(session, actor, matrix, now=MOMENT + dt.timedelta(minutes=minutes))

    keep(teacher, "Bản cũ", 1)
    keep(teacher, "Bản mới", 2)
    keep(other, "Của người khác", 3)
    rows = {("toan.l12", ""), ("toan.l11", "")}
    assert queries.outcomes_written_for(session, teacher, rows) == {("toan.l12", ""): "Bản mới"}
