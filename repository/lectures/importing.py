"""Taking in many files at once: metadata from each package, a report of what came and what did not."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.curriculum.queries import curriculum
from repository.db import writing
from repository.errors import HocLieuError, Invalid
from repository.files.packages.info import PackageInfo
from repository.files.packages.paths import is_leftover
from repository.files.store import FileStore
from repository.lectures import actions
from repository.lectures.models import LectureVersion
from repository.lectures.receiving import ReceivedFile, receive_file, refusal_of
from repository.lectures.rules import ABSTRACT_MAX, AUTHORS_MAX, NAME_MAX, TITLE_MAX, LectureMetadata
from repository.lectures.schemas import load_metadata
from repository.permissions import Actor

SIDECAR = ".json"


class Outcome(StrEnum):
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportedFile:
    """What became of one file. ``code`` and ``message`` say why one was refused."""

    file: str
    outcome: Outcome
    lecture_id: int | None = None
    kind: str = ""
    title: str = ""
    code: str = ""
    message: str = ""
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Placing:
    """Where the lectures of one import belong, as far as the importer knows."""

    subject: str = ""
    grade: int | None = None


def files_below(paths: list[Path]) -> Iterator[Path]:
    """The files to import: those named, and all below the folders named; sidecars and leftovers are none."""
    for path in paths:
        found = sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
        for file in found:
            is_sidecar = file.name.endswith(SIDECAR) and file.with_name(file.name[: -len(SIDECAR)]).is_file()
            if not is_sidecar and not is_leftover(file.name) and not file.name.startswith("."):
                yield file


def import_file(
    session: Session,
    actor: Actor,
    path: Path,
    placing: Placing,
    *,
    store: FileStore,
    limit_bytes: int,
    now: dt.datetime,
    is_published: bool,
) -> ImportedFile:
    """Make a lecture of one file, and publish it when asked; the same bytes are taken once.

    ``<file>.json`` beside the file may say more than the package does: the fields of ``MetadataIn``.
    A refused file is an outcome, no error. The session begins to write only once the bytes are safe.
    """
    try:
        with path.open("rb") as stream:
            received = receive_file(actor, stream, path.name, store=store, limit_bytes=limit_bytes)
        if known := known_lecture(writing(session), received.stored.sha256):
            return ImportedFile(str(path), Outcome.DUPLICATE, known, title=received.info.title)
        new = metadata_of_file(path, received.info, placing)
        lecture = actions.upload_lecture(session, actor, new, received, store=store, now=now, needs_subject=False)
        if is_published:
            actions.submit_lecture(session, actor, lecture.id, now=now)
            actions.approve_lecture(session, actor, lecture.id, now=now)
    except HocLieuError as error:
        return ImportedFile(str(path), Outcome.REFUSED, code=refusal_of(error), message=str(error))
    except OSError as error:
        return ImportedFile(str(path), Outcome.REFUSED, code="unreadable", message=str(error.strerror))
    return outcome_of(path, received, lecture.id, new)


def outcome_of(path: Path, received: ReceivedFile, lecture_id: int, new: LectureMetadata) -> ImportedFile:
    warnings = tuple(f"{warning.code} {warning.path}".strip() for warning in received.info.warnings)
    if not new.subject:
        warnings = (*warnings, "no-subject")
    return ImportedFile(str(path), Outcome.IMPORTED, lecture_id, str(received.info.kind), new.title, warnings=warnings)


def known_lecture(session: Session, sha256: str) -> int | None:
    return session.scalar(select(LectureVersion.lecture_id).where(LectureVersion.file_sha256 == sha256).limit(1))


def metadata_of_file(path: Path, info: PackageInfo, placing: Placing) -> LectureMetadata:
    """What the package says, then what the importer knows, then what the sidecar says; the later wins.

    Raises:
        Invalid: the sidecar is no sound metadata.
    """
    told = metadata_of_package(info)
    subject = placing.subject or subject_in(path, info)
    told = replace(told, subject=subject, grades=(placing.grade,) if placing.grade else ())
    sidecar = path.with_name(path.name + SIDECAR)
    if not sidecar.is_file():
        return told
    return load_metadata({**vars(told), **read_sidecar(sidecar)})


def read_sidecar(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise Invalid("Phần metadata không phải JSON đúng.") from error
    if not isinstance(said, dict):
        raise Invalid("Phần metadata không phải JSON đúng.")
    return said


def metadata_of_package(info: PackageInfo) -> LectureMetadata:
    """The package's own words, cut to what a lecture takes."""
    return LectureMetadata(
        title=info.title[:TITLE_MAX],
        subject="",
        abstract=info.description[:ABSTRACT_MAX],
        authors=tuple(name[:NAME_MAX] for name in info.authors[:AUTHORS_MAX]),
        language=info.language or "vi",
        duration_minutes=info.duration_minutes,
        year=info.year,
    )


def subject_in(path: Path, info: PackageInfo) -> str:
    """The subject that a keyword of the package or the nearest folder is named after, or none: it is not guessed."""
    names = (*info.keywords, *(folder.name for folder in path.absolute().parents if folder.name))
    found = (curriculum().find_subject_named(name) for name in names)
    return next((subject.id for subject in found if subject), "")
