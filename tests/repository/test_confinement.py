"""How a confined process is ended, and what is left of those whose owner was killed."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from repository import confinement
from repository.settings import PROJECT_ROOT

STARTS_OTHERS = """
import subprocess, sys
from pathlib import Path
group = subprocess.Popen(["sleep", "300"], process_group=0)
Path("pid").write_text(str(group.pid))
print("ready", flush=True)
group.wait()
"""
HOLDS_A_FOLDER = """
import time
from repository.confinement import folder_of_its_own
with folder_of_its_own("hoclieu-test-") as folder:
    (folder / "file").write_text("x")
    print(folder, flush=True)
    time.sleep(300)
"""


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not show its processes as files")
def test_whatever_a_process_started_ends_with_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STARTS_OTHERS],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    other = int((tmp_path / "pid").read_text())
    assert is_running(other)
    confinement.end(process)
    deadline = time.monotonic() + 5
    while is_running(other) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(other)


def a_holder(folder: Path) -> tuple["subprocess.Popen[bytes]", Path]:
    environment = {**os.environ, "TMPDIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS_A_FOLDER], cwd=PROJECT_ROOT, stdout=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().decode().strip())


def test_the_folders_of_owners_that_were_killed_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed, orphan = a_holder(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    alive, held = a_holder(tmp_path)
    try:
        confinement.sweep("hoclieu-test-")
        assert orphan.exists(), "its owner might be about to lock it"
        monkeypatch.setattr(confinement, "YOUNG_SECONDS", -1)
        with confinement.folder_of_its_own("hoclieu-test-") as own:
            assert sorted(tmp_path.iterdir()) == sorted([held, own])
        assert (held / "file").read_text() == "x" and not own.exists()
    finally:
        alive.kill()
        alive.communicate()
