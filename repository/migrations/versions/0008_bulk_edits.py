"""Bulk edits: what was asked of many questions at once, and what became of each

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bulk_edits",
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", ID, nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_bulk_edits_created_by_id_people")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["people.id"], name=op.f("fk_bulk_edits_undone_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_edits")),
    )
    op.create_index(op.f("ix_bulk_edits_created_by_id"), "bulk_edits", ["created_by_id"])
    create_items()


def create_items() -> None:
    versions = ["question_versions.id"]
    op.create_table(
        "bulk_edit_items",
        sa.Column("bulk_edit_id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("before_version_id", ID, nullable=False),
        sa.Column("after_version_id", ID, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("undo_outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["bulk_edit_id"], ["bulk_edits.id"], name=op.f("fk_bulk_edit_items_bulk_edit_id_bulk_edits")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_bulk_edit_items_question_id_questions")
        ),
        sa.ForeignKeyConstraint(
            ["before_version_id"], versions, name=op.f("fk_bulk_edit_items_before_version_id_question_versions")
        ),
        sa.ForeignKeyConstraint(
            ["after_version_id"], versions, name=op.f("fk_bulk_edit_items_after_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("bulk_edit_id", "question_id", name=op.f("pk_bulk_edit_items")),
    )
    op.create_index("ix_bulk_edit_items_outcome", "bulk_edit_items", ["bulk_edit_id", "outcome", "question_id"])
    op.create_index("ix_bulk_edit_items_undone", "bulk_edit_items", ["bulk_edit_id", "undo_outcome", "question_id"])


def downgrade() -> None:
    op.drop_table("bulk_edit_items")
    op.drop_table("bulk_edits")
