"""Results as machines read them. Needs nothing but the results: the command line gives them out without the web."""

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from repository.search.documents import SearchHit, SearchResults, Segment

SPECIAL = re.compile(r"[&<>\"']")


def results_as_json(results: SearchResults) -> dict[str, Any]:
    """The shape that ``GET /api/search`` and ``hoclieu search find --json`` share."""
    return {
        "total": results.total,
        "took_ms": results.took_ms,
        "is_relaxed": results.is_relaxed,
        "hits": [hit_as_json(hit) for hit in results.hits],
        "facets": {
            name: [{"value": count.value, "count": count.count} for count in counts]
            for name, counts in results.facets.items()
        },
        "filters": {name: list(values) for name, values in results.filters.items()},
        "next": results.next,
        "relaxed": list(results.relaxed),
        "read_as": results.read_as,
        "did_you_mean": results.did_you_mean,
    }


def hit_as_json(hit: SearchHit) -> dict[str, Any]:
    parts = {"parts": dict(hit.parts)} if hit.parts else {}
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": hit.title,
        "score": hit.score,
        "highlights": [marked_text(segments) for segments in hit.highlights],
        "where": {"kind": hit.where.kind, "number": hit.where.number} if hit.where else None,
        "url": address_of(hit),
        "facets": {name: list(values) for name, values in hit.facets.items()},
        **parts,
    }


def address_of(hit: SearchHit) -> str:
    """Where a hit is shown: a lecture opens at the place where the words stand."""
    at = f"?at={hit.where.kind}-{hit.where.number}" if hit.where else ""
    return f"/{hit.kind}s/{hit.id}{at}"


def marked_text(segments: Iterable[Segment]) -> str:
    """Segments as escaped text with ``<mark>``, formulas as TeX: what the API gives."""
    return "".join([f"<mark>{escaped(s.text)}</mark>" if s.is_match else escaped(s.text) for s in segments])


def escaped(text: str) -> str:
    """Text as HTML. Most of it has nothing to escape, and to see that takes less than to escape it."""
    return str(escape(text)) if SPECIAL.search(text) else text
