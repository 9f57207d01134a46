"""A PostgreSQL server of our own for the length of a benchmark, on a socket in a folder that is thrown away."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSIONS = Path("/usr/lib/postgresql")
SETTINGS = ("shared_buffers=512MB", "work_mem=64MB", "maintenance_work_mem=512MB", "max_parallel_workers_per_gather=0",
            "jit=off", "fsync=off", "listen_addresses=")  # fmt: skip


def has_postgres() -> bool:
    return any(VERSIONS.glob("*/bin/initdb"))


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a new, empty server. One process answers a query, as one does for every other engine."""
    tools = max(VERSIONS.glob("*/bin"), key=lambda path: int(path.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="hoclieu-pg-"))
    folder.chmod(0o755)
    as_owner: tuple[str, ...] = ()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_owner = ("runuser", "-u", "postgres", "--")
    control = (*as_owner, str(tools / "pg_ctl"), "-D", str(folder / "data"), "-w")
    options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={folder}"))
    try:
        initialise = (str(tools / "initdb"), "-D", str(folder / "data"), "-U", "bench", "--auth=trust")
        run(*as_owner, *initialise, "--encoding=UTF8", "--locale=C.UTF-8")
        run(*control, "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql://bench@/postgres?host={folder}"
        run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
