"""Browsers of a teacher and two students, signed in before the test's own session begins to write."""

import pytest
from flask.testing import FlaskClient

from repository.permissions import Actor, Role
from tests.conftest import SignIn

Browser = tuple[FlaskClient, Actor]


@pytest.fixture
def teacher(sign_in: SignIn) -> Browser:
    return sign_in(Role.TEACHER)


@pytest.fixture
def other_teacher(sign_in: SignIn) -> Browser:
    return sign_in(Role.TEACHER)


@pytest.fixture
def student(sign_in: SignIn) -> Browser:
    return sign_in(Role.STUDENT)


@pytest.fixture
def other_student(sign_in: SignIn) -> Browser:
    return sign_in(Role.STUDENT)
