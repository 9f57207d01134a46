"""The log of what changed, written in the transaction of the change; every node's index follows it."""

from sqlalchemy.orm import Mapped, mapped_column

from repository.db import Base, Id, Moment


class SearchChange(Base):
    """One thing to look at again. Only ever added; lines that every index has long seen are trimmed."""

    __tablename__ = "search_changes"

    id: Mapped[Id]
    kind: Mapped[str]
    thing_id: Mapped[int]
    at: Mapped[Moment] = mapped_column(index=True)
