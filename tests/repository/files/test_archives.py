import io
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from repository.files.archives import LIMITS, UnsafeArchive, clean_path, open_archive, unpack
from repository.settings import PROJECT_ROOT
from tests.repository.files.builders import a_zip, an_overlapping_zip
from tests.shared_data import SHARED, needs_shared_data

BAD_ZIPS = sorted((SHARED / "formats" / "badzip").rglob("*.zip"))
MEMORY_MAX_BYTES = 120 << 20  # the high-water mark of the process itself, its imports included
MEASURED = """
import sys
from pathlib import Path
from repository.files.archives import UnsafeArchive, unpack
try:
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
    print("unpacked")
except UnsafeArchive as error:
    print(error.facts["reason"])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(peak.split()[1]) * 1024)
"""


def reason_of(path: Path, folder: Path, limits: object = None) -> str:
    with pytest.raises(UnsafeArchive) as caught:
        unpack(path, folder, replace(LIMITS, **limits) if isinstance(limits, dict) else LIMITS)
    assert not folder.exists()
    assert list(folder.parent.glob(".unpacking-*")) == []
    return str(caught.value.facts["reason"])


def test_a_sound_zip_is_unpacked_whole(tmp_path: Path) -> None:
    source = a_zip(tmp_path / "a.zip", {"a/b.txt": "một", "c.txt": "hai"})
    unpack(source, tmp_path / "out")
    assert (tmp_path / "out" / "a" / "b.txt").read_text() == "một"
    assert (tmp_path / "out" / "c.txt").read_text() == "hai"


def test_nothing_unpacked_can_be_run(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("run.sh")
    info.external_attr = (stat.S_IFREG | 0o755) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "#!/bin/sh")
    unpack(tmp_path / "a.zip", tmp_path / "out")
    assert not (tmp_path / "out" / "run.sh").stat().st_mode & 0o111


@pytest.mark.parametrize(
    "name",
    ["../a", "a/../../b", "/etc/passwd", "C:/a", "c:\\a", "..\\a", "\\a", "a/\x01b", "a\nb"],
)
def test_a_path_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    assert reason_of(a_zip(tmp_path / "a.zip", {name: "x"}), tmp_path / "out") == "path"


@pytest.mark.parametrize(("name", "clean"), [("a\\b.txt", "a/b.txt"), ("./a//b", "a/b"), ("Bài giảng/1.html",) * 2])
def test_a_harmless_path_is_made_plain(name: str, clean: str) -> None:
    assert clean_path(name) == clean


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_special_files_are_refused(tmp_path: Path, kind: int) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert reason_of(tmp_path / "a.zip", tmp_path / "out") == "special-file"


@pytest.mark.parametrize(
    ("files", "limits", "reason"),
    [
        ({str(number): "x" for number in range(5)}, {"entries": 4}, "too-many-files"),
        ({"a": "x" * 100}, {"file_bytes": 99}, "file-too-large"),
        ({"a": "x" * 100, "b": "x" * 100}, {"total_bytes": 199}, "too-large"),
        ({"a": bytes(100_000)}, {"ratio": 50, "ratio_free_bytes": 1}, "ratio"),
        ({"a/" * 5 + "b": "x"}, {"depth": 5}, "path-too-long"),
        ({"a" * 20: "x"}, {"name_bytes": 19}, "path-too-long"),
        ({"a": "x"}, {"directory_bytes": 10}, "directory-too-large"),
    ],
)
def test_every_limit_is_checked_before_unpacking(
    tmp_path: Path, files: dict[str, bytes | str], limits: dict[str, int], reason: str
) -> None:
    assert reason_of(a_zip(tmp_path / "a.zip", files), tmp_path / "out", limits) == reason


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    assert reason_of(an_overlapping_zip(tmp_path / "a.zip"), tmp_path / "out") == "overlap"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "1")
        archive.writestr("./a.txt", "2")
    assert reason_of(tmp_path / "a.zip", tmp_path / "out") == "duplicate"


def test_a_file_where_another_needs_a_folder_is_refused(tmp_path: Path) -> None:
    assert reason_of(a_zip(tmp_path / "a.zip", {"a": "1", "a/b": "2"}), tmp_path / "out") == "duplicate"


def test_a_header_that_lies_about_the_size_is_found_while_unpacking(tmp_path: Path) -> None:
    content = bytearray(a_zip(tmp_path / "a.zip", {"a": bytes(5000)}).read_bytes())
    true, lie = (5000).to_bytes(4, "little"), (4000).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(bytes(content).replace(true, lie))
    assert reason_of(tmp_path / "a.zip", tmp_path / "out") == "broken"


def test_what_stands_before_a_zip_does_not_disturb(tmp_path: Path) -> None:
    content = a_zip(tmp_path / "a.zip", {"a": "x"}).read_bytes()
    (tmp_path / "b.zip").write_bytes(b"#!/bin/sh\n" + content)
    with open_archive(tmp_path / "b.zip") as archive:
        assert archive.read_small("a") == b"x"


def test_a_second_worker_finds_the_work_done(tmp_path: Path) -> None:
    source = a_zip(tmp_path / "a.zip", {"a": "x"})
    unpack(source, tmp_path / "out")
    unpack(source, tmp_path / "out")
    assert (tmp_path / "out" / "a").read_text() == "x"


def test_a_vietnamese_name_without_the_unicode_flag_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Toán.html", "x")
    content = buffer.getvalue().replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
    (tmp_path / "a.zip").write_bytes(content)
    with open_archive(tmp_path / "a.zip") as archive:
        assert archive.paths == {"Toán.html"}


@needs_shared_data
@pytest.mark.parametrize("path", BAD_ZIPS, ids=lambda path: path.stem[:60])
def test_a_hostile_zip_is_refused_or_stays_inside_within_bounded_memory(path: Path, tmp_path: Path) -> None:
    inside = tmp_path / "outer" / "inside"
    command = [sys.executable, "-c", MEASURED, str(path), str(inside)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT_ROOT, check=True, timeout=60)
    outcome, memory_bytes = done.stdout.split()
    assert int(memory_bytes) < MEMORY_MAX_BYTES
    assert inside.exists() == (outcome == "unpacked")
    assert {found.name for found in tmp_path.iterdir()} <= {"outer"}
    assert outcome != "unpacked" or {found.name for found in inside.parent.iterdir()} == {"inside"}
