from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from apiflask import APIFlask
from sqlalchemy import create_engine
from werkzeug.test import Client

from quizbank.app import by_host, warm_up
from quizbank.questions.shelf_reading import _keepers, shelf_of_bank
from repository.packages_origin import create_packages_app
from repository.services import Services


@pytest.fixture
def both(app: APIFlask, services: Services) -> Client:
    return Client(by_host(app, create_packages_app(services), urlsplit("https://goi.example:8443")))


def test_the_packages_host_knows_no_page_of_the_product(both: Client) -> None:
    assert both.get("/sign-in", base_url="https://goi.example:8443").status_code == 404


def test_every_other_host_is_the_product(both: Client) -> None:
    assert both.get("/sign-in", base_url="https://hoclieu.example").status_code == 200


def test_the_packages_host_sets_no_cookie(both: Client) -> None:
    assert "Set-Cookie" not in both.get("/", base_url="https://goi.example:8443").headers


def test_what_lists_read_is_read_before_the_first_of_them(services: Services) -> None:
    warm_up(services)
    reads = _keepers[services.engine]
    shelf = reads.shelf
    assert shelf is not None and shelf_of_bank(services.engine) is shelf


def test_a_database_without_tables_keeps_no_process_from_starting(services: Services) -> None:
    empty = replace(services, engine=create_engine("sqlite://"))
    warm_up(empty)
    assert _keepers[empty.engine].shelf is None


def test_nothing_that_goes_wrong_while_warming_up_is_raised(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_engine: object) -> None:
        raise KeyError(7)

    monkeypatch.setattr("quizbank.app.shelf_of_bank", fail)
    warm_up(services)
