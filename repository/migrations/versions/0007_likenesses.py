"""Near-duplicates: signatures to find them by, and what people said of each pair

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_signatures",
        sa.Column("question_id", ID, autoincrement=False, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("is_compared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_signatures_question_id_questions")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_versions.id"], name=op.f("fk_question_signatures_version_id_question_versions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_signatures")),
    )
    op.create_index(op.f("ix_question_signatures_version_id"), "question_signatures", ["version_id"])
    op.create_index(op.f("ix_question_signatures_is_compared"), "question_signatures", ["is_compared"])
    op.create_table(
        "question_bands",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "question_id", name=op.f("pk_question_bands")),
        sqlite_with_rowid=False,
    )
    create_likenesses()


def create_likenesses() -> None:
    op.create_table(
        "question_likenesses",
        sa.Column("left_id", ID, autoincrement=False, nullable=False),
        sa.Column("right_id", ID, autoincrement=False, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("is_conflict", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_question_likenesses_decided_by_id_people")
        ),
        sa.ForeignKeyConstraint(["left_id"], ["questions.id"], name=op.f("fk_question_likenesses_left_id_questions")),
        sa.ForeignKeyConstraint(["right_id"], ["questions.id"], name=op.f("fk_question_likenesses_right_id_questions")),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_question_likenesses")),
    )
    op.create_index(op.f("ix_question_likenesses_right_id"), "question_likenesses", ["right_id"])
    op.create_index(
        "ix_question_likenesses_list",
        "question_likenesses",
        ["verdict", "is_conflict", "similarity", "left_id", "right_id"],
    )


def downgrade() -> None:
    op.drop_table("question_likenesses")
    op.drop_table("question_bands")
    op.drop_table("question_signatures")
