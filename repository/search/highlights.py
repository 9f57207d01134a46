"""Why a hit was found: pieces of its text with the query's words marked. Formulas stay whole, nothing is markup.

The best place is looked for in the bare text with ``str.find``; only what is shown is cut into words.
"""

import re
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, islice, pairwise
from typing import NamedTuple

from repository.search.documents import PlacedText, Segment, Where
from repository.search.text import FORMULAS, Span, Terms, bare_of, forms_within, spans_of

WINDOW_CHARS = 220
MARGIN_CHARS = 60
MAX_MENTIONS = 100
MAX_FORMULA_CHARS = 2000
PAIR_WORTH = 0.5
FIRST_LINE_WORTH = 0.4
FIRST_LINE_CHARS = 120
ELLIPSIS_BEFORE = Segment("… ")
ELLIPSIS_AFTER = Segment(" …")
SENTENCE_END = re.compile(r"[.!?…]+[”\"')\]]*(?=\s)|\n")
TITLE_END = " .…"


class Mention(NamedTuple):
    """A place where one of the query's words stands, or two that are neighbours in the query."""

    start: int
    end: int
    word: str


class Window(NamedTuple):
    """A stretch from one mention to another, and how much of the query is in it."""

    start: int
    end: int
    worth: float


def mark(text: str, terms: Terms) -> tuple[Segment, ...]:
    """The whole text in pieces, the query's words marked; for titles."""
    return pieces(text, terms) if text else ()


def excerpt(text: str, bare: str, terms: Terms, title: str = "") -> tuple[Segment, ...]:
    """The stretch of the text that has most of the query's words, or () when it has none.

    Args:
        text: in NFC.
        bare: ``bare_of(text)`` where it was kept with it; worked out here if empty.
        title: shown above it; where the text begins with its title another stretch is shown.
    """
    after = shown_chars(text, title)
    mentions = [mention for mention in mentions_of(text, bare or bare_of(text), terms) if mention.start >= after]
    if not mentions:
        return ()
    best = best_window(mentions)
    return stretch(text, best.start, best.end, terms)


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
    starts = list(accumulate((len(place.text) + 1 for place in places), initial=0))
    best: tuple[Window, int] | None = None
    mentions = mentions_of(text, bare or bare_of(text), terms)
    for number, group in groupby(mentions, key=lambda mention: bisect(starts, mention.start) - 1):
        found = best_window([mention for mention in group if mention.end < starts[number + 1]])
        if found.start - starts[number] <= FIRST_LINE_CHARS and "\n" not in text[starts[number] : found.start]:
            found = found._replace(worth=found.worth + FIRST_LINE_WORTH)
        if best is None or found.worth > best[0].worth:
            best = found, number
    if best is None:
        return None
    window, number = best
    offset = starts[number]
    shown = stretch(places[number].text, window.start - offset, window.end - offset, terms)
    return (shown, places[number].where) if shown else None


def opening(text: str, title: str = "") -> tuple[Segment, ...]:
    """The first sentences of a text, for a hit found by other things than its text; those after its title."""
    after = shown_chars(text, title)
    text = unicodedata.normalize("NFC", text[: after + 4 * WINDOW_CHARS])
    if not text[after:].strip():
        return ()
    start = after + len(text[after:]) - len(text[after:].lstrip())
    end = end_of(text, start, start, formulas_near(text, start, start + WINDOW_CHARS))
    return in_ellipses(text, start, end, (Segment(text[start:end]),))


def shown_chars(text: str, title: str) -> int:
    """How much of a text its title shows already."""
    begin = title.rstrip(TITLE_END)
    if not begin or " ".join(text[: 2 * len(begin)].split())[: len(begin)] != begin:
        return 0
    rest = text.find("\n", len(begin)) if len(text) <= len(title) + 1 else -1
    return len(begin) if rest < 0 else rest


def mentions_of(text: str, bare: str, terms: Terms) -> list[Mention]:
    """Where the telling words of the query stand, in order; marks respected."""
    padded = f" {bare} "
    found = [mention for needle, word in terms.needles for mention in places_of(padded, f" {needle} ", word)]
    for pattern, word in terms.formulas:
        found += (Mention(*match.span(), word) for match in islice(pattern.finditer(bare), MAX_MENTIONS))
    if terms.exact:
        found = [mention for mention in found if is_meant(text[mention.start : mention.end], terms)]
    return with_pairs(sorted(set(found)), terms)


def places_of(padded: str, needle: str, word: str) -> Iterable[Mention]:
    place = padded.find(needle)
    for _ in range(MAX_MENTIONS):
        if place < 0:
            return
        yield Mention(place, place + len(needle) - 2, word)
        place = padded.find(needle, place + len(needle) - 1)


def is_meant(words: str, terms: Terms) -> bool:
    forms = forms_within(words)
    return any(map(terms.is_match, forms)) or any(is_run(forms, run) for run in terms.stand_ins)


def with_pairs(mentions: list[Mention], terms: Terms) -> list[Mention]:
    """The mentions, and those of two words that stand together as they do in the query."""
    pairs = [
        Mention(left.start, right.end, f"{left.word} {right.word}")
        for left, right in pairwise(mentions)
        if 0 <= right.start - left.end <= 2 and f"{left.word} {right.word}" in terms.bigrams
    ]
    return sorted(mentions + pairs) if pairs else mentions


def best_window(mentions: list[Mention]) -> Window:
    """The window with most of the query in it; the earliest of equals."""
    best = Window(0, 0, -1.0)
    inside: Counter[str] = Counter()
    worth, left = 0.0, 0
    for mention in mentions:
        worth += 0 if inside[mention.word] else worth_of(mention.word)
        inside[mention.word] += 1
        while mention.end - mentions[left].start > WINDOW_CHARS and mentions[left] is not mention:
            gone = mentions[left].word
            inside[gone] -= 1
            worth -= 0 if inside[gone] else worth_of(gone)
            left += 1
        if worth > best.worth + 1e-9:
            best = Window(mentions[left].start, mention.end, worth)
    return best


def worth_of(word: str) -> float:
    return PAIR_WORTH if " " in word else 1.0


def stretch(text: str, first: int, last: int, terms: Terms) -> tuple[Segment, ...]:
    """The text from a mention to another with its sentence around it, or as much of that as the window takes."""
    formulas = formulas_near(text, first, last + WINDOW_CHARS)
    start = start_of(text, first, last, formulas)
    end = end_of(text, start, max(last, start), formulas)
    return in_ellipses(text, start, end, pieces(text[start:end], terms))


def in_ellipses(text: str, start: int, end: int, inside: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Say where a sentence was cut."""
    before = text[:start].rstrip(" \t")[-1:]
    after = text[end : end + 1]
    is_cut_before = bool(before) and before not in ".!?…\n”\"')]"
    is_cut_after = bool(text[end:].strip(' .?!:;,)”"')) and after != "\n" and text[end - 1 : end] not in ".!?…”\"')]\n"
    return (ELLIPSIS_BEFORE,) * is_cut_before + inside + (ELLIPSIS_AFTER,) * is_cut_after


def formulas_near(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Where formulas stand around a stretch; none goes over the end of a line."""
    line = text.rfind("\n", 0, max(0, first - WINDOW_CHARS)) + 1
    return [match.span() for match in FORMULAS.finditer(text, line, last + MAX_FORMULA_CHARS)]


def start_of(text: str, first: int, last: int, formulas: list[tuple[int, int]]) -> int:
    """Where the sentence of the first mention begins, if the window takes it; else some words before the mention."""
    first = next((start for start, end in formulas if start <= first < end), first)
    earliest = max(0, min(first, last - WINDOW_CHARS))
    ends = [0] if not earliest else []
    ends += (match.end() for match in SENTENCE_END.finditer(text, earliest, first) if match.end() <= first)
    begins = [end for end in ends if not within(end, formulas) and end < len(text)]
    if begins:
        return begins[-1] + len(text[begins[-1] : first]) - len(text[begins[-1] : first].lstrip())
    place = text.find(" ", max(earliest, first - MARGIN_CHARS), first) + 1
    while place and is_whole(text, place, formulas):
        place = text.find(" ", place, first) + 1
    return place or first


def end_of(text: str, start: int, last: int, formulas: list[tuple[int, int]]) -> int:
    """Where the last sentence ends that the window takes, at least after the last mention; else its last word."""
    last = next((end for begin, end in formulas if begin < last <= end), last)
    limit = max(start + WINDOW_CHARS, last)
    ends = [match.end() for match in SENTENCE_END.finditer(text, last, limit + 1)]
    ends = [end for end in ends if end <= limit and not within(end, formulas)]
    if len(text) <= limit:
        return len(text.rstrip())
    if ends:
        return start + len(text[start : ends[-1]].rstrip())
    place = text.rfind(" ", last, limit + 1)
    while place > last and is_whole(text, place + 1, formulas):
        place = text.rfind(" ", last, place)
    return max(place, last) if place > start else max(last, next_gap(text, limit, formulas))


def next_gap(text: str, place: int, formulas: list[tuple[int, int]]) -> int:
    """``place``, moved behind the formula that it would cut."""
    return min(next((end for begin, end in formulas if begin < place < end), place), len(text))


def within(place: int, formulas: list[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in formulas)


def is_whole(text: str, place: int, formulas: list[tuple[int, int]]) -> bool:
    """Whether a cut before ``place`` would part a formula."""
    return text.startswith("{", place) or within(place, formulas)


def pieces(text: str, terms: Terms) -> tuple[Segment, ...]:
    """``text`` cut at its matches; words that are neighbours in the query too are one match."""
    found: list[Segment] = []
    done = 0
    for start, end in matches_of(text, list(spans_of(text)), terms):
        if start > done:
            found.append(Segment(text[done:start]))
        found.append(Segment(text[start:end], is_match=True))
        done = end
    if done < len(text):
        found.append(Segment(text[done:]))
    return tuple(found)


def matches_of(text: str, spans: list[Span], terms: Terms) -> list[tuple[int, int]]:
    """Where the matches stand. A stop word is one only beside a word that it stands beside in the query."""
    telling = [is_match(span, terms) for span in spans]
    joined = joins_of(text, spans, terms)
    for run in terms.stand_ins:
        mark_run(spans, run, telling, joined)
    places: list[tuple[int, int]] = []
    for is_joined, numbers in runs_of(joined, len(spans)):
        if any(telling[number] for number in numbers):
            kept = numbers if is_joined else [numbers[0]]
            places.append((spans[kept[0]].start, spans[kept[-1]].end))
    return places


def joins_of(text: str, spans: list[Span], terms: Terms) -> list[bool]:
    """For each word whether it stands beside the one before it, in the text as in the query."""
    joined = [False] * len(spans)
    asked = set(terms.bigrams)
    for number in range(1, len(spans)):
        left, right = spans[number - 1], spans[number]
        if left.forms and right.forms and f"{left.forms[-1].folded} {right.forms[0].folded}" in asked:
            are_meant = terms.is_match(left.forms[-1]) and terms.is_match(right.forms[0])
            joined[number] = are_meant and text[left.end : right.start].isspace()
    return joined


def mark_run(spans: list[Span], run: tuple[tuple[str, str], ...], telling: list[bool], joined: list[bool]) -> None:
    for first in range(len(spans) - len(run) + 1):
        forms = tuple(form for span in spans[first : first + len(run)] for form in span.forms)
        if is_run(forms, run):
            telling[first : first + len(run)] = [True] * len(run)
            joined[first + 1 : first + len(run)] = [True] * (len(run) - 1)


def is_run(forms: Sequence[tuple[str, str]], run: Sequence[tuple[str, str]]) -> bool:
    """Whether words are those of an alternative, with its marks or with none."""
    return len(forms) == len(run) and all(
        form == wanted or form == (wanted[0], wanted[0]) for form, wanted in zip(forms, run, strict=True)
    )


def runs_of(joined: list[bool], count: int) -> Iterable[tuple[bool, list[int]]]:
    """The numbers of all words, those joined to one another together."""
    run: list[int] = []
    for number in range(count):
        if run and not joined[number]:
            yield len(run) > 1, run
            run = []
        run.append(number)
    if run:
        yield len(run) > 1, run


def is_match(span: Span, terms: Terms) -> bool:
    return any(form.folded not in terms.optional and terms.is_match(form) for form in span.forms)
