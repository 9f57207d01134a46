"""Suggestions as others see them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from repository.search.documents import Suggestion


def address_of(suggestion: Suggestion) -> str:
    """Where a suggestion leads: a lecture to its page, all others to what is found by them."""
    if suggestion.kind == "lecture":
        return f"/lectures/{suggestion.id}"
    if suggestion.kind == "topic":
        return "/search?" + urlencode({"topic": suggestion.id})
    text = f'"{suggestion.text}"' if suggestion.kind == "person" else suggestion.text
    return "/search?" + urlencode({"q": text})


def suggestions_as_json(suggestions: Iterable[Suggestion], took_ms: float) -> dict[str, Any]:
    """The shape that ``GET /api/suggest`` and ``hoclieu search suggest --json`` share."""
    return {
        "suggestions": [
            {"text": found.text, "kind": found.kind, "id": found.id, "url": address_of(found)} for found in suggestions
        ],
        "took_ms": took_ms,
    }
