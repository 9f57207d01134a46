"""Documents and indexes for tests."""

import datetime as dt
import random
import time
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from repository.search.documents import DocumentSource, SearchDocument, SearchQuery
from repository.search.embedded.index import WhooshIndex
from repository.search.engine import SearchIndex

MOMENT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
_numbers = count(1)

SYLLABLES = [
    *("hàm", "số", "đồng", "biến", "nghịch", "phương", "trình", "bậc", "hai", "giới", "hạn"),
    *("ma", "mà", "má", "mạ", "đường", "thẳng", "mặt", "phẳng", "CO₂", "H2O", "x²", "0,25"),
]


def a_document(
    title: str = "Hàm số",
    *,
    kind: str = "question",
    id: int = 0,
    body: str = "",
    more: str = "",
    explanation: str = "",
    keywords: tuple[str, ...] = (),
    age_days: int = 0,
    **facets: str | tuple[str, ...],
) -> SearchDocument:
    return SearchDocument(
        kind=kind,
        id=id or next(_numbers),
        title=title,
        body=body,
        more=more,
        explanation=explanation,
        keywords=keywords,
        facets={name: (value,) if isinstance(value, str) else value for name, value in facets.items()},
        published_at=MOMENT - dt.timedelta(days=age_days),
    )


def an_index(folder: Path, *documents: SearchDocument) -> WhooshIndex:
    index = WhooshIndex(folder)
    index.rebuild(documents)
    return index


def many_documents(amount: int, seed: int = 1) -> list[SearchDocument]:
    """Documents of few words and few facet values, so that everything meets everything."""
    chance = random.Random(seed)
    return [
        a_document(
            " ".join(chance.choices(SYLLABLES, k=4)),
            id=number,
            kind=chance.choice(("lecture", "question")),
            body=" ".join(chance.choices(SYLLABLES, k=12)),
            subject=chance.choice(("toan", "vat-li", "hoa-hoc")),
            grade=tuple(chance.sample(("10", "11", "12"), chance.randint(1, 3))),
            topic=f"toan.l12.{chance.choice('ab')}.{chance.choice('xyz')}",
            age_days=chance.randint(0, 50),
        )
        for number in range(1, amount + 1)
    ]


def a_source(documents: Iterable[SearchDocument]) -> DocumentSource:
    """A source that reads a list: take a document away and it is withdrawn."""
    kept = list(documents)

    def read(session: Session, ids: Sequence[int]) -> list[SearchDocument]:
        return [document for document in kept if document.id in ids]

    return DocumentSource(list_ids=lambda session: [document.id for document in kept], read=read)


def titles_in_time(index: SearchIndex, text: str, expected: list[str]) -> list[str]:
    """What the index finds, asked again until that is what is expected or two seconds are over."""
    for _ in range(200):
        found = [hit.title for hit in index.find(SearchQuery(text)).hits]
        if found == expected:
            break
        time.sleep(0.01)
    return found
