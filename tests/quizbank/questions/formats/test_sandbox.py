"""What a file can do to the process that reads it, and that nobody else notices."""

import contextlib
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.sandbox import (
    ReadingLimits,
    ReadingProcess,
    ReadingTooLong,
    ReadQuestion,
    RefusedFile,
)
from repository.errors import Invalid
from repository.settings import PROJECT_ROOT

PAPER = "Câu 1. Một?\nA. một\nB. hai\nC. ba\nD. bốn\nĐáp án: A\n"
FEW = ReadingLimits(questions=1_000)
SHORT = ReadingLimits(seconds=3)


@pytest.fixture
def hostile() -> Iterator[ReadingProcess]:
    with ReadingProcess(FEW, child="tests.quizbank.questions.formats.hostile_child") as process:
        yield process


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess() as made:
        yield made


def read(process: ReadingProcess, format_id: str) -> tuple[list[str], str]:
    """Labels of what came, and how the file was refused."""
    labels: list[str] = []
    try:
        for found in process.read(SourceFile(Path(__file__), "tệp"), format_id):
            assert isinstance(found, ReadQuestion)
            labels.append(found.question.label)
    except Invalid as error:
        return labels, str(error)
    return labels, ""


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        ("loop", "Tệp tệp đọc quá lâu nên đã dừng (đọc được 1 câu): hãy chia nhỏ tệp"),
        ("allocate", "Tệp tệp cần quá nhiều bộ nhớ nên đã dừng (đọc được 1 câu): hãy chia nhỏ tệp"),
        ("die", "Tệp tệp làm trình đọc dừng đột ngột (đọc được 1 câu): tệp có thể đã hỏng"),
    ],
)
def test_a_reader_that_misbehaves_is_stopped_and_the_next_file_is_read(
    hostile: ReadingProcess, reader: str, said: str
) -> None:
    assert read(hostile, "prints") == (["whole"], ""), "the process is there before the clock runs"
    hostile.limits, started = SHORT, time.monotonic()
    labels, message = read(hostile, reader)
    assert labels == ["before"] and message.startswith(said)
    assert time.monotonic() - started < 10
    hostile.limits = FEW
    assert read(hostile, "prints") == (["whole"], "")


def test_what_a_reader_prints_is_no_answer(hostile: ReadingProcess) -> None:
    assert read(hostile, "prints") == (["whole"], "")


def test_an_error_of_ours_is_told_and_the_process_lives_on(hostile: ReadingProcess) -> None:
    assert "Trình đọc gặp lỗi" in read(hostile, "fail")[1]
    alive = hostile.process
    assert "lồng quá nhiều cấp" in read(hostile, "recurse")[1]
    assert hostile.process is alive


def test_questions_without_end_are_stopped(hostile: ReadingProcess) -> None:
    labels, said = read(hostile, "go_on")
    assert len(labels) == 1_000 and "quá 1000 câu" in said
    assert read(hostile, "prints") == (["whole"], "")


def test_a_file_without_one_question_among_thousands_of_places_is_given_up() -> None:
    limits = ReadingLimits(unreadable=500)
    with ReadingProcess(limits, child="tests.quizbank.questions.formats.hostile_child") as patient:
        labels, said = read(patient, "go_on")
        assert len(labels) == 500 and said.startswith("Cả 500 chỗ đầu của tệp tệp đều không đọc được")
        assert len(read(patient, "one_in_a_thousand")[0]) == 3_000


def test_what_a_reader_reaches_is_its_folder(hostile: ReadingProcess, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch()
    found = list(hostile.read(SourceFile(outside, "tệp"), "break_out"))
    assert [one.question.label for one in found if isinstance(one, ReadQuestion)] == ["own folder"]
    assert outside.read_bytes() == b""


def test_a_huge_question_is_cut_and_what_no_database_holds_is_taken_out(hostile: ReadingProcess) -> None:
    huge, odd = (found for found in hostile.read(SourceFile(Path(__file__), "tệp"), "huge"))
    assert isinstance(huge, ReadQuestion) and isinstance(odd, ReadQuestion)
    assert len(huge.question.source) == 100_000
    assert odd.question.label == "nul  and half a pair ?" and odd.question.source == r"a backslash: \u0000"


def test_pictures_come_beside_the_questions_and_go_with_them(hostile: ReadingProcess) -> None:
    reading = hostile.read(SourceFile(Path(__file__), "tệp"), "draw")
    found = next(reading)
    assert isinstance(found, ReadQuestion)
    assert dict(found.question.pictures) == {"a.png": b"abc", "b.png": b"abc"}
    assert list(reading) == [] and found.question.pictures["b.png"] == b"abc"
    assert read(hostile, "prints") == (["whole"], "")
    with pytest.raises(FileNotFoundError):
        found.question.pictures["a.png"]


def test_the_process_knows_no_settings(hostile: ReadingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCLIEU_SECRET_KEY", "geheim")
    assert read(hostile, "spy") == (["", "True"], "")


def test_a_reading_that_nobody_ends_leaves_no_process(hostile: ReadingProcess) -> None:
    reading = hostile.read(SourceFile(Path(__file__), "tệp"), "go_on")
    next(reading)
    running = hostile.process
    reading.close()
    assert running is not None and running.poll() is not None


STARTS_A_READING = """
import sys
from pathlib import Path
from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.sandbox import ReadingProcess
with ReadingProcess(child="tests.quizbank.questions.formats.hostile_child") as process:
    reading = process.read(SourceFile(Path(sys.argv[1]), "file"), "loop")
    next(reading)
    print(process.process.pid, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not show its processes as files")
def test_a_reader_in_a_loop_ends_with_an_owner_that_was_killed() -> None:
    command = [sys.executable, "-c", STARTS_A_READING, __file__]
    with subprocess.Popen(command, cwd=PROJECT_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        reader = Path("/proc", owner.stdout.readline().decode().strip(), "stat")
        assert reader.exists()
        owner.kill()
    deadline = time.monotonic() + 5
    while reader.exists() and " Z " not in reader.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not reader.exists() or " Z " in reader.read_text()


def test_papers_are_read_one_after_the_other_by_one_process(process: ReadingProcess, tmp_path: Path) -> None:
    seen = set()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PAPER, encoding="utf-8")
        [found] = process.read(SourceFile(tmp_path / name, name))
        assert isinstance(found, ReadQuestion)
        assert (found.file, found.format, found.question.label) == (name, "text", "Câu 1")
        assert found.question.source == PAPER.strip()
        seen.add(process.process and process.process.pid)
    assert len(seen) == 1


def a_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_of_papers_is_a_folder(process: ReadingProcess, tmp_path: Path) -> None:
    with_picture = PAPER.replace("Một?", "Theo hình ![](hinh/a.png)").encode()
    members = {
        "toan/de.txt": with_picture,
        "toan/hinh/a.png": b"picture",
        "b.txt": b"\xff\x00bad",
        "readme.md": b"no paper",
        "__MACOSX/de.txt": PAPER.encode(),
    }
    refused, found = process.read(SourceFile(a_zip(tmp_path / "de.zip", members), "de.zip"))
    assert isinstance(refused, RefusedFile) and (refused.file, "Unicode" in str(refused.error)) == ("b.txt", True)
    assert isinstance(found, ReadQuestion) and found.file == "toan/de.txt"
    assert dict(found.question.pictures) == {"hinh/a.png": b"picture"}


def test_every_paper_of_a_zip_has_its_own_time(tmp_path: Path) -> None:
    names = [f"{number}.sleepy" for number in range(4)]
    path = a_zip(tmp_path / "de.zip", dict.fromkeys(names, b"x"))
    for more, expected in ((3.0, names), (0.0, names[:1])):
        found: list[str] = []
        with ReadingProcess(ReadingLimits(), child="tests.quizbank.questions.formats.hostile_child") as process:
            assert read(process, "prints")[1] == ""
            process.limits = ReadingLimits(seconds=3, seconds_per_paper=more)
            with contextlib.suppress(ReadingTooLong):
                found.extend(one.file for one in process.read(SourceFile(path, "de.zip")))
            assert found == expected


def test_pictures_outside_the_folder_stay_there(process: ReadingProcess, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    paper = PAPER.replace("Một?", f"Theo hình ![](../../secret.png) ![]({secret})").encode()
    [found] = process.read(SourceFile(a_zip(tmp_path / "de.zip", {"de.txt": paper}), "de.zip"))
    assert isinstance(found, ReadQuestion) and dict(found.question.pictures) == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\x00\x01\x02", "Không nhận ra định dạng"),
        (b'<?xml version="1.0"?><quiz></quiz>', "không có câu hỏi nào"),
    ],
)
def test_a_file_that_is_nothing_is_refused(process: ReadingProcess, tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    with pytest.raises(Invalid, match=said):
        list(process.read(SourceFile(path, "file.bin")))
