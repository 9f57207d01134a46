"""The review list of near-duplicates, as an editor meets it; and the command that finds them."""

import json
import re
from collections import Counter

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.cli import main
from quizbank.questions.likeness_cards import sides_of
from quizbank.questions.likeness_index import CROWD, MOST
from quizbank.questions.likeness_models import QuestionLikeness, Verdict
from quizbank.questions.models import QuestionVersion
from quizbank.questions.papers import Outcome
from repository.permissions import Role
from repository.services import Services
from tests.builders import post
from tests.conftest import SignIn
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_question
from tests.quizbank.questions.papers import preview_text
from tests.quizbank.questions.test_likeness_search import OPTIONS, STEM, asked, compare, two_alike


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.EDITOR)[0]


def page_of(client: FlaskClient, address: str = "/questions/duplicates") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_pairs_stand_side_by_side_with_what_differs_marked(editor: FlaskClient, session: Session) -> None:
    left, right = two_alike(session, key="B")
    compare(session)
    session.commit()
    page = page_of(editor)
    assert f"Câu #{left} và câu #{right}" in page and "Đáp án trái nhau" in page
    assert re.search(r"<mark>\s*rất\s*</mark>", page) and "Có vẻ là một câu viết hai lần" in page


def test_another_name_makes_a_variant(editor: FlaskClient, session: Session) -> None:
    for city, key in (("Đà Lạt", "A"), ("Hải Phòng", "B")):
        a_question(session, asked(f"{STEM} Hãy so với {city} mà trả lời.", key))
    compare(session)
    session.commit()
    page = page_of(editor)
    assert "Có vẻ là biến thể của nhau" in page and "Đáp án trái nhau" not in page


def test_formulas_are_shown_as_formulas(editor: FlaskClient, session: Session) -> None:
    for power in "23":
        a_question(session, asked(f"{STEM} Biết $y=x^{power}$ và $\\heartsuit$."))
    compare(session)
    session.commit()
    page = page_of(editor)
    assert "<mark><math" in page and "$y=x^2$" not in page


def test_a_verdict_takes_a_pair_off_the_list_and_can_be_taken_back(editor: FlaskClient, session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    session.commit()
    address = f"/questions/duplicates/{left}/{right}"
    answer = post(editor, address, {"verdict": "variant", "next": "/questions/duplicates?verdict=open"})
    assert answer.headers["Location"] == f"/questions/duplicates?verdict=open&decided={left}-{right}"
    page = page_of(editor, answer.headers["Location"])
    assert "Không còn cặp nào chờ xem" in page and f'action="{address}"' in page
    assert f"Câu #{left} và câu #{right}" in page_of(editor, "/questions/duplicates?verdict=variant")
    post(editor, address, {"verdict": "open"})
    assert f"Câu #{left} và câu #{right}" in page_of(editor)


def test_a_word_that_is_no_verdict_is_refused(editor: FlaskClient, session: Session) -> None:
    left, right = two_alike(session)
    compare(session)
    session.commit()
    assert post(editor, f"/questions/duplicates/{left}/{right}", {"verdict": "x"}).status_code == 422
    session.expire_all()
    assert session.get_one(QuestionLikeness, (left, right)).verdict == Verdict.OPEN


def test_the_list_goes_on_page_after_page(editor: FlaskClient, session: Session) -> None:
    for number in range(12):
        a_question(session, asked(STEM + " x" * (number % 3)))
    compare(session)
    session.commit()
    page = page_of(editor)
    assert page.count('class="panel"') == 10 and "after=" in page


def test_a_page_takes_few_queries(editor: FlaskClient, session: Session, services: Services) -> None:
    for number in range(12):
        a_question(session, asked(STEM + " x" * (number % 3)))
    compare(session)
    session.commit()
    with count_queries(services.engine) as queries:
        page_of(editor)
    assert len(queries) <= 12


def test_teachers_are_not_shown_the_way(sign_in: SignIn, editor: FlaskClient) -> None:
    teacher, _ = sign_in(Role.TEACHER)
    assert "/questions/duplicates" not in page_of(teacher, "/questions")
    assert "/questions/duplicates" in page_of(editor, "/questions")


def test_options_are_held_against_what_says_the_same(session: Session) -> None:
    left = a_question(session, asked())
    right = a_question(session, asked(options=("Huế", "Sa Pa.", "Hà Nội", "Nha Trang")))
    ours, theirs = sides_of(*(session.get_one(QuestionVersion, one.current_version_id) for one in (left, right)))
    assert [bool(line.pieces) for line in ours.parts] == [False, False, True, False]
    assert tuple(piece[:2] for piece in theirs.parts[2].pieces) == ((True, "Hà"), (False, " "), (True, "Nội"))
    assert ours.stem.html and not ours.stem.pieces and ours.parts[0].is_true
    assert [line.html for line in ours.parts][2] == "" and OPTIONS[2] == "Cần Thơ"


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_finds_and_tells(
    as_json: bool, session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.cli.questions.open_database", lambda: services.sessions)
    left, right = two_alike(session, key="B")
    session.commit()
    result = CliRunner().invoke(main, ["questions", "duplicates", *(["--json"] if as_json else [])])
    assert result.exit_code == 0
    if as_json:
        told = json.loads(result.stdout)
        assert (told["compared"], told["pairs"], told["conflicts"]) == (3, 1, 1)
        [group] = told["groups"]
        assert [one["id"] for one in group["questions"]] == [left, right]
        assert group["pairs"][0]["conflict"] and group["conflict"]
    else:
        assert f"#{left} and #{right}" in result.stdout and "3 questions compared; 1 pairs" in result.stdout


def test_the_command_says_where_only_the_most_alike_are_listed(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.cli.questions.open_database", lambda: services.sessions)
    for number in range(12):
        a_question(session, asked(f"{STEM} {number}"))
    session.commit()
    told = CliRunner().invoke(main, ["questions", "duplicates"]).stdout
    assert "may be like others that are not listed" in told and f"only the {MOST} most alike" in told
    report = json.loads(CliRunner().invoke(main, ["questions", "duplicates", "--json"]).stdout)
    counts = Counter(
        id_ for group in report["groups"] for pair in group["pairs"] for id_ in (pair["left"], pair["right"])
    )
    assert report["most_listed"] == sum(count >= MOST for count in counts.values()) > 0
    assert report["limits"] == {"most_alike": MOST, "newest_of_a_kind": CROWD}


def test_an_import_tells_of_questions_nearly_in_the_bank(session: Session) -> None:
    left = a_question(session, asked(), source_file="cu.txt", source_place="line 7")
    compare(session)
    lines = "\n".join(f"{letter}. {option}" for letter, option in zip("ABCD", OPTIONS, strict=True))
    papers = f"Câu 1. {STEM.replace('mẻ', 'lành')}\n{lines}\nĐáp án: A\n\nCâu 2. Tính 1 + 1?\n{lines}\nĐáp án: B\n"
    near, other = preview_text(session, papers, lambda _: None).entries
    [note] = near.problems
    assert (note.code, note.facts["other"]) == ("near-duplicate", f"#{left.id}, cu.txt, line 7")
    assert 80 <= int(note.facts["percent"]) < 100
    assert near.comes_in and near.outcome == Outcome.IMPORTED and other.problems == ()
