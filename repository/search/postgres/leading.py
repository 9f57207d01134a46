"""Which of all processes follows the log for the index that they share: the one that holds a lock of the database."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

LEADER = 8101948


@dataclass(frozen=True)
class Leader:
    """The lock, held for as long as its connection lives: whoever is killed leads no longer."""

    connection: Connection

    @classmethod
    def elected(cls, engine: Engine) -> "Leader | None":
        """The lock, or None where another process holds it."""
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        if connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s)", (LEADER,)).scalar():
            return cls(connection)
        connection.close()
        return None

    def is_alive(self) -> bool:
        try:
            self.connection.exec_driver_sql("SELECT 1")
        except DBAPIError:
            self.step_down()
            return False
        return True

    def step_down(self) -> None:
        self.connection.close()
