"""Exports of questions: who asked for what, how far it is, and where the file lies

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_exports",
        sa.Column("id", ID, nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("selection", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total_count", "count", "loss_count")),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("losses_sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.JSON(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_question_exports_created_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_exports")),
    )
    op.create_index("ix_question_exports_owner", "question_exports", ["created_by_id", "id"])


def downgrade() -> None:
    op.drop_table("question_exports")
