"""Places in lectures' texts, and how much lectures and questions are used

Revision ID: 0005
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lecture_versions", sa.Column("places", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "lecture_openings",
        sa.Column(
            "lecture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("indexed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lecture_id"], ["lectures.id"], name=op.f("fk_lecture_openings_lecture_id_lectures")),
        sa.PrimaryKeyConstraint("lecture_id", name=op.f("pk_lecture_openings")),
    )
    op.create_table(
        "question_statistics",
        sa.Column(
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("wrong_fraction", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_statistics_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_statistics")),
    )


def downgrade() -> None:
    op.drop_table("question_statistics")
    op.drop_table("lecture_openings")
    op.drop_column("lecture_versions", "places")
