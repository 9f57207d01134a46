"""The pages and the API by which matrices come and go as files."""

import io

import pytest
from flask.testing import FlaskClient

from repository.permissions import Role
from tests.builders import csrf_of, post
from tests.conftest import SignIn
from tests.quizbank.matrices.exchange.builders import SCHOOL_HEAD, SCHOOL_JOINED, SCHOOL_LINES, an_excel
from tests.quizbank.matrices.exchange.test_foreign_tables import BODY

MATRIX = {
    "title": "Cuối kì <I>",
    "subject": "toan",
    "grade": 12,
    "programme": "gdpt-2018",
    "duration_minutes": 90,
    "cells": [
        {
            "topic": None,
            "level": None,
            "type": "true-false",
            "count": 1,
            "marks": "1",
            "statements": {"biet": 2, "hieu": 2},
        }
    ],
}


@pytest.fixture
def teacher(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.TEACHER)[0]


def kept_by(teacher: FlaskClient) -> str:
    answer = teacher.post("/api/matrices", json=MATRIX, headers={"X-CSRFToken": csrf_of(teacher)})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return f"/matrices/{answer.get_json()['id']}"


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_downloaded_matrix_can_be_given_back(teacher: FlaskClient, ending: str) -> None:
    file = teacher.get(f"{kept_by(teacher)}/file?format={ending}")
    assert "Cu%E1%BB%91i%20k%C3%AC%20%3CI%3E" in file.headers["Content-Disposition"]
    page = post(teacher, "/matrices/import", {"file": (io.BytesIO(file.data), f"de.{ending}")})
    text = page.get_data(as_text=True)
    assert page.status_code == 200 and "Đã đọc tệp. Hãy xem lại rồi lưu." in text
    assert 'value="Cuối kì &lt;I&gt;"' in text


def test_a_file_with_mistakes_opens_in_the_editor_and_names_the_cells(teacher: FlaskClient) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[4][3] = "bốn"
    data = {"file": (io.BytesIO(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED)), "de.xlsx")}
    text = post(teacher, "/matrices/import", data).get_data(as_text=True)
    assert "Ma trận!D8: “bốn” không phải là số câu." in text and "MA TRẬN ĐỀ KIỂM TRA CUỐI KÌ I" in text


def test_a_file_that_holds_no_matrix_is_refused_and_the_choices_are_kept(teacher: FlaskClient) -> None:
    data = {"file": (io.BytesIO(b"%PDF-1.7"), "de.pdf"), "subject": "vat-li", "grade": "11"}
    answer = post(teacher, "/matrices/import", data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Tệp này không phải là Excel hay Word." in text
    assert '<option value="vat-li" selected>' in text and 'value="11"' in text


def test_a_format_that_no_matrix_has_is_not_found(teacher: FlaskClient) -> None:
    assert teacher.get(f"{kept_by(teacher)}/file?format=pdf").status_code == 404


def test_programs_read_files_and_learn_of_every_cell(teacher: FlaskClient) -> None:
    rows = [[*row] for row in [*SCHOOL_HEAD, *BODY]]
    rows[4][7] = 2
    data = {"file": (io.BytesIO(an_excel(SCHOOL_LINES, rows, SCHOOL_JOINED)), "de.xlsx")}
    told = post(teacher, "/api/matrices/read", data).get_json()
    assert told["doubts"] == [] and [one["place"] for one in told["problems"]] == ["Ma trận!G8"]
    assert told["matrix"]["duration_minutes"] == 90
