"""What the upload and edit forms need: choices, the file they carry, and what a package says about itself."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO, cast

from flask import request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from repository import web
from repository.collation import sort_key
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from repository.files.store import StoredBytes
from repository.lectures.receiving import ReceivedFile, receive_file, recognise
from repository.lectures.uploads import UploadFolder, end_upload, get_upload, receive_upload

TOKEN_MAX_AGE_SECONDS = 12 * 3600
Pairs = tuple[tuple[Any, str], ...]


@dataclass(frozen=True)
class Choices:
    """Pairs of value and name for the selects; topics grouped by subject and grade."""

    subjects: Pairs
    programmes: Pairs
    grades: Pairs
    topics: tuple[tuple[str, None, Pairs], ...]


@lru_cache(maxsize=4)
def choices(locale: str) -> Choices:
    known = curriculum()
    subjects = sorted(
        ((found.id, found.name_in(locale)) for found in known.subjects), key=lambda pair: sort_key(pair[1])
    )
    groups = [
        (f"{name} {grade}", None, tuple((topic.id, topic.name_in(locale)) for topic in known.topics_of(subject, grade)))
        for subject, name in subjects
        for grade in known.grades_of(subject)
    ]
    return Choices(
        subjects=tuple(subjects),
        programmes=tuple((found.id, found.name_in(locale)) for found in known.programmes),
        grades=tuple((grade, str(grade)) for grade in range(1, 13)),
        topics=tuple(group for group in groups if group[2]),
    )


def received_file() -> ReceivedFile | None:
    """The file of this request, already safe in the store: from the form itself, or uploaded in pieces before it.

    Raises:
        PackageRefused, UnsafeArchive, TooLarge, Conflict, NotFound: it can't be taken.
    """
    store, limit_bytes = web.services().store, web.services().settings.upload_limit_bytes
    if upload_id := request.form.get("upload", ""):
        return taken_upload(upload_id)
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    return receive_file(web.actor(), cast(BinaryIO, file.stream), file.filename, store=store, limit_bytes=limit_bytes)


def taken_upload(upload_id: str) -> ReceivedFile:
    """A finished upload in pieces: into the store first, in a short look-up session of its own."""
    folder = upload_folder()
    with web.services().sessions() as lookup:
        upload = get_upload(lookup, web.actor(), upload_id)
    received = receive_upload(folder, upload, store=web.services().store)
    end_upload(web.session(), web.actor(), upload_id, folder=folder)
    return received


def upload_folder() -> UploadFolder:
    return UploadFolder(web.services().settings.data_dir / "uploads")


def signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(web.services().settings.secret_key, salt="received lecture file")


def keep_token(received: ReceivedFile) -> str:
    """Carries a received file from the first step of the form to the second, for this person only."""
    stored = received.stored
    return str(signer().dumps([stored.sha256, stored.size_bytes, received.name, web.actor().person_id]))


def kept_file(token: str) -> ReceivedFile | None:
    """The file of a token; None without one.

    Raises:
        Invalid: the token is old, or somebody else's.
    """
    if not token:
        return None
    try:
        sha256, size_bytes, name, person_id = signer().loads(token, max_age=TOKEN_MAX_AGE_SECONDS)
    except BadSignature as error:
        raise Invalid("Tệp đã tải lên quá lâu; hãy chọn lại tệp.") from error
    if person_id != web.actor().person_id:
        raise Invalid("Tệp đã tải lên quá lâu; hãy chọn lại tệp.")
    return recognise(StoredBytes(sha256, size_bytes), name, web.services().store)


def suggested(received: ReceivedFile) -> dict[str, Any]:
    """What the package says about itself, as the form's first values."""
    info = received.info
    return {
        "title": info.title[:300],
        "abstract": info.description[:20_000],
        "authors": info.authors[:50],
        "language": info.language or "vi",
        "duration_minutes": info.duration_minutes,
        "year": info.year,
        "grades": (),
        "topics": (),
    }
