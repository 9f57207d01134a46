"""What a search request may say."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Dict, Float, Integer, List, Nested, String
from apiflask.validators import OneOf, Range
from marshmallow import EXCLUDE

from repository.search.documents import FACETS, KINDS, SORTS, SearchQuery

FacetFilters = Schema.from_dict(
    {name: List(String(), metadata={"description": f"Only these values of the facet {name}."}) for name in FACETS},
    name="FacetFilters",
)


class SearchIn(FacetFilters):  # type: ignore[misc, valid-type]
    class Meta:
        unknown = EXCLUDE

    q = String(
        load_default="",
        metadata={"description": 'Any text; accents are optional. `"a phrase"`, `-left out`, `môn:toán lớp:12`.'},
    )
    kind = String(validate=OneOf(("", *KINDS)), load_default="", metadata={"description": "Empty finds both."})
    sort = String(
        validate=OneOf(SORTS),
        load_default="relevance",
        metadata={"description": "`used` is the most used first; `easiest` and `hardest` are for questions."},
    )
    limit = Integer(validate=Range(0, 100), load_default=20, metadata={"description": "Hits wanted."})
    after = String(load_default=None, metadata={"description": "The `next` of the page before."})
    wants_facets = Boolean(
        data_key="facets",
        load_default=False,
        metadata={"description": "Count the values of every facet over the whole result."},
    )
    wants_explanation = Boolean(
        data_key="explain", load_default=False, metadata={"description": "Say what every score is made of."}
    )
    as_typed = Boolean(
        load_default=False,
        metadata={"description": "Read no keystrokes and mend no spelling, however little is found."},
    )


class WhereOut(Schema):
    kind = String(metadata={"description": "page, slide, chapter or second."})
    number = Integer()


class HitOut(Schema):
    kind = String()
    id = Integer()
    title = String()
    score = Float()
    highlights = List(String(), metadata={"description": "Escaped text; what was searched for stands in <mark>."})
    where = Nested(WhereOut, allow_none=True)
    url = String()
    facets = Dict(keys=String(), values=List(String()))
    parts = Dict(
        keys=String(), values=Float(), metadata={"description": "What the score is made of; only with `explain`."}
    )


class FacetCountOut(Schema):
    value = String()
    count = Integer()


class SearchOut(Schema):
    """An answer as ``exchange.results_as_json`` makes it, field by field: given out as it is.

    To build it anew from twenty hits takes longer than to find them. Tests hold real answers to this schema.
    """

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        return obj

    total = Integer()
    took_ms = Float()
    is_relaxed = Boolean(metadata={"description": "Nothing had all the words; these have most of them."})
    hits = List(Nested(HitOut))
    facets = Dict(
        keys=String(),
        values=List(Nested(FacetCountOut)),
        metadata={"description": "Empty unless asked for with `facets`; the most frequent value first."},
    )
    filters = Dict(
        keys=String(),
        values=List(String()),
        metadata={"description": "All filters that hold, those typed in the text included."},
    )
    next = String(allow_none=True)
    relaxed = List(String(), metadata={"description": "What was given up because nothing matched all."})
    read_as = String(allow_none=True, metadata={"description": "What was searched for, where that is not what came."})
    did_you_mean = String(allow_none=True)


def query_of(wanted: dict[str, Any], *, sees_explanations: bool, wants_facets: bool) -> SearchQuery:
    """The query that a request asks for."""
    return SearchQuery(
        text=wanted["q"],
        kind=wanted["kind"] or None,
        filters={name: tuple(wanted[name]) for name in FACETS if wanted.get(name)},
        sort=wanted["sort"],
        limit=wanted["limit"],
        after=wanted["after"] or None,
        wants_facets=wants_facets,
        wants_explanation=wanted["wants_explanation"],
        as_typed=wanted["as_typed"],
        sees_explanations=sees_explanations,
    )
