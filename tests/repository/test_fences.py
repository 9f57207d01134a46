"""What a fenced process may not do: tried from inside, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from repository.settings import PROJECT_ROOT

ATTEMPTS = """
import json, os, signal, socket, sys
from pathlib import Path
from repository.fences import fence

inside, outside = Path(sys.argv[1]), Path(sys.argv[2])
(inside / "old.txt").write_text("old")
if sys.argv[3] == "fenced":
    fence(inside)
attempts = {
    "write inside": lambda: (inside / "new.txt").write_text("new"),
    "rename inside": lambda: (inside / "old.txt").rename(inside / "older.txt"),
    "write to nowhere": lambda: Path(os.devnull).write_text("x"),
    "read outside": lambda: (outside / "kept.txt").read_text(),
    "pair of sockets": lambda: socket.socketpair(),
    "write outside": lambda: (outside / "new.txt").write_text("new"),
    "change outside": lambda: (outside / "kept.txt").open("a"),
    "empty outside": lambda: os.truncate(outside / "kept.txt", 0),
    "folder outside": lambda: (outside / "folder").mkdir(),
    "remove outside": lambda: (outside / "goes.txt").unlink(),
    "link outside": lambda: os.symlink("/etc/passwd", outside / "link"),
    "tcp": lambda: socket.socket(socket.AF_INET).close(),
    "udp": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close(),
    "connect": lambda: socket.socket(socket.AF_UNIX).connect(str(outside / "service")),
    "started": lambda: __import__("subprocess").run(["/bin/sh", "-c", f"> '{outside}/shell'"], check=True),
}
done = []
for name, attempt in attempts.items():
    try:
        attempt()
        done.append(name)
    except Exception:
        pass
print(json.dumps(done))
"""
ALLOWED = ["write inside", "rename inside", "write to nowhere", "read outside", "pair of sockets"]


def what_works(folder: Path, kind: str) -> list[str]:
    inside, outside = folder / "inside", folder / "outside"
    for made in (inside, outside):
        made.mkdir(parents=True)
    for name in ("kept.txt", "goes.txt"):
        (outside / name).write_text("kept")
    command = [sys.executable, "-c", ATTEMPTS, str(inside), str(outside), kind]
    answer = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, check=True, timeout=60).stdout
    works: list[str] = json.loads(answer)
    return works


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has such fences")
def test_a_fenced_process_works_in_its_folder_and_reaches_nothing_else(tmp_path: Path) -> None:
    without = what_works(tmp_path / "open", "open")
    assert set(without) - {"udp"} >= {*ALLOWED, "write outside", "change outside", "remove outside", "tcp", "started"}
    assert what_works(tmp_path / "fenced", "fenced") == ALLOWED
    assert (tmp_path / "fenced" / "outside" / "kept.txt").read_text() == "kept"
