"""Rules of the house that no linter knows."""

import re
from pathlib import Path

import pytest
from apiflask import APIFlask

from repository.settings import PROJECT_ROOT, Settings, read_settings

TOP_LEVEL = {"repository", "quizbank", "static", "templates", "tests", "docs"}
ROOMS_OF_THE_WEB = {"pages.py", "api.py"}


def source_files() -> list[Path]:
    """Our code; migrations are history and stay as they were written."""
    return [
        path
        for package in ("repository", "quizbank")
        for path in sorted((PROJECT_ROOT / package).rglob("*.py"))
        if "versions" not in path.parts
    ]


def test_the_top_level_holds_the_users_folders_only() -> None:
    folders = {path.name for path in PROJECT_ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders <= TOP_LEVEL


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"`HOCLIEU_([A-Z_]+)`", (PROJECT_ROOT / "docs" / "configuration.md").read_text()))
    read = set(
        re.findall(r'given(?:\.get\(|\[|, )"([A-Z_]+)"', (PROJECT_ROOT / "repository" / "settings.py").read_text())
    )
    assert read == documented


def test_settings_read_from_nothing_are_the_documented_defaults() -> None:
    assert read_settings({}).upload_limit_bytes == Settings().upload_limit_bytes


@pytest.mark.parametrize("path", source_files(), ids=lambda path: str(path.relative_to(PROJECT_ROOT)))
def test_no_file_has_a_second_noun_in_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400, "split it by noun"


def test_actions_and_rules_never_commit() -> None:
    committing = [
        str(path.relative_to(PROJECT_ROOT))
        for path in source_files()
        if path.name in {"actions.py", "rules.py", "queries.py"} and ".commit()" in path.read_text()
    ]
    assert committing == []


def test_rules_know_neither_database_nor_web_nor_clock() -> None:
    knowing = [
        str(path.relative_to(PROJECT_ROOT))
        for path in source_files()
        if path.name == "rules.py"
        and re.search(r"^(?:from|import) (?:sqlalchemy|flask)|utc_now|\.now\(", path.read_text(), re.M)
    ]
    assert knowing == []


def test_every_page_template_is_named_after_its_page(app: APIFlask) -> None:
    """``templates/repository/lectures/show_lecture.html`` is shown by ``show_lecture``; parts begin with ``_``."""
    endpoints = {endpoint.rpartition(".")[2] for endpoint in app.view_functions}
    pages = [
        path
        for package in ("repository", "quizbank")
        for path in (PROJECT_ROOT / "templates" / package).rglob("*.html")
        if not path.name.startswith("_")
    ]
    strangers = [str(path.relative_to(PROJECT_ROOT)) for path in pages if path.stem not in endpoints]
    assert strangers == []
