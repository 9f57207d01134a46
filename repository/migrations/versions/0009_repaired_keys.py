"""Repaired keys: what was ruled by whom and why, and the marks that followed, beside the first results

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINKS = (
    ("question_id", "questions"),
    ("quiz_id", "quizzes"),
    ("from_version_id", "question_versions"),
    ("to_version_id", "question_versions"),
    ("undoes_id", "key_repairs"),
    ("made_by_id", "people"),
)


def upgrade() -> None:
    op.create_table(
        "key_repairs",
        sa.Column("id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("quiz_id", ID, nullable=True),
        sa.Column("from_version_id", ID, nullable=False),
        sa.Column("treatment", sa.String(length=20), nullable=False),
        sa.Column("to_version_id", ID, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("undoes_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_id", ID, nullable=False),
        sa.Column("gain_count", sa.Integer(), nullable=False),
        sa.Column("loss_count", sa.Integer(), nullable=False),
        sa.Column("stay_count", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_key_repairs_{column}_{table}"))
            for column, table in LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_repairs")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_key_repairs_undoes_id")),
    )
    op.create_index(op.f("ix_key_repairs_question_id"), "key_repairs", ["question_id"])
    op.create_index(op.f("ix_key_repairs_from_version_id"), "key_repairs", ["from_version_id"])
    op.create_index("ix_key_repairs_scope", "key_repairs", ["quiz_id", "id"])
    create_remarks()


def create_remarks() -> None:
    op.create_table(
        "attempt_remarks",
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("repair_id", ID, nullable=False),
        sa.Column("marks", sa.Numeric(6, 2), nullable=False),
        sa.Column("fraction", sa.Numeric(5, 4), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_remarks_attempt_id_attempts")),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["key_repairs.id"], name=op.f("fk_attempt_remarks_repair_id_key_repairs")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", "number", name=op.f("pk_attempt_remarks")),
    )
    op.create_index(op.f("ix_attempt_remarks_repair_id"), "attempt_remarks", ["repair_id"])


def downgrade() -> None:
    op.drop_table("attempt_remarks")
    op.drop_table("key_repairs")
