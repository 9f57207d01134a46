"""Uploads that survive a cut: a file arrives in pieces, each at the offset where the last one ended."""

import contextlib
import datetime as dt
import fcntl
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository import audit
from repository.errors import Conflict, NotFound, TooLarge
from repository.files.store import CHUNK_BYTES, FileStore
from repository.jobs import enqueue
from repository.lectures.models import Upload
from repository.lectures.receiving import ReceivedFile, recognise, shown_name
from repository.permissions import UPLOAD_LECTURE, Actor

SWEEP = "lectures.sweep_uploads"
UPLOAD_AGE = dt.timedelta(days=2)


@dataclass(frozen=True)
class UploadFolder:
    """Where half-arrived files stand: ``<root>/<id>``."""

    root: Path

    def path(self, upload_id: str) -> Path:
        return self.root / upload_id

    def offset(self, upload_id: str) -> int:
        """How many bytes have safely arrived."""
        try:
            return self.path(upload_id).stat().st_size
        except FileNotFoundError:
            return 0


def start_upload(
    session: Session, actor: Actor, file_name: str, size_bytes: int, *, limit_bytes: int, now: dt.datetime
) -> Upload:
    """Announce a file that will come in pieces.

    Raises:
        NotSignedIn, Forbidden: this actor may not upload.
        TooLarge: more than ``limit_bytes``.
    """
    UPLOAD_LECTURE.require(actor)
    if size_bytes > limit_bytes:
        raise TooLarge("Tệp lớn hơn mức cho phép ({limit} byte).", limit=limit_bytes)
    upload = Upload(
        id=secrets.token_urlsafe(32),
        file_name=shown_name(file_name),
        size_bytes=size_bytes,
        created_by_id=actor.person_id,
        created_at=now,
    )
    session.add(upload)
    enqueue(session, SWEEP, {}, now=now, run_after=now + UPLOAD_AGE, created_by_id=actor.person_id)
    audit.record(session, actor, "start upload", "upload", None, now, file_name=upload.file_name, size_bytes=size_bytes)
    return upload


def get_upload(session: Session, actor: Actor, upload_id: str) -> Upload:
    """The actor's own upload.

    Raises:
        NotSignedIn, Forbidden: this actor may not upload.
        NotFound: there is none, or it is somebody else's.
    """
    UPLOAD_LECTURE.require(actor)
    upload = session.get(Upload, upload_id)
    if upload is None or upload.created_by_id != actor.person_id:
        raise NotFound("Không có lượt tải lên này, hoặc đã hết hạn.")
    return upload


def append(folder: UploadFolder, upload: Upload, offset: int, stream: BinaryIO) -> int:
    """Add a piece; returns the new offset. What came before a cut stays.

    Args:
        offset: where the sender believes to be; it must be where the file ends.
        stream: read to its end, at most to the announced size.

    Raises:
        Conflict: ``facts["offset"]`` says where to go on.
        TooLarge: more came than was announced.
    """
    folder.root.mkdir(parents=True, exist_ok=True)
    with folder.path(upload.id).open("ab") as file, held(file):
        file.seek(0, os.SEEK_END)
        at = file.tell()
        if at != offset:
            raise Conflict("Phần tệp không nối tiếp phần đã nhận.", offset=at)
        try:
            for chunk in pieces(stream, upload.size_bytes - at):
                file.write(chunk)
        finally:
            file.flush()
            os.fsync(file.fileno())
        return file.tell()


@contextlib.contextmanager
def held(file: BinaryIO) -> Iterator[None]:
    """Keep a second sender of the same upload out.

    Raises:
        Conflict: one is at work.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Conflict("Tệp này đang được tải lên từ một nơi khác.") from error
    yield


def pieces(stream: BinaryIO, left: int) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):
        left -= len(chunk)
        if left < 0:
            raise TooLarge("Tệp dài hơn kích thước đã báo.", limit=left + len(chunk))
        yield chunk


def receive_upload(folder: UploadFolder, upload: Upload, *, store: FileStore) -> ReceivedFile:
    """Move a whole upload into the store and recognise it. Done twice it gives the same.

    Raises:
        Conflict: a part is still missing; ``facts["offset"]`` says from where on.
        PackageRefused, UnsafeArchive: the repository can't show it.
    """
    offset = folder.offset(upload.id)
    if offset != upload.size_bytes:
        raise Conflict("Tệp chưa tải lên xong.", offset=offset)
    with folder.path(upload.id).open("rb") as stream:
        stored = store.put(stream, limit_bytes=upload.size_bytes)
    return recognise(stored, upload.file_name, store)


def end_upload(session: Session, actor: Actor, upload_id: str, *, folder: UploadFolder) -> None:
    """Forget an upload that became a lecture or that nobody wants.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    upload = get_upload(session, actor, upload_id)
    session.delete(upload)
    session.flush()
    folder.path(upload.id).unlink(missing_ok=True)


def sweep_uploads(session: Session, folder: UploadFolder, *, now: dt.datetime) -> int:
    """Forget uploads that were begun two days ago; returns how many."""
    old = session.scalars(select(Upload).where(Upload.created_at <= now - UPLOAD_AGE)).all()
    for upload in old:
        folder.path(upload.id).unlink(missing_ok=True)
        session.delete(upload)
    return len(old)
