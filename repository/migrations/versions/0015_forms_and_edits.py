"""Forms of a quiz, locked questions, and the steps of the workbench

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    link = sa.ForeignKey("quizzes.id", name=op.f("fk_quizzes_form_of_id_quizzes"))
    op.add_column("quizzes", sa.Column("form_of_id", ID, link, nullable=True), inline_references=True)
    op.create_index(op.f("ix_quizzes_form_of_id"), "quizzes", ["form_of_id"])
    op.add_column("quizzes", sa.Column("form", sa.Integer(), server_default="1", nullable=False))
    op.add_column("quizzes", sa.Column("targets", sa.JSON(), nullable=True))
    op.add_column("quizzes", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("quiz_items", sa.Column("is_locked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("quiz_variants", sa.Column("shuffling", sa.JSON(), nullable=True))
    op.create_table(
        "quiz_edits",
        sa.Column("quiz_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["quiz_id"], ["quizzes.id"], name=op.f("fk_quiz_edits_quiz_id_quizzes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_quiz_edits_actor_id_people")),
        sa.PrimaryKeyConstraint("quiz_id", "number", name=op.f("pk_quiz_edits")),
    )


def downgrade() -> None:
    op.drop_table("quiz_edits")
    op.drop_column("quiz_variants", "shuffling")
    op.drop_column("quiz_items", "is_locked")
    with op.batch_alter_table("quizzes") as table:
        table.drop_index(op.f("ix_quizzes_form_of_id"))
        table.drop_constraint(op.f("fk_quizzes_form_of_id_quizzes"), type_="foreignkey")
        for column in ("revision", "targets", "form", "form_of_id"):
            table.drop_column(column)
