"""Essays, and the levels of the statements of true/false questions

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


COLUMNS = {"question_versions": "statement_levels", "matrix_cells": "statements", "quiz_cells": "statements"}


def upgrade() -> None:
    op.add_column("question_parts", sa.Column("level", sa.String(length=32), nullable=True))
    for table, column in COLUMNS.items():
        op.add_column(table, sa.Column(column, sa.String(length=160), server_default="", nullable=False))


def downgrade() -> None:
    for table, column in COLUMNS.items():
        op.drop_column(table, column)
    op.drop_column("question_parts", "level")
