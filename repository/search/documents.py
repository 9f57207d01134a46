"""What goes into the index and what comes out of it. No type of the engine passes this door."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

FACETS = (
    "subject",
    "grade",
    "topic",
    "level",
    "type",
    "media",
    "programme",
    "year",
    "licence",
    "organisation",
    "language",
    "explained",
)
"""The facets of a document; ``kind`` (lecture, question) is one more, filled from the document itself.

``media`` is the kind of a lecture (video, scorm, ...), ``type`` that of a question; ``explained`` is ``yes`` where a
question has an explanation. Values are ids (``toan``, ``12``, ``toan.l12.dai-so.ham-so``), never names.
A filter on ``topic`` also finds what lies below it (``toan.l12`` finds all of grade 12).
"""


@dataclass(frozen=True)
class SearchDocument:
    """One published thing as the index knows it.

    Texts are plain (no HTML; ``$TeX$`` stays). ``keywords`` are words that people search by but that need not stand in
    the text: names of subject, topic, tags, authors. ``body`` is what is read first (abstract, stem, passage), ``more``
    the long rest (options in canonical order, text of slides and pages). The key has no place here. ``explanation``
    is found and shown only where the query says ``sees_explanations``, because it gives the key away.

    Example::

        SearchDocument(kind="question", id=7, title="Câu hỏi ...", body="Hàm số nào ...", more="A ... B ...",
                       facets={"subject": ("toan",), "grade": ("12",), "level": ("hieu",)}, published_at=now)
    """

    kind: str
    id: int
    title: str
    body: str = ""
    more: str = ""
    keywords: tuple[str, ...] = ()
    explanation: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published_at: datetime | None = None


@dataclass(frozen=True)
class DocumentSource:
    """Where the documents of one kind come from; the composition roots plug them in.

    Args:
        list_ids: every id that may have a document, ascending.
        read: the documents of the ids given (at most a few hundred) in a constant number of queries. An id that is
            unknown, draft or withdrawn yields nothing, and so leaves the index.
    """

    list_ids: Callable[[Session], Iterable[int]]
    read: Callable[[Session, Sequence[int]], Iterable[SearchDocument]]


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for.

    Args:
        text: any string. Empty finds everything, newest first.
        kind: ``lecture``, ``question`` or None for both.
        filters: facet -> accepted values; facets are joined by AND, the values of one by OR.
        sort: ``relevance`` or ``newest``.
        limit: hits wanted, 0 to 100.
        after: the ``next`` of the page before.
    """

    text: str = ""
    kind: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    limit: int = 20
    after: str | None = None
    wants_facets: bool = False
    wants_highlights: bool = True
    sees_explanations: bool = False


@dataclass(frozen=True)
class Segment:
    """A piece of a text, and whether the query is in it."""

    text: str
    is_match: bool = False


@dataclass(frozen=True)
class SearchHit:
    kind: str
    id: int
    title: str
    score: float
    title_segments: tuple[Segment, ...] = ()
    highlights: tuple[tuple[Segment, ...], ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: str | None = None


@dataclass(frozen=True)
class FacetCount:
    value: str
    count: int


@dataclass(frozen=True)
class SearchResults:
    """A page of hits. ``is_relaxed``: nothing had all the words, so these have most of them."""

    total: int
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    took_ms: float
    next: str | None = None
    is_relaxed: bool = False
    did_you_mean: str | None = None


@dataclass(frozen=True)
class IndexState:
    """How the index is: ``problem`` is None when all is well, else ``missing`` or ``corrupt``."""

    documents: int
    generation: str
    problem: str | None = None
