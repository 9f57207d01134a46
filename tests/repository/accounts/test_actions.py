import datetime as dt

import pytest
from sqlalchemy.orm import Session

from repository.accounts import actions, queries
from repository.accounts.models import OrganisationKind, Person, SignInFailure, SignInSession
from repository.accounts.rules import FAILURES_PER_EMAIL, is_password, password_hash_of
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, TooManyRequests
from repository.permissions import STRANGER, SYSTEM, Role
from tests.builders import a_person, an_actor
from tests.conftest import NOW

MONTH = dt.timedelta(days=30)
PASSWORD = "một mật khẩu dài"
HASH = password_hash_of(PASSWORD)


def add_somebody(session: Session, **changes: object) -> Person:
    values: dict[str, object] = {
        "email": "lan@truong.vn",
        "name": "Lan",
        "password": PASSWORD,
        "roles": frozenset(),
        **changes,
    }
    return actions.add_person(session, SYSTEM, now=NOW, **values)  # type: ignore[arg-type]


def try_to_sign_in(
    session: Session, email: str, password: str = PASSWORD, address: str = "10.0.0.1"
) -> tuple[str, Person]:
    return actions.sign_in(
        session, email=email, password=password, address=address, user_agent="x", now=NOW, lasts=MONTH
    )


def fail_to_sign_in(session: Session, email: str, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(actions.WrongSignIn):
            try_to_sign_in(session, email, "not the password")
        session.flush()


def test_a_password_is_kept_as_argon2id(session: Session) -> None:
    assert add_somebody(session).password_hash.startswith("$argon2id$")


def test_an_address_is_kept_in_lower_case(session: Session) -> None:
    assert add_somebody(session, email=" Lan@Truong.VN ").email == "lan@truong.vn"


def test_one_address_is_one_account(session: Session) -> None:
    add_somebody(session)
    with pytest.raises(Conflict, match="lan@truong"):
        add_somebody(session)


@pytest.mark.parametrize("changes", [{"email": "lan"}, {"password": "short"}, {"password": "x" * 201}, {"name": "  "}])
def test_an_account_that_cannot_work_is_refused(session: Session, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        add_somebody(session, **changes)


def test_only_an_administrator_adds_people(session: Session) -> None:
    with pytest.raises(Forbidden):
        actions.add_person(
            session,
            an_actor(session, Role.REVIEWER),
            email="a@b.vn",
            name="A",
            password=PASSWORD,
            roles=frozenset({Role.ADMINISTRATOR}),
            now=NOW,
        )


def test_a_student_who_signs_up_is_a_student_only(session: Session) -> None:
    person = actions.sign_up(session, STRANGER, email="a@b.vn", name="A", password=PASSWORD, is_open=True, now=NOW)
    assert person.roles == {Role.STUDENT}


def test_nobody_signs_up_where_that_is_closed(session: Session) -> None:
    with pytest.raises(NotFound):
        actions.sign_up(session, STRANGER, email="a@b.vn", name="A", password=PASSWORD, is_open=False, now=NOW)


def test_the_token_of_a_sign_in_tells_who_acts(session: Session) -> None:
    person = a_person(session, Role.TEACHER, password_hash=HASH)
    token, _ = try_to_sign_in(session, person.email.upper())
    actor = queries.find_actor_by_session(session, token, NOW)
    assert actor and actor.person_id == person.id and actor.roles == {Role.TEACHER}


def test_a_sign_in_ends_with_its_time(session: Session) -> None:
    token, _ = try_to_sign_in(session, a_person(session, password_hash=HASH).email)
    assert queries.find_actor_by_session(session, token, NOW + MONTH) is None


def test_signing_out_ends_the_session(session: Session) -> None:
    token, person = try_to_sign_in(session, a_person(session, password_hash=HASH).email)
    actions.sign_out(session, queries.actor_of(person), token, now=NOW)
    assert queries.find_actor_by_session(session, token, NOW) is None


def test_a_wrong_password_and_a_wrong_address_look_the_same(session: Session) -> None:
    known = a_person(session, password_hash=HASH)
    answers = []
    for email in (known.email, "nobody@nowhere.vn"):
        with pytest.raises(actions.WrongSignIn) as caught:
            try_to_sign_in(session, email, "not the password")
        answers.append(str(caught.value))
    assert answers[0] == answers[1]


def test_guessing_is_stopped_even_with_the_right_password(session: Session) -> None:
    person = a_person(session, password_hash=HASH)
    fail_to_sign_in(session, person.email, FAILURES_PER_EMAIL)
    with pytest.raises(TooManyRequests):
        try_to_sign_in(session, person.email)


def test_a_sign_in_forgets_the_failures_before_it(session: Session) -> None:
    person = a_person(session, password_hash=HASH)
    fail_to_sign_in(session, person.email, FAILURES_PER_EMAIL - 1)
    try_to_sign_in(session, person.email)
    session.flush()
    assert session.query(SignInFailure).count() == 0


def test_a_deactivated_person_is_out_at_once(session: Session) -> None:
    person = a_person(session, password_hash=HASH)
    token, _ = try_to_sign_in(session, person.email)
    actions.set_active(session, SYSTEM, person.id, False, now=NOW)
    session.flush()
    assert queries.find_actor_by_session(session, token, NOW) is None
    with pytest.raises(actions.WrongSignIn):
        try_to_sign_in(session, person.email)


def test_a_new_password_ends_all_other_sign_ins(session: Session) -> None:
    person = a_person(session, password_hash=HASH)
    token, _ = try_to_sign_in(session, person.email)
    actions.change_password(
        session, queries.actor_of(person), person.id, old=PASSWORD, new="một mật khẩu khác", now=NOW
    )
    assert queries.find_actor_by_session(session, token, NOW) is None
    assert is_password("một mật khẩu khác", person.password_hash)


def test_nobody_changes_the_password_of_somebody_else(session: Session) -> None:
    person = a_person(session, password_hash=HASH)
    with pytest.raises(Forbidden):
        actions.change_password(
            session, an_actor(session, Role.ADMINISTRATOR), person.id, old=PASSWORD, new="một mật khẩu khác", now=NOW
        )


def test_roles_are_given_and_taken(session: Session) -> None:
    person = a_person(session, Role.TEACHER, Role.EDITOR)
    actions.set_roles(session, SYSTEM, person.id, frozenset({Role.EDITOR, Role.REVIEWER}), now=NOW)
    session.flush()
    session.expire_all()
    assert person.roles == {Role.EDITOR, Role.REVIEWER}


def test_the_last_door_key_is_not_thrown_away(session: Session) -> None:
    actor = an_actor(session, Role.ADMINISTRATOR)
    assert actor.person_id
    with pytest.raises(Conflict):
        actions.set_roles(session, actor, actor.person_id, frozenset({Role.TEACHER}), now=NOW)
    with pytest.raises(Conflict):
        actions.set_active(session, actor, actor.person_id, False, now=NOW)


def test_an_api_token_acts_for_its_person_until_revoked(session: Session) -> None:
    actor = an_actor(session, Role.EDITOR)
    assert actor.person_id
    token, row = actions.create_token(session, actor, actor.person_id, "máy in", now=NOW)
    assert queries.find_actor_by_api_token(session, token, NOW) == actor
    actions.revoke_token(session, actor, row.id, now=NOW)
    session.flush()
    assert queries.find_actor_by_api_token(session, token, NOW) is None


def test_an_api_token_is_not_kept_in_the_clear(session: Session) -> None:
    actor = an_actor(session)
    assert actor.person_id
    token, row = actions.create_token(session, actor, actor.person_id, "máy in", now=NOW)
    assert token not in (row.token_hash, row.prefix)


def test_nobody_makes_or_revokes_tokens_of_others(session: Session) -> None:
    actor, other = an_actor(session), an_actor(session, Role.ADMINISTRATOR)
    assert actor.person_id
    _, row = actions.create_token(session, actor, actor.person_id, "máy in", now=NOW)
    with pytest.raises(Forbidden):
        actions.create_token(session, other, actor.person_id, "của tôi", now=NOW)
    with pytest.raises(NotFound):
        actions.revoke_token(session, other, row.id, now=NOW)


def test_organisations_are_the_administrators_business(session: Session) -> None:
    with pytest.raises(NotSignedIn):
        actions.add_organisation(session, STRANGER, kind=OrganisationKind.SCHOOL, name="THPT A", code="A", now=NOW)


def test_one_code_is_one_organisation(session: Session) -> None:
    actions.add_organisation(session, SYSTEM, kind=OrganisationKind.SCHOOL, name="THPT A", code="A", now=NOW)
    with pytest.raises(Conflict):
        actions.add_organisation(session, SYSTEM, kind=OrganisationKind.SCHOOL, name="THPT B", code="A", now=NOW)


def test_people_change_their_own_name_and_language(session: Session) -> None:
    actor = an_actor(session, Role.STUDENT)
    assert actor.person_id
    person = actions.update_account(session, actor, actor.person_id, name=" Mai ", locale="en", now=NOW)
    assert (person.name, person.locale) == ("Mai", "en")


@pytest.mark.parametrize("changes", [{"name": " "}, {"locale": "fr"}])
def test_an_account_keeps_a_name_and_a_language_that_exists(session: Session, changes: dict[str, str]) -> None:
    actor = an_actor(session)
    assert actor.person_id
    with pytest.raises(Invalid):
        actions.update_account(session, actor, actor.person_id, **{"name": "Mai", "locale": "vi", **changes}, now=NOW)


def test_nobody_changes_the_account_of_somebody_else(session: Session) -> None:
    person = a_person(session)
    with pytest.raises(Forbidden):
        actions.update_account(session, an_actor(session, Role.TEACHER), person.id, name="Mai", locale=None, now=NOW)
    with pytest.raises(NotSignedIn):
        actions.update_account(session, STRANGER, person.id, name="Mai", locale=None, now=NOW)


def test_an_administrator_gives_a_new_password_to_who_forgot_it(session: Session) -> None:
    person = add_somebody(session)
    try_to_sign_in(session, "lan@truong.vn")
    session.flush()
    actions.reset_password(session, SYSTEM, person.id, "một mật khẩu khác", now=NOW)
    assert is_password("một mật khẩu khác", person.password_hash)
    assert session.query(SignInSession).count() == 0


def test_only_an_administrator_resets_passwords_and_moves_people(session: Session) -> None:
    person = a_person(session)
    editor = an_actor(session, Role.EDITOR)
    with pytest.raises(Forbidden):
        actions.reset_password(session, editor, person.id, PASSWORD, now=NOW)
    with pytest.raises(Forbidden):
        actions.set_organisation(session, editor, person.id, None, now=NOW)


def test_a_person_joins_an_organisation_that_exists(session: Session) -> None:
    person = a_person(session)
    school = actions.add_organisation(
        session, SYSTEM, kind=OrganisationKind.SCHOOL, name="THPT A", code="A1", now=NOW, province="2025-07:01"
    )
    assert actions.set_organisation(session, SYSTEM, person.id, school.id, now=NOW).organisation_id == school.id
    with pytest.raises(NotFound):
        actions.set_organisation(session, SYSTEM, person.id, 999_999, now=NOW)


def test_a_school_stands_under_an_organisation_that_exists(session: Session) -> None:
    with pytest.raises(NotFound):
        actions.add_organisation(
            session, SYSTEM, kind=OrganisationKind.SCHOOL, name="THPT A", code="A1", parent_id=999_999, now=NOW
        )
