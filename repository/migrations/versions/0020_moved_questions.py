"""Whose a question was before a bulk edit moved it to another organisation

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = "fk_bulk_edit_items_before_organisation_id_organisations"


def upgrade() -> None:
    link = sa.ForeignKey("organisations.id", name=op.f(NAME))
    op.add_column(
        "bulk_edit_items", sa.Column("before_organisation_id", ID, link, nullable=True), inline_references=True
    )


def downgrade() -> None:
    with op.batch_alter_table("bulk_edit_items") as table:
        table.drop_constraint(op.f(NAME), type_="foreignkey")
        table.drop_column("before_organisation_id")
