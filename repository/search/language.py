"""The query language: words, ``"a phrase"``, ``-left out`` and ``môn:toán lớp:12``. Any string is legal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from repository.search.text import Form, Terms, terms_of


@dataclass(frozen=True)
class Asked:
    """A query text as understood.

    Attributes:
        terms: all words to be found, those of the phrases included.
        phrases: runs of at least two words that must stand together, in this order.
        excluded: words and phrases (runs of one word or more) that must not be there.
        filters: facets named in the text -> values, ids as in ``documents.FACETS``, and ``kind`` (``lecture``,
            ``question``) beside them. Organisations come as they were typed: compare them with ``text.bare_of``.
        plain: what is left of the text without operators and filters; for spelling and suggestions.
    """

    terms: Terms
    phrases: tuple[tuple[Form, ...], ...] = ()
    excluded: tuple[tuple[Form, ...], ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain: str = ""


def asked_of(text: str) -> Asked:
    """Read a query text; what makes no sense as an operator is a word."""
    return Asked(terms_of(text), plain=text)
