"""Questions about stored files."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.errors import NotFound
from repository.files.models import StoredFile


def find_file(session: Session, sha256: str) -> StoredFile | None:
    return session.get(StoredFile, sha256)


def get_file(session: Session, sha256: str) -> StoredFile:
    """The row of a stored file.

    Raises:
        NotFound: there is none.
    """
    stored = find_file(session, sha256)
    if stored is None:
        raise NotFound("Không có tệp này.")
    return stored


def known_of(session: Session, names: Collection[str]) -> set[str]:
    """Those of the names that have a row."""
    return set(session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(names))))
