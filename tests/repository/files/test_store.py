import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from sqlalchemy.orm import Session

from repository.errors import NotFound, TooLarge
from repository.files.actions import keep_file, sweep_orphans
from repository.files.models import StoredFile
from repository.files.store import LocalFileStore
from repository.services import Services
from repository.settings import PROJECT_ROOT
from tests.conftest import NOW

DAYS_AGO = NOW - dt.timedelta(days=3)


@pytest.fixture
def store(tmp_path: Path) -> LocalFileStore:
    return LocalFileStore(tmp_path / "files")


def put(store: LocalFileStore, content: bytes = b"abc") -> str:
    return store.put(io.BytesIO(content), limit_bytes=1_000_000).sha256


def make_old(path: Path) -> None:
    os.utime(path, (DAYS_AGO.timestamp(), DAYS_AGO.timestamp()))


def test_bytes_come_back_under_their_hash(store: LocalFileStore) -> None:
    stored = store.put(io.BytesIO(b"abc"), limit_bytes=3)
    assert (stored.sha256, stored.size_bytes) == (hashlib.sha256(b"abc").hexdigest(), 3)
    with store.open(stored.sha256) as file:
        assert file.read() == b"abc"


def test_too_much_leaves_nothing(store: LocalFileStore) -> None:
    with pytest.raises(TooLarge):
        store.put(io.BytesIO(b"abcd"), limit_bytes=3)
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_a_stream_that_breaks_leaves_nothing(store: LocalFileStore) -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        store.put(cast(BinaryIO, Broken()), limit_bytes=3)
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "0" * 64])
def test_a_name_that_is_no_hash_or_unknown_is_not_found(store: LocalFileStore, name: str) -> None:
    assert not store.has(name)
    with pytest.raises(NotFound):
        store.path(name)


def test_equal_bytes_are_one_file_and_one_row(session: Session, store: LocalFileStore) -> None:
    first = keep_file(session, store, io.BytesIO(b"abc"), limit_bytes=9, now=NOW)
    second = keep_file(session, store, io.BytesIO(b"abc"), limit_bytes=9, now=NOW)
    assert first is second
    assert session.query(StoredFile).count() == 1


def test_the_sweep_takes_old_orphans_only(session: Session, store: LocalFileStore) -> None:
    kept = keep_file(session, store, io.BytesIO(b"kept"), limit_bytes=9, now=NOW).sha256
    old, young = put(store, b"old"), put(store, b"young")
    make_old(store.path(kept))
    make_old(store.path(old))
    assert sweep_orphans(session, store, now=NOW) == 1
    assert [store.has(name) for name in (kept, old, young)] == [True, False, True]


def test_the_sweep_spares_what_is_put_again_meanwhile(store: LocalFileStore) -> None:
    name = put(store)
    make_old(store.path(name))
    put(store)
    assert not store.delete_if_older(name, NOW - dt.timedelta(days=1))
    assert store.has(name)


def test_the_sweep_clears_what_never_arrived(session: Session, store: LocalFileStore) -> None:
    store.unfinished.mkdir(parents=True)
    (store.unfinished / "half").write_bytes(b"ha")
    make_old(store.unfinished / "half")
    assert sweep_orphans(session, store, now=NOW) == 1
    assert list(store.unfinished.iterdir()) == []


def test_many_may_put_the_same_bytes_at_once(store: LocalFileStore) -> None:
    threads = [threading.Thread(target=put, args=(store, b"x" * 100_000)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert store.path(hashlib.sha256(b"x" * 100_000).hexdigest()).stat().st_size == 100_000


KILLED = """
import io, os, sys, signal
from pathlib import Path
from repository.files.store import LocalFileStore
class Killing(io.RawIOBase):
    left = int(sys.argv[2])
    def read(self, size=-1):
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"x" * 1000
LocalFileStore(Path(sys.argv[1])).put(Killing(), limit_bytes=10**9)
"""


@pytest.mark.parametrize("chunks", [0, 1, 7])
def test_a_kill_in_the_middle_shows_no_partial_file(store: LocalFileStore, chunks: int) -> None:
    command = [sys.executable, "-c", KILLED, str(store.root), str(chunks)]
    assert subprocess.run(command, cwd=PROJECT_ROOT, check=False).returncode == -9
    assert list(store.list_older_than(NOW + dt.timedelta(days=100_000))) == []


def test_a_kill_between_bytes_and_row_leaves_no_row_without_bytes(services: Services, session: Session) -> None:
    """Bytes go first: what a rolled-back transaction leaves is an orphan that the sweep removes."""
    stored = keep_file(session, services.store, io.BytesIO(b"abc"), limit_bytes=9, now=NOW).sha256
    session.rollback()
    assert session.get(StoredFile, stored) is None
    make_old(services.store.path(stored))
    assert sweep_orphans(session, services.store, now=NOW) == 1
