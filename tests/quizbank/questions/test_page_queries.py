"""Every page of the bank and the desk asks the database little, however much is on it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.actions import revise_question
from quizbank.questions.export_models import QuestionExport
from quizbank.questions.exporting import ask_for_export
from quizbank.questions.queries import QuestionFilter
from repository.jobs import Job, JobState, enqueue
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question
from tests.quizbank.questions.papers import a_table_on_the_desk, an_import_on_the_desk

MOST_QUERIES = 12
OF_ONE_QUESTION = 17
OF_A_REPAIR = 20
"""Pages that hold versions beside each other, with their history and uses, ask more, but no more for more of them."""
SEVERAL = 15
Make = Callable[[Session, Services, Actor], str]


def many_questions(number: int) -> str:
    """A paper without keys: every question is in doubt."""
    return "\n".join(f"Câu {n}. Số nào lớn hơn {n}?\nA. 1\nB. 2\nC. 300\nD. 4\n" for n in range(1, number + 1))


def a_desk(session: Session, services: Services, actor: Actor) -> str:
    return f"/questions/imports/{an_import_on_the_desk(session, services, actor, many_questions(SEVERAL))}"


def an_item(session: Session, services: Services, actor: Actor) -> str:
    return f"{a_desk(session, services, actor)}/items/3"


def columns(session: Session, services: Services, actor: Actor) -> str:
    return f"/questions/imports/{a_table_on_the_desk(session, services, actor)}/columns"


def imports(session: Session, services: Services, actor: Actor) -> str:
    for number in range(SEVERAL):
        an_import_on_the_desk(session, services, actor, many_questions(1).replace("lớn", f"{number} lớn"))
    return "/questions/imports"


def exports(session: Session, services: Services, actor: Actor) -> str:
    """All of them given up by the worker."""
    a_question(session)
    for number in range(SEVERAL):
        made = ask_for_export(session, actor, f"Tệp {number}", "text", QuestionFilter(), now=MOMENT)
        made.job_id = enqueue(session, "questions.export", {"export_id": made.id}, now=MOMENT).id
        session.get_one(Job, made.job_id).state = JobState.FAILED
        session.flush()
    return "/questions/exports"


def an_export(session: Session, services: Services, actor: Actor) -> str:
    exports(session, services, actor)
    return f"/questions/exports/{session.query(QuestionExport).first().id}"  # type: ignore[union-attr]


def a_changed_question(session: Session, services: Services, actor: Actor) -> str:
    question = a_question(session, by=actor)
    for number in range(SEVERAL):
        revise_question(session, actor, question.id, a_new_question(a_choice(f"Bản {number}?")), now=MOMENT)
    return f"/questions/{question.id}"


def an_editor(session: Session, services: Services, actor: Actor) -> str:
    return f"{a_changed_question(session, services, actor)}/edit"


def a_repair(session: Session, services: Services, actor: Actor) -> str:
    return f"{a_changed_question(session, services, actor)}/repair?treatment=key&key=B"


@pytest.mark.parametrize(
    ("make", "most"),
    [(make, MOST_QUERIES) for make in (a_desk, an_item, columns, imports, exports, an_export, an_editor)]
    + [(a_changed_question, OF_ONE_QUESTION), (a_repair, OF_A_REPAIR)],
)
def test_a_page_asks_little(sign_in: SignIn, session: Session, services: Services, make: Make, most: int) -> None:
    session.commit()
    client, actor = sign_in(Role.EDITOR)
    address = make(session, services, actor)
    session.commit()
    check_queries(client, services, address, most)


@pytest.mark.parametrize("address", ["/questions/new", "/questions/import", "/questions/export", "/questions/coverage"])
def test_a_form_asks_little(sign_in: SignIn, session: Session, services: Services, address: str) -> None:
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    check_queries(client, services, address)


def check_queries(client: FlaskClient, services: Services, address: str, most: int = MOST_QUERIES) -> None:
    client.get(address)
    with count_queries(services.engine) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= most, "\n".join(queries)
