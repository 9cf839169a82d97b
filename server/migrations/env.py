"""Alembic's entry: the caller's connection, in the caller's transaction."""

from alembic import context

from server.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    user_module_prefix="types.",
)
context.run_migrations()
