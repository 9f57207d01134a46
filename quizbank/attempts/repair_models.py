"""The table of marks after repairs: a remark stands beside the first result, which stays as it is."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.attempts.models import Attempt
from quizbank.questions.key_repair_models import KeyRepair
from repository.db import Base, Moment


class AttemptRemark(Base):
    """What an answer earned when it was marked again; the highest ``number`` counts, from 1. Rows are only added."""

    __tablename__ = "attempt_remarks"

    attempt_id: Mapped[int] = mapped_column(ForeignKey(Attempt.__tablename__ + ".id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    repair_id: Mapped[int] = mapped_column(ForeignKey(KeyRepair.__tablename__ + ".id"), index=True)
    marks: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    fraction: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    is_left_out: Mapped[bool]
    graded_at: Mapped[Moment]
