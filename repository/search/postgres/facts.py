"""What a result is counted, filtered and ordered by: a few numbers of every document in one run of bytes.

The facts of all matches come from PostgreSQL in one piece and are one numpy array here. A facet is a code in them, and
a code stands for a tuple of values (``facets``).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from repository.search.documents import FACETS, SearchDocument
from repository.search.embedded.schema import MILLION, ident_of, seconds_of, title_number_of

NAMES = ("kind", *FACETS)
MOST = 2**31 - 1

FACTS = np.dtype(
    [
        ("ident", "<i8"),
        ("title", "<i8"),
        ("published", "<i8"),
        ("uses", "<i4"),
        ("difficulty", "<i4"),
        ("quality", "<i4"),
        ("codes", "<i4", len(NAMES)),
    ]
)
"""``difficulty`` in millionths plus one, 0 unknown; ``quality`` in millionths; ``codes`` in the order of ``NAMES``."""

Facts = NDArray[np.void]
Numbers = tuple[int, int, int, int, int, int]


def numbers_of(document: SearchDocument) -> Numbers:
    """All facts of a document but its codes."""
    return (
        ident_of(document.kind, document.id),
        title_number_of(document.title),
        seconds_of(document.published_at),
        min(max(0, document.uses), MOST),
        0 if document.difficulty is None else 1 + round(document.difficulty * MILLION),
        round(document.quality_fraction * MILLION),
    )


def fact_bytes(numbers: Numbers, codes: Sequence[int]) -> bytes:
    return np.array([(*numbers, tuple(codes))], FACTS).tobytes()


def facts_from(joined: bytes | None) -> Facts:
    return np.frombuffer(joined or b"", FACTS)
