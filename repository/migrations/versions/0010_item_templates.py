"""Item templates: their versions, the questions made of them, and the orders to make some

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINKS = {
    "created_by_id": "people",
    "organisation_id": "organisations",
    "question_id": "questions",
    "question_version_id": "question_versions",
    "template_id": "item_templates",
    "template_version_id": "item_template_versions",
}


def link(table: str, column: str) -> sa.ForeignKeyConstraint:
    target = LINKS[column]
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.add_column("questions", sa.Column("family_id", ID, nullable=True))
    op.create_table(
        "item_templates",
        sa.Column("id", ID, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("organisation_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        link("item_templates", "created_by_id"),
        link("item_templates", "organisation_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_templates")),
    )
    op.create_index("ix_item_templates_owner", "item_templates", ["created_by_id", "id"])
    op.create_index(op.f("ix_item_templates_organisation_id"), "item_templates", ["organisation_id"])
    create_versions()
    create_clones()
    create_generations()


def create_versions() -> None:
    table = "item_template_versions"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("programme", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=32), nullable=False),
        sa.Column("room", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        link(table, "template_id"),
        link(table, "created_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_template_versions")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_item_template_versions_template_id")),
    )


def create_clones() -> None:
    table = "item_clones"
    columns = ("question_version_id", "template_id", "template_version_id")
    op.create_table(
        table,
        sa.Column("question_id", ID, autoincrement=False, nullable=False),
        *(sa.Column(column, ID, nullable=False) for column in columns),
        sa.Column("number", sa.Integer(), nullable=False),
        *(link(table, column) for column in ("question_id", *columns)),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_item_clones")),
        sa.UniqueConstraint("question_version_id", name=op.f("uq_item_clones_question_version_id")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_item_clones_template_id")),
    )
    op.create_index(op.f("ix_item_clones_template_version_id"), table, ["template_version_id"])


def create_generations() -> None:
    table = "item_generations"
    counts = ("wanted_count", "next_number", "made_count", "known_count", "duplicate_count", "unlucky_count")
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("template_version_id", ID, nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=True),
        *(sa.Column(count, sa.Integer(), nullable=False) for count in counts),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *(link(table, column) for column in ("template_id", "template_version_id", "created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_generations")),
    )
    op.create_index(op.f("ix_item_generations_template_id"), table, ["template_id"])


def downgrade() -> None:
    for table in ("item_generations", "item_clones", "item_template_versions", "item_templates"):
        op.drop_table(table)
    op.drop_column("questions", "family_id")
