"""Which bytes the product answers for. A row exists only after its bytes do."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from repository.db import Base, Moment


class StoredFile(Base):
    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(127))
    created_at: Mapped[Moment]
