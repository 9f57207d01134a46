"""What the product is made of at run time, built once per process by the composition root."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from repository.jobs import Handler
from repository.settings import Settings


@dataclass
class Services:
    """The parts that doors and jobs reach for.

    ``store``, ``search`` and ``platforms`` belong to floors above this one and are typed there; the two
    registries are the small doors by which ``search`` and ``publishing`` serve features they don't know.
    """

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    store: Any
    search: Any
    platforms: dict[str, Any] = field(default_factory=dict)
    document_sources: dict[str, Any] = field(default_factory=dict)
    record_sources: dict[str, Any] = field(default_factory=dict)
    job_handlers: dict[str, Handler] = field(default_factory=dict)
    review_sources: dict[str, Any] = field(default_factory=dict)
