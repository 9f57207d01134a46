"""What the product says of itself, by structlog.

That library takes longer to load than a question to the index does to answer, so it is loaded with the first thing that
is said, unless something else has loaded it.
"""

import logging
import sys
from importlib import import_module
from typing import Any

_waiting: dict[str, Any] = {}


class Log:
    """A structlog logger of this name, once it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, method: str) -> Any:
        structlog = import_module("structlog")
        settle()
        return getattr(structlog.get_logger(self._name), method)


def to_stderr(*, is_verbose: bool) -> None:
    """Say things on standard error: warnings and worse, or everything."""
    _waiting["level"] = logging.DEBUG if is_verbose else logging.WARNING
    settle()


def settle() -> None:
    """Have structlog do as was asked, if it is there; and tell errors plainly, for its pretty way takes a second each
    and shows what is in variables."""
    structlog = sys.modules.get("structlog")
    if structlog is not None and not structlog.is_configured():
        *before, _ = structlog.get_config()["processors"]
        plainly = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        structlog.configure(processors=[*before, plainly])
    if structlog is not None and _waiting:
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(_waiting.pop("level")),
            logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        )
