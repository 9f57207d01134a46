from pathlib import Path

import pytest

from repository.errors import Invalid
from repository.settings import neighbour_origin, normal_database_url, read_settings

PRODUCTION = {
    "HOCLIEU_ENVIRONMENT": "production",
    "HOCLIEU_SECRET_KEY": "x" * 32,
    "HOCLIEU_BASE_URL": "https://hoclieu.example",
    "HOCLIEU_PACKAGES_ORIGIN": "https://goi.hoclieu.example",
}


def test_an_empty_environment_gives_a_development_machine() -> None:
    settings = read_settings({})
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.packages_origin == "http://localhost:8001"
    assert settings.data_dir == Path("var").absolute()


def test_the_database_stands_in_the_data_folder_unless_told_otherwise() -> None:
    assert read_settings({"HOCLIEU_DATA_DIR": "/srv/x"}).database_url == "sqlite:////srv/x/hoclieu.sqlite"


def test_production_with_everything_set_is_accepted() -> None:
    assert read_settings(PRODUCTION).is_production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOCLIEU_SECRET_KEY", ""),
        ("HOCLIEU_SECRET_KEY", "short"),
        ("HOCLIEU_BASE_URL", ""),
        ("HOCLIEU_BASE_URL", "http://hoclieu.example"),
        ("HOCLIEU_PACKAGES_ORIGIN", ""),
        ("HOCLIEU_PACKAGES_ORIGIN", "http://goi.hoclieu.example"),
    ],
)
def test_production_refuses_an_unsafe_value(name: str, value: str) -> None:
    with pytest.raises(Invalid, match=name):
        read_settings({**PRODUCTION, name: value})


def test_packages_never_share_the_origin_of_the_product() -> None:
    with pytest.raises(Invalid, match="another origin"):
        read_settings({"HOCLIEU_BASE_URL": "http://a.example", "HOCLIEU_PACKAGES_ORIGIN": "http://a.example/"})


def test_a_limit_that_is_no_number_is_named() -> None:
    with pytest.raises(Invalid, match="HOCLIEU_UPLOAD_LIMIT_MB"):
        read_settings({"HOCLIEU_UPLOAD_LIMIT_MB": "many"})


@pytest.mark.parametrize(
    ("base", "packages"),
    [("http://127.0.0.1:8000", "http://localhost:8001"), ("http://localhost:9000", "http://127.0.0.1:9001")],
)
def test_the_packages_origin_is_the_other_loopback_name(base: str, packages: str) -> None:
    assert neighbour_origin(base) == packages


def test_postgres_urls_get_the_driver_that_is_shipped() -> None:
    assert normal_database_url("postgres://u@h/d") == "postgresql+psycopg://u@h/d"


def test_an_unknown_search_engine_is_named() -> None:
    with pytest.raises(Invalid, match="HOCLIEU_SEARCH"):
        read_settings({"HOCLIEU_SEARCH": "lucene"})


def test_search_in_the_database_needs_a_database_that_can() -> None:
    with pytest.raises(Invalid, match="HOCLIEU_SEARCH=postgres needs HOCLIEU_DATABASE_URL"):
        read_settings({"HOCLIEU_SEARCH": "postgres"})
    on_postgres = {"HOCLIEU_SEARCH": "postgres", "HOCLIEU_DATABASE_URL": "postgres://host/name"}
    assert read_settings(on_postgres).search == "postgres"
