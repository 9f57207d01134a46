"""What goes into the index and what comes out of it. No type of the engine passes this door."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a question to the index needs no database
    from sqlalchemy.orm import Session

KINDS = ("lecture", "question")

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
    "difficulty",
)
"""The facets of a document; ``kind`` (lecture, question) is one more, filled from the document itself.

``media`` is the kind of a lecture (video, scorm, ...), ``type`` that of a question; ``explained`` is ``yes`` where a
question has an explanation; ``difficulty`` is a band (``easy``, ``medium``, ``hard``) of the share of wrong answers.
Values are ids (``toan``, ``12``, ``toan.l12.dai-so.ham-so``), never names.
A filter on ``topic`` also finds what lies below it (``toan.l12`` finds all of grade 12).
"""


SORTS = ("relevance", "newest", "used", "easiest", "hardest")


@dataclass(frozen=True)
class Where:
    """A place in a lecture: ``kind`` is ``page``, ``slide``, ``chapter`` or ``second``; ``number`` counts from 1."""

    kind: str
    number: int


@dataclass(frozen=True)
class PlacedText:
    """What stands at one place of a lecture."""

    where: Where
    text: str


@dataclass(frozen=True)
class SearchDocument:
    """One published thing as the index knows it.

    Texts are plain (no HTML; ``$TeX$`` stays). ``keywords`` are words that people search by but that need not stand in
    the text: names of subject, topic, tags, authors. ``body`` is what is read first (abstract, stem, passage), ``more``
    the long rest (options in canonical order, text of slides and pages). The key has no place here. ``explanation``
    is found and shown only where the query says ``sees_explanations``, because it gives the key away. ``places`` hold
    the long rest of a lecture where it has places to open; they count as ``more`` does. ``people`` are its authors and
    organisation, for suggestions (``keywords`` has them too). ``uses`` is how often it was opened, practised or put
    into a quiz; ``difficulty`` the share of wrong answers, 0..1, None where too few answered; ``quality_fraction``
    how far it was reviewed and how complete it is, 0..1.

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
    places: tuple[PlacedText, ...] = ()
    people: tuple[str, ...] = ()
    uses: int = 0
    difficulty: float | None = None
    quality_fraction: float = 0.5


@dataclass(frozen=True)
class DocumentSource:
    """Where the documents of one kind come from; the composition roots plug them in.

    Args:
        list_ids: every id that may have a document, ascending.
        read: the documents of the ids given (at most a few hundred) in a constant number of queries. An id that is
            unknown, draft or withdrawn yields nothing, and so leaves the index.
    """

    list_ids: "Callable[[Session], Iterable[int]]"
    read: "Callable[[Session, Sequence[int]], Iterable[SearchDocument]]"


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for.

    Args:
        text: any string, in the query language of ``language.asked_of``. Empty finds everything, newest first.
        kind: ``lecture``, ``question`` or None for both.
        filters: facet -> accepted values; facets are joined by AND, the values of one by OR.
        sort: one of ``SORTS``.
        limit: hits wanted, 0 to 100.
        after: the ``next`` of the page before.
        wants_explanation: have every hit say what its score is made of.
        as_typed: look for the text as it is typed, not as keystrokes or better spelt, however little that finds.
    """

    text: str = ""
    kind: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    limit: int = 20
    after: str | None = None
    wants_facets: bool = False
    wants_highlights: bool = True
    wants_explanation: bool = False
    sees_explanations: bool = False
    as_typed: bool = False


WARMING = SearchQuery("bài giảnng", limit=1, wants_facets=True)
"""A misspelt query: answering it reads whatever is read only when it is first needed."""


@dataclass(frozen=True)
class Segment:
    """A piece of a text, and whether the query is in it."""

    text: str
    is_match: bool = False


@dataclass(frozen=True)
class SearchHit:
    """``highlights`` are stretches of its text, the most telling first; with ``where`` the last one stands there."""

    kind: str
    id: int
    title: str
    score: float
    title_segments: tuple[Segment, ...] = ()
    highlights: tuple[tuple[Segment, ...], ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Where | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    """What the score is made of, where the query wants an explanation: a name such as ``folded:phuong`` -> points."""


class FacetCount(NamedTuple):
    value: str
    count: int  # type: ignore[assignment]


@dataclass(frozen=True)
class SearchResults:
    """A page of hits.

    ``relaxed``: nothing matched all that was asked for, so this was given up, in order: ``phrases`` (their words may
    stand apart), ``words`` (most of them are enough), ``spelling`` (unknown words stand for those nearest to them),
    ``accents``, ``filters``. ``read_as``: the text that was
    searched for where it is not what was typed (Telex or VNI keystrokes read). ``filters`` are all that hold, those
    typed in the text included. ``did_you_mean``: a better spelling, None where there is none.
    """

    total: int
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Sequence[FacetCount]]
    took_ms: float
    next: str | None = None
    relaxed: tuple[str, ...] = ()
    read_as: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    did_you_mean: str | None = None

    @property
    def is_relaxed(self) -> bool:
        return bool(self.relaxed)


@dataclass(frozen=True)
class Suggestion:
    """Something to search for or open. ``kind``: ``phrase``, ``topic``, ``person``, ``lecture``; ``id`` of the last
    (or of a topic), else empty."""

    text: str
    kind: str
    id: str = ""


class LeftOut(NamedTuple):
    """A published thing that can't be found, because its document could not be read or taken."""

    kind: str
    id: int
    reason: str


WORTH_LEARNING_FROM = 50


@dataclass(frozen=True)
class IndexState:
    """How the index is.

    Attributes:
        documents: how many are in it.
        problem: None when all is well, else ``missing`` or ``corrupt``.
        learnt_from: how many documents its suggestions and spellings were learnt from; None where that is not known.
        left_out: what should be in it and can't be.
    """

    documents: int
    generation: str
    problem: str | None = None
    learnt_from: int | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def has_outgrown_suggestions(self) -> bool:
        """Whether updates have made the library half as large again since, so that a rebuild teaches much."""
        is_worth_it = self.documents >= WORTH_LEARNING_FROM
        return self.learnt_from is not None and is_worth_it and 2 * self.documents > 3 * self.learnt_from
