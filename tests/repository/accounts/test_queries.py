import pytest
from sqlalchemy.orm import Session

from repository.accounts import actions, queries
from repository.accounts.models import Organisation, OrganisationKind
from repository.errors import Forbidden, NotSignedIn
from repository.permissions import STRANGER, SYSTEM, Role
from tests.builders import a_person, an_actor
from tests.conftest import NOW


def an_organisation(session: Session, code: str, kind: OrganisationKind = OrganisationKind.SCHOOL) -> Organisation:
    return actions.add_organisation(session, SYSTEM, kind=kind, name=f"Đơn vị {code}", code=code, now=NOW)


def names_of(session: Session, text: str = "", role: Role | None = None) -> list[str]:
    return [row.person.name for row in queries.list_people(session, SYSTEM, text=text, role=role)[0]]


def test_people_are_found_by_part_of_a_name_or_an_address(session: Session) -> None:
    a_person(session, name="Trần Thu Hà", email="ha@truong.vn")
    a_person(session, name="Lê Văn Nam", email="nam@so.vn")
    assert names_of(session, "Thu H") == ["Trần Thu Hà"]
    assert names_of(session, "SO.VN") == ["Lê Văn Nam"]


def test_signs_of_patterns_are_searched_for_as_they_are(session: Session) -> None:
    a_person(session)
    assert names_of(session, "%") == []


def test_people_are_found_by_role(session: Session) -> None:
    a_person(session, Role.TEACHER, name="Hà")
    a_person(session, Role.STUDENT, name="Nam")
    assert names_of(session, role=Role.TEACHER) == ["Hà"]


def test_pages_of_people_follow_each_other_without_gap_or_repeat(session: Session) -> None:
    made = {a_person(session).id for _ in range(queries.PAGE_SIZE + 3)}
    first, key = queries.list_people(session, SYSTEM)
    second, end = queries.list_people(session, SYSTEM, after=key)
    assert [row.person.id for row in first + second] == sorted(made, reverse=True)
    assert end is None


def test_pages_of_organisations_follow_each_other(session: Session) -> None:
    made = {an_organisation(session, f"T{number}").id for number in range(queries.PAGE_SIZE + 1)}
    first, key = queries.list_organisations(session, SYSTEM)
    second, _ = queries.list_organisations(session, SYSTEM, after=key)
    assert {row.organisation.id for row in first + second} == made


def test_an_organisation_is_shown_with_what_it_stands_under(session: Session) -> None:
    office = an_organisation(session, "SGD", OrganisationKind.DEPARTMENT)
    school = an_organisation(session, "T1")
    school.parent_id = office.id
    session.flush()
    rows, _ = queries.list_organisations(session, SYSTEM, text="T1")
    assert [row.parent for row in rows] == ["Đơn vị SGD"]


def test_schools_are_no_offices(session: Session) -> None:
    an_organisation(session, "T1")
    office = an_organisation(session, "SGD", OrganisationKind.DEPARTMENT)
    assert queries.list_offices(session) == [office]


def test_lists_are_for_administrators(session: Session) -> None:
    reviewer = an_actor(session, Role.REVIEWER)
    with pytest.raises(Forbidden):
        queries.list_people(session, reviewer)
    with pytest.raises(NotSignedIn):
        queries.list_organisations(session, STRANGER)
