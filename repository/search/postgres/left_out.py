"""What should be in the tables of the index and can't be, and why."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from repository.search.documents import LeftOut


def keep_left_out(connection: Connection, updated: Collection[tuple[str, int]], new: Collection[LeftOut]) -> None:
    """Note what could not be read or taken; what was updated is no longer among it."""
    again = {*updated, *((one.kind, one.id) for one in new)}
    connection.exec_driver_sql(
        "DELETE FROM left_out USING unnest(%s::text[], %s::bigint[]) AS gone (kind, id)"
        " WHERE left_out.kind = gone.kind AND left_out.id = gone.id",
        columns_of(again, 2),
    )
    connection.exec_driver_sql(
        "INSERT INTO left_out (kind, id, reason) SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[])"
        " ON CONFLICT DO NOTHING",
        columns_of(new, 3),
    )


def columns_of(rows: Iterable[tuple[object, ...]], width: int) -> tuple[list[object], ...]:
    kept = list(rows)
    return tuple([row[place] for row in kept] for place in range(width))
