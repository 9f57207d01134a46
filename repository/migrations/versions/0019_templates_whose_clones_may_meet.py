"""Item templates whose questions may stand together in a quiz

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    no = sa.text("false")
    op.add_column("item_template_versions", sa.Column("may_meet", sa.Boolean(), nullable=False, server_default=no))


def downgrade() -> None:
    op.drop_column("item_template_versions", "may_meet")
