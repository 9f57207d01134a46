"""The import desk: what was read of a file until it is stored, and what every import knows of its source

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_items()
    op.create_table(
        "column_mappings",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_column_mappings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "headings", name=op.f("pk_column_mappings")),
    )
    for column in (
        sa.Column("state", sa.String(length=20), server_default="done", nullable=False),
        sa.Column("format", sa.String(length=20), server_default="", nullable=False),
        sa.Column("options", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("pictures", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("trouble", sa.JSON(none_as_null=True), nullable=True),
    ):
        op.add_column("question_imports", column)
    name = op.f("fk_question_imports_source_sha256_stored_files")
    source = sa.Column("source_sha256", sa.String(64), sa.ForeignKey("stored_files.sha256", name=name), nullable=True)
    op.add_column("question_imports", source, inline_references=True)
    op.create_index(op.f("ix_question_imports_source_sha256"), "question_imports", ["source_sha256"])
    op.execute("UPDATE question_imports SET state = 'undone' WHERE undone_at IS NOT NULL")


def create_items() -> None:
    op.create_table(
        "import_items",
        sa.Column("import_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("placement", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("is_mended", sa.Boolean(), nullable=False),
        sa.Column("question_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["question_imports.id"], name=op.f("fk_import_items_import_id_question_imports")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_import_items_question_id_questions")),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_import_items")),
    )
    op.create_index("ix_import_items_doubtful", "import_items", ["import_id", "is_doubtful", "position"])
    op.create_index("ix_import_items_fingerprint", "import_items", ["import_id", "fingerprint"])
    op.create_index(op.f("ix_import_items_question_id"), "import_items", ["question_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_question_imports_source_sha256"), table_name="question_imports")
    for name in ("source_sha256", "trouble", "pictures", "options", "format", "state"):
        op.drop_column("question_imports", name)
    op.drop_table("column_mappings")
    op.drop_table("import_items")
