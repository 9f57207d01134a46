"""Matrices are shared and keep their versions

Revision ID: 0014
Revises: 0013
"""

import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    link = sa.ForeignKey("matrices.id", name=op.f("fk_matrices_copied_from_id_matrices"))
    op.add_column("matrices", sa.Column("folded_title", sa.String(), server_default="", nullable=False))
    op.add_column("matrices", sa.Column("specification", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("matrices", sa.Column("sharing", sa.String(length=16), server_default="private", nullable=False))
    op.add_column("matrices", sa.Column("copied_from_id", ID, link, nullable=True), inline_references=True)
    op.add_column("matrices", sa.Column("copied_from", sa.String(), server_default="", nullable=False))
    op.create_index(op.f("ix_matrices_copied_from_id"), "matrices", ["copied_from_id"])
    op.create_index("ix_matrices_sharing", "matrices", ["sharing", "id"])
    op.add_column("matrix_cells", sa.Column("unit", sa.String(length=200), server_default="", nullable=False))
    op.create_table(
        "matrix_versions",
        sa.Column("matrix_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", ID, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matrix_id"], ["matrices.id"], name=op.f("fk_matrix_versions_matrix_id_matrices"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["people.id"], name=op.f("fk_matrix_versions_saved_by_id_people")),
        sa.PrimaryKeyConstraint("matrix_id", "revision", name=op.f("pk_matrix_versions")),
    )
    keep_what_there_is()


MATRICES = sa.table(
    "matrices",
    *map(sa.column, ("id", "title", "subject", "grade", "programme", "duration_minutes", "revision")),
    *map(sa.column, ("created_by_id", "folded_title")),
    sa.column("updated_at", sa.DateTime(timezone=True)),
)
CELLS = sa.table(
    "matrix_cells",
    *map(sa.column, ("matrix_id", "position", "topic", "level", "type", "count")),
    sa.column("marks", sa.Numeric(6, 2)),
)
VERSIONS = sa.table(
    "matrix_versions",
    *map(sa.column, ("matrix_id", "revision", "saved_by_id")),
    sa.column("data", sa.JSON()),
    sa.column("saved_at", sa.DateTime(timezone=True)),
)


def keep_what_there_is() -> None:
    """The revision that each matrix stands at becomes its first kept version."""
    connection = op.get_bind()
    cells: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(sa.select(CELLS).order_by(CELLS.c.matrix_id, CELLS.c.position)).mappings():
        cell = {"topic": row["topic"], "level": row["level"], "type": row["type"], "count": row["count"]}
        cells.setdefault(row["matrix_id"], []).append({**cell, "marks": str(row["marks"])})
    for row in connection.execute(sa.select(MATRICES)).mappings().all():
        heading = {name: row[name] for name in ("title", "subject", "grade", "programme", "duration_minutes")}
        connection.execute(
            sa.insert(VERSIONS).values(
                matrix_id=row["id"],
                revision=row["revision"],
                data={**heading, "cells": cells.get(row["id"], [])},
                saved_by_id=row["created_by_id"],
                saved_at=row["updated_at"],
            )
        )
        title = sa.update(MATRICES).where(MATRICES.c.id == row["id"])
        connection.execute(title.values(folded_title=folded(row["title"])))


def folded(title: str) -> str:
    letters = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(bare.replace("y", "i").split())


def downgrade() -> None:
    op.drop_table("matrix_versions")
    op.drop_column("matrix_cells", "unit")
    with op.batch_alter_table("matrices") as table:
        table.drop_index("ix_matrices_sharing")
        table.drop_index(op.f("ix_matrices_copied_from_id"))
        table.drop_constraint(op.f("fk_matrices_copied_from_id_matrices"), type_="foreignkey")
        for column in ("copied_from", "copied_from_id", "sharing", "specification", "folded_title"):
            table.drop_column(column)
