"""Whether a document is one that every engine can take. What is not is left out; the rest of the library goes in."""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import isfinite

from repository.search.documents import FACETS, KINDS, LeftOut, SearchDocument

MOST_ID = 1 << 58
"""Kind and id share a number of 64 bits."""
MOST_USES = 1 << 62
MOST_LEFT_OUT, MOST_LEFT_OUT_SHARE = 20, 0.02
MOST_REASON_CHARS = 200


def fault_of(document: SearchDocument) -> str | None:
    """What is wrong with a document, None when all is well. Anything may come, whatever its annotations say."""
    try:
        return fault_in(document)
    except Exception as error:
        return f"it is no document: {error!r}"


def fault_in(document: SearchDocument) -> str | None:
    if document.kind not in KINDS:
        return f"the kind is {document.kind!r}"
    if not 0 < document.id < MOST_ID:
        return f"the id is {document.id}"
    unknown = document.facets.keys() - set(FACETS)
    if unknown:
        return f"there is no facet {min(unknown)}"
    if not numbers_are_sound(document):
        return "a number is out of bounds"
    text = "\n".join(texts_of(document))
    if "\0" in text:
        return "a text has a NUL"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "a text has half a character"
    return None


def numbers_are_sound(document: SearchDocument) -> bool:
    shares = (document.quality_fraction, document.difficulty or 0.0)
    return all(isfinite(share) and 0 <= share <= 1 for share in shares) and abs(document.uses) < MOST_USES


def texts_of(document: SearchDocument) -> Iterator[str]:
    yield from (document.title, document.body, document.more, document.explanation)
    yield from chain(document.keywords, document.people, (place.text for place in document.places))
    yield from chain.from_iterable(document.facets.values())


def check_few(left_out: Sequence[LeftOut], total: int) -> None:
    """Raise ``RuntimeError`` where so much would be left out that the documents can't be to blame."""
    if len(left_out) > max(MOST_LEFT_OUT, MOST_LEFT_OUT_SHARE * total):
        raise RuntimeError(f"{len(left_out)} of {total} things can't be indexed, the last: {left_out[-1]}")


def reason_of(error: Exception) -> str:
    """One line for people who look after the index."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}"[:MOST_REASON_CHARS]
