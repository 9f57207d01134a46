"""Commands are loaded when they are called, and what a question to the index does not need is not loaded at all."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quizbank import cli
from quizbank.cli import main, search
from quizbank.cli.loading import LazyGroup, loaded
from tests.repository.search.builders import a_document, an_index

TABLES: Mapping[str, Mapping[str, str]] = {
    "": cli.COMMANDS,
    "import": cli.IMPORTS,
    "export": cli.EXPORTS,
    "search": search.COMMANDS,
}
PLACES = [(group, name, place) for group, table in TABLES.items() for name, place in table.items()]
HEAVY = ("alembic", "apiflask", "flask", "flask_babel", "marshmallow", "sqlalchemy", "structlog")

ASK = """
import sys
from quizbank.cli import main
main({arguments!r}, standalone_mode=False)
print(sorted(set({heavy!r}) & sys.modules.keys()), file=sys.stderr)
"""


@pytest.mark.parametrize(("group", "name", "place"), PLACES)
def test_every_command_stands_where_it_is_said_to(group: str, name: str, place: str) -> None:
    command = loaded(place)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help


def test_help_names_every_command() -> None:
    for group, table in TABLES.items():
        shown = CliRunner().invoke(main, [*group.split(), "--help"], catch_exceptions=False).stdout
        assert all(f"\n  {name} " in shown for name in table)


def test_a_command_that_does_not_exist_is_refused() -> None:
    answer = CliRunner().invoke(main, ["search", "guess"])
    assert answer.exit_code == 2
    assert "No such command" in answer.stderr


def test_a_place_without_a_command_is_an_error() -> None:
    group = LazyGroup("wrong", places={"read": "quizbank.cli.loading:loaded"})
    with pytest.raises(TypeError, match="is no command"):
        CliRunner().invoke(group, ["read"], catch_exceptions=False)


@pytest.mark.parametrize("arguments", [["search", "find", "song", "--facets", "--json"], ["search", "suggest", "so"]])
def test_a_question_to_the_index_loads_neither_web_nor_database(tmp_path: Path, arguments: list[str]) -> None:
    an_index(tmp_path / "search", a_document("Sóng cơ", id=1))
    ended = in_a_new_process(ASK.format(arguments=arguments, heavy=HEAVY), tmp_path)
    assert ended.stderr == "[]\n"
    assert ended.stdout.strip()


def test_find_answers_from_the_data_folder(tmp_path: Path) -> None:
    an_index(tmp_path / "search", a_document("Sóng cơ", id=1))
    ended = in_a_new_process("from quizbank.cli import main; main()", tmp_path, "search", "find", "song", "--json")
    assert [hit["title"] for hit in json.loads(ended.stdout)["hits"]] == ["Sóng cơ"]


def test_find_without_an_index_says_so_in_a_line(tmp_path: Path) -> None:
    ended = in_a_new_process("from quizbank.cli import main; main()", tmp_path, "search", "find", "song")
    assert ended.returncode == 1
    assert ended.stderr == "hoclieu: Chỉ mục tìm kiếm chưa có, đang được dựng.\n"


def test_what_is_logged_before_anything_is_loaded_goes_to_standard_error(tmp_path: Path) -> None:
    an_index(tmp_path / "search", a_document("Sóng cơ", id=1))
    for table in tmp_path.glob("search/g*/*.toc"):
        table.write_bytes(b"")
    ended = in_a_new_process("from quizbank.cli import main; main()", tmp_path, "search", "find", "song")
    assert "search index unreadable" in ended.stderr
    assert not ended.stdout


@pytest.mark.parametrize(("options", "is_said"), [([], False), (["--verbose"], True)])
def test_a_library_that_logs_itself_does_as_the_command_line_says(
    tmp_path: Path, options: list[str], is_said: bool
) -> None:
    code = "from quizbank.cli import main\nmain(standalone_mode=False)\nimport structlog"
    ended = in_a_new_process(
        f"{code}\nstructlog.get_logger().info('a line')", tmp_path, *options, "search", "rebuild", "--help"
    )
    assert ended.returncode == 0
    assert ("a line" in ended.stderr) is is_said
    assert "a line" not in ended.stdout


def in_a_new_process(code: str, data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "HOCLIEU_DATA_DIR": str(data_dir)}
    environ.pop("HOCLIEU_SEARCH", None)
    return subprocess.run([sys.executable, "-c", code, *arguments], env=environ, capture_output=True, text=True)
