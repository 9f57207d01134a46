"""A log of changes that every node's search index follows, instead of jobs that one worker runs

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_changes")),
    )
    op.create_index(op.f("ix_search_changes_at"), "search_changes", ["at"])
    op.execute("DELETE FROM jobs WHERE kind = 'search.update' AND state <> 'done'")


def downgrade() -> None:
    op.drop_index(op.f("ix_search_changes_at"), "search_changes")
    op.drop_table("search_changes")
