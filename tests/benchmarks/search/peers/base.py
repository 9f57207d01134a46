"""What is asked of an engine that is measured."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from repository.search.documents import SearchDocument
from repository.search.embedded.schema import ident_of, kind_and_id_of
from tests.benchmarks.search.queries import Ask

BOOSTS = {"title": 4.0, "keywords": 2.5, "body": 1.5, "more": 1.0}
"""How much a word counts by where it stands, the same for every engine."""


@dataclass(frozen=True)
class Answer:
    """``total`` matches, the first of them by ident, and how many facet values were counted."""

    total: int
    idents: tuple[int, ...] = ()
    values: int = 0


class Peer(Protocol):
    name: str

    def build(self, folder: Path, documents: Iterable[SearchDocument]) -> None:
        """Index all documents in an empty folder."""

    def open(self, folder: Path) -> None:
        """Make ready to answer from what ``build`` left."""

    def ask(self, ask: Ask) -> Answer:
        """Answer one request: total, titles of the best, and what else it wants."""


def texts_of(document: SearchDocument) -> dict[str, str]:
    """The public texts of a document, places included, by zone."""
    places = "\n\n".join(place.text for place in document.places)
    return {
        "title": document.title,
        "keywords": " \n ".join(document.keywords),
        "body": document.body,
        "more": "\n\n".join(filter(None, (document.more, places))),
    }


def facets_of(document: SearchDocument) -> Mapping[str, tuple[str, ...]]:
    return {"kind": (document.kind,), **document.facets}


__all__ = ["BOOSTS", "Answer", "Peer", "facets_of", "ident_of", "kind_and_id_of", "texts_of"]
