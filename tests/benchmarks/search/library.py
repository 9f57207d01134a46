"""The documents of a library in a folder, such as the full demo, and what may be asked of them."""

import os
from collections.abc import Sequence
from pathlib import Path

from quizbank.jobs import open_services
from repository.search.documents import SearchDocument
from repository.search.reading import read_documents
from tests.benchmarks.search.papers import RealQuestion


def library_documents(data: Path) -> list[SearchDocument]:
    """Everything that is published in the library."""
    os.environ["HOCLIEU_DATA_DIR"] = str(data)
    services = open_services()
    with services.sessions() as session:
        ids = {kind: list(source.list_ids(session)) for kind, source in services.document_sources.items()}
    return list(read_documents(services.sessions, services.document_sources, ids, []))


def questions_among(documents: Sequence[SearchDocument]) -> list[RealQuestion]:
    """The questions, as those of real papers are described."""
    return [
        RealQuestion(
            id=document.id,
            subject=document.facets["subject"][0],
            type=document.facets["type"][0],
            stem=document.body,
            options=tuple(document.more.splitlines()),
            explanation=document.explanation,
            passage="",
        )
        for document in documents
        if document.kind == "question"
    ]
