from urllib.parse import urlsplit

import pytest
from apiflask import APIFlask
from werkzeug.test import Client

from quizbank.app import by_host
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
