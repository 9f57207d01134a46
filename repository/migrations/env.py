"""Alembic's entry: works on the connection that ``repository.migrations.upgrade`` hands over."""

from alembic import context

from repository.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
