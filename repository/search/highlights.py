"""Why a hit was found: pieces of its text with the query's words marked. Formulas stay whole, nothing is markup."""

import unicodedata
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, islice

from repository.search.documents import PlacedText, Segment, Where
from repository.search.text import Span, Terms, bare_of, pattern_of, spans_of

WINDOW_CHARS = 220
MARGIN_CHARS = 200
MAX_MATCHES = 400
MARGIN_WORDS = 6
ELLIPSIS_BEFORE = Segment("… ")
ELLIPSIS_AFTER = Segment(" …")


def mark(text: str, terms: Terms) -> tuple[Segment, ...]:
    """The whole text in pieces, the query's words marked; for titles."""
    return pieces(text, list(spans_of(text)), terms) if text else ()


def excerpt(text: str, bare: str, terms: Terms) -> tuple[Segment, ...]:
    """The stretch of the text that has most of the query's words, or () when it has none.

    Args:
        text: in NFC.
        bare: ``bare_of(text)`` when it is long, else empty: where to look without cutting the whole text into words.
    """
    if not bare:
        return stretch(text, terms)
    start, end = neighbourhood(text, bare, terms)
    found = stretch(text[start:end], terms)
    if not found:
        return ()
    before = (ELLIPSIS_BEFORE,) if start and found[0] != ELLIPSIS_BEFORE else ()
    after = (ELLIPSIS_AFTER,) if end < len(text) and found[-1] != ELLIPSIS_AFTER else ()
    return before + found + after


def text_of_places(places: Sequence[PlacedText]) -> str:
    """The texts of all places, NFC, one under the other: what ``excerpt_of_places`` wants bare."""
    return unicodedata.normalize("NFC", "\n".join(place.text for place in places))


def excerpt_of_places(
    places: Sequence[PlacedText], terms: Terms, bare: str = ""
) -> tuple[tuple[Segment, ...], Where] | None:
    """The stretch with most of the query's words among the places of a lecture, and its place; None without any.

    Args:
        places: texts in NFC.
        bare: ``bare_of(text_of_places(places))`` where it was kept with them; worked out here if empty.
    """
    text = text_of_places(places)
    bare = bare or bare_of(text)
    matches = [(match.start(), match.group()) for match in islice(pattern_of(terms.folded).finditer(bare), MAX_MATCHES)]
    if not terms.folded or not matches:
        return None
    starts = list(accumulate((len(place.text) + 1 for place in places), initial=0))
    place = places[bisect(starts, densest(matches)) - 1]
    found = excerpt(place.text, bare_of(place.text), terms)
    return (found, place.where) if found else None


def neighbourhood(text: str, bare: str, terms: Terms) -> tuple[int, int]:
    """A few hundred characters around the best place, cut at ends of lines or else between words and formulas."""
    matches = [(match.start(), match.group()) for match in islice(pattern_of(terms.folded).finditer(bare), MAX_MATCHES)]
    if not matches:
        return 0, 0
    place = densest(matches)
    start = max(bare.rfind("\n", 0, place) + 1, place - MARGIN_CHARS)
    end = min(place + WINDOW_CHARS + MARGIN_CHARS, len(bare))
    line_start = bare.rfind("\n", 0, start) + 1
    if bare.count("$", line_start, start) % 2:
        start = bare.rfind("$", line_start, start)
    elif start > line_start:
        start = bare.find(" ", start, place) + 1 or place
    closing = bare.find("$", end) + 1 if bare.count("$", start, end) % 2 else 0
    return start, closing or (bare.rfind(" ", place + WINDOW_CHARS, end) if end < len(bare) else end)


def densest(matches: list[tuple[int, str]]) -> int:
    """Where the window with the most different words starts; the earliest of equals."""
    best_place, best_count = matches[0][0], 0
    for number, (place, _) in enumerate(matches):
        words = {word for there, word in islice(matches, number, number + 40) if there - place <= WINDOW_CHARS}
        if len(words) > best_count:
            best_place, best_count = place, len(words)
    return best_place


def stretch(text: str, terms: Terms) -> tuple[Segment, ...]:
    """The part of a short text that has most of the query's words, or ()."""
    spans = list(spans_of(text))
    hits = [number for number, span in enumerate(spans) if is_match(span, terms)]
    if not hits:
        return ()
    first, last = best_stretch(spans, hits)
    first, last = widen(spans, first, last)
    start, end = spans[first].start, end_of(text, spans, last)
    inside = pieces(text[start:end], spans[first : last + 1], terms, start)
    before = (ELLIPSIS_BEFORE,) if first else ()
    after = (ELLIPSIS_AFTER,) if last < len(spans) - 1 else ()
    return before + inside + after


def opening(text: str) -> tuple[Segment, ...]:
    """The first words of a text, for a hit found by other things than its text."""
    text = unicodedata.normalize("NFC", text[: 4 * WINDOW_CHARS])
    kept = [span for span in spans_of(text) if span.end <= WINDOW_CHARS or span.start == 0]
    if not kept:
        return (Segment(text[:WINDOW_CHARS]),) if text.strip() else ()
    end = kept[-1].end
    return (Segment(text[:end] + (" …" if text[end:].strip(' .?!:;,)”"') else text[end:])),)


def is_match(span: Span, terms: Terms) -> bool:
    return any(terms.is_match(form) for form in span.forms)


def best_stretch(spans: list[Span], hits: list[int]) -> tuple[int, int]:
    """First and last hit of the window with the most different words; the earliest of equals."""
    best, best_count = (hits[0], hits[0]), 0
    for place, first in enumerate(hits):
        seen: set[str] = set()
        last = first
        for hit in hits[place:]:
            if spans[hit].end - spans[first].start > WINDOW_CHARS:
                break
            seen.update(form.folded for form in spans[hit].forms)
            last = hit
        if len(seen) > best_count:
            best, best_count = (first, last), len(seen)
    return best


def widen(spans: list[Span], first: int, last: int) -> tuple[int, int]:
    """Words around the stretch, until the window is full."""
    for _ in range(MARGIN_WORDS):
        if first and spans[last].end - spans[first - 1].start <= WINDOW_CHARS:
            first -= 1
    while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= WINDOW_CHARS:
        last += 1
    return first, last


def end_of(text: str, spans: list[Span], last: int) -> int:
    """Where the stretch ends: with the whole text when its last word is the text's, else after the word."""
    return len(text) if last == len(spans) - 1 else spans[last].end


def pieces(text: str, spans: list[Span], terms: Terms, offset: int = 0) -> tuple[Segment, ...]:
    """``text`` cut at its matches; ``spans`` count from ``offset`` characters earlier."""
    found: list[Segment] = []
    done = 0
    for span in spans:
        if is_match(span, terms):
            start, end = span.start - offset, span.end - offset
            if start > done:
                found.append(Segment(text[done:start]))
            found.append(Segment(text[start:end], is_match=True))
            done = end
    if done < len(text):
        found.append(Segment(text[done:]))
    return tuple(found)
