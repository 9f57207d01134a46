"""Scanned answer sheets and what was read on them

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def link(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.add_column("attempts", sa.Column("candidate", sa.String(length=120), nullable=True))
    create_batches()
    create_sheets()
    op.create_table(
        "scan_decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("sheet_id", ID, nullable=False),
        sa.Column("field", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=8), nullable=True),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        link("scan_decisions", "sheet_id", "scan_sheets"),
        link("scan_decisions", "made_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_decisions")),
    )
    op.create_index(op.f("ix_scan_decisions_sheet_id"), "scan_decisions", ["sheet_id"])
    op.create_table(
        "scan_marks",
        sa.Column("sheet_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("marks", sa.Numeric(8, 2), nullable=False),
        sa.Column("max_marks", sa.Numeric(8, 2), nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        link("scan_marks", "sheet_id", "scan_sheets"),
        link("scan_marks", "made_by_id", "people"),
        sa.PrimaryKeyConstraint("sheet_id", "number", name=op.f("pk_scan_marks")),
    )


def create_batches() -> None:
    op.create_table(
        "scan_batches",
        sa.Column("id", ID, nullable=False),
        sa.Column("quiz_id", ID, nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        link("scan_batches", "quiz_id", "quizzes"),
        link("scan_batches", "created_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_batches")),
    )
    op.create_index("ix_scan_batches_quiz_id_id", "scan_batches", ["quiz_id", "id"])
    op.create_table(
        "scan_files",
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        link("scan_files", "batch_id", "scan_batches"),
        link("scan_files", "sha256", "stored_files", "sha256"),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_scan_files")),
    )
    op.create_index(op.f("ix_scan_files_sha256"), "scan_files", ["sha256"])


def create_sheets() -> None:
    op.create_table(
        "scan_sheets",
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("quiz_id", ID, nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("picture_sha256", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("label_quiz_id", sa.BigInteger(), nullable=True),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("waiting_count", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=20), nullable=False),
        sa.Column("is_discarded", sa.Boolean(), nullable=False),
        sa.Column("attempt_id", ID, nullable=True),
        sa.Column("read_at", MOMENT, nullable=False),
        link("scan_sheets", "batch_id", "scan_batches"),
        link("scan_sheets", "quiz_id", "quizzes"),
        link("scan_sheets", "picture_sha256", "stored_files", "sha256"),
        link("scan_sheets", "attempt_id", "attempts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_sheets")),
        sa.UniqueConstraint("batch_id", "file", "page", name=op.f("uq_scan_sheets_batch_id")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_scan_sheets_attempt_id")),
    )
    op.create_index("ix_scan_sheets_quiz_id_number", "scan_sheets", ["quiz_id", "number"])
    op.create_index(op.f("ix_scan_sheets_picture_sha256"), "scan_sheets", ["picture_sha256"])


def downgrade() -> None:
    for table in ("scan_marks", "scan_decisions", "scan_sheets", "scan_files", "scan_batches"):
        op.drop_table(table)
    op.drop_column("attempts", "candidate")
