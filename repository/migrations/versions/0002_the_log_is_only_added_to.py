"""The database refuses to change or remove a line of the log of publications

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPERATIONS = ("update", "delete")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION keep_record_events() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'the log of publications is only ever added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER record_events_keep BEFORE UPDATE OR DELETE ON record_events"
            " FOR EACH ROW EXECUTE FUNCTION keep_record_events()"
        )
        return
    for operation in OPERATIONS:
        op.execute(
            f"CREATE TRIGGER record_events_{operation} BEFORE {operation.upper()} ON record_events"
            " BEGIN SELECT RAISE(ABORT, 'the log of publications is only ever added to'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER record_events_keep ON record_events")
        op.execute("DROP FUNCTION keep_record_events()")
        return
    for operation in OPERATIONS:
        op.execute(f"DROP TRIGGER record_events_{operation}")
