from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizbank.cli import main
from quizbank.jobs import open_services
from repository.accounts.models import Person
from repository.accounts.rules import is_password
from repository.permissions import Role

PASSWORD = "một mật khẩu dài"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCLIEU_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("HOCLIEU_DATABASE_URL", raising=False)


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, words, input=typed)


def add(*more: str, typed: str = f"{PASSWORD}\n{PASSWORD}\n") -> Result:
    return run("users", "add", "nam@truong.vn", "--name", "Nam", *more, typed=typed)


def person() -> Person:
    services = open_services()
    with services.sessions() as session:
        found = session.query(Person).one()
    services.engine.dispose()
    return found


def test_a_person_is_added_with_roles_and_a_password_that_is_not_shown() -> None:
    answer = add("--role", "teacher", "--role", "editor")
    assert answer.exit_code == 0 and PASSWORD not in answer.output
    assert person().roles == {Role.TEACHER, Role.EDITOR}
    assert is_password(PASSWORD, person().password_hash)


def test_a_given_password_is_not_asked_for() -> None:
    assert add("--password", PASSWORD, typed="").exit_code == 0
    assert is_password(PASSWORD, person().password_hash)


def test_the_same_address_twice_is_refused_in_one_line() -> None:
    add()
    again = add()
    assert again.exit_code == 1
    assert again.stderr.strip().splitlines()[-1].startswith("hoclieu: ")


@pytest.mark.parametrize(("words", "code"), [(("--role", "king"), 2), (("--organisation", "XYZ"), 1)])
def test_what_does_not_exist_is_refused(words: tuple[str, str], code: int) -> None:
    assert add(*words).exit_code == code


def test_a_forgotten_password_is_replaced() -> None:
    add()
    new = "mật khẩu mới khác hẳn"
    assert run("users", "password", "nam@truong.vn", "--password", new).exit_code == 0
    assert is_password(new, person().password_hash)


def test_roles_are_set() -> None:
    add("--role", "student")
    assert run("users", "roles", "nam@truong.vn", "--role", "administrator").exit_code == 0
    assert person().roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("words", [("password", "ai@vidu.vn", "--password", PASSWORD), ("roles", "ai@vidu.vn")])
def test_somebody_who_is_not_there_cannot_be_changed(words: tuple[str, ...]) -> None:
    assert run("users", *words).exit_code == 1
