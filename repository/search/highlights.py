"""Why a hit was found: pieces of its text with the query's words marked. Formulas stay whole, nothing is markup.

The best place is looked for in the bare text with ``str.find``; only what is shown is cut into words.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, islice, pairwise
from typing import NamedTuple

from repository.search.documents import PlacedText, Segment, Where
from repository.search.terms import Terms
from repository.search.text import FORMULAS, bare_of, words_of

WINDOW_CHARS = 220
MARGIN_CHARS = 60
MAX_MENTIONS = 100
MAX_FORMULA_CHARS = 2000
PAIR_WORTH = 0.5
FIRST_LINE_WORTH = 0.4
FIRST_LINE_CHARS = 120
ELLIPSIS_BEFORE = Segment("… ")
ELLIPSIS_AFTER = Segment(" …")
SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)|[.!?…]*[”\"')\]]*(?=\s))")
"""Begins with one set of characters, so that what is between is skipped at the speed of a search for a letter."""
FORMULA_TAIL = re.compile(r"[-+−]?\}+")
LONGEST_STOP_WORD = 16
TITLE_END = " .…"


Mention = tuple[int, int, str]
"""Start, end and word of a place where one of the query's words stands, or two that are neighbours in the query.

Plain, for a page of results has thousands."""


class Window(NamedTuple):
    """A stretch from one mention to another, and how much of the query is in it."""

    start: int
    end: int
    worth: float


def mark(text: str, terms: Terms) -> tuple[Segment, ...]:
    """The whole text in pieces, the query's words marked; for titles."""
    if not text:
        return ()
    formulas = [match.span() for match in FORMULAS.finditer(text)] if "$" in text else []
    return pieces(text, 0, len(text), mentions_of(text, bare_of(text), terms), formulas, terms)


def excerpt(text: str, bare: str, terms: Terms, title: str = "") -> tuple[Segment, ...]:
    """The stretch of the text that has most of the query's words, or () when it has none.

    Args:
        text: in NFC.
        bare: ``bare_of(text)`` where it was kept with it; worked out here if empty.
        title: shown above it; where the text begins with its title another stretch is shown.
    """
    after = shown_chars(text, title)
    mentions = mentions_of(text, bare or bare_of(text), terms)
    if after:
        mentions = [mention for mention in mentions if mention[0] >= after]
    if not mentions:
        return ()
    best = best_window(with_pairs(mentions, terms))
    return stretch(text, best.start, best.end, mentions, terms)


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
    text = "\n".join([place.text for place in places])
    starts = list(accumulate((len(place.text) + 1 for place in places), initial=0))
    found = with_pairs(mentions_of(text, bare or bare_of(text), terms), terms)
    by_place = list(mentions_by_place(found, starts))
    hopes = [(sum(map(worth_of, {word for _, _, word in some})), number, some) for number, some in by_place]
    best, best_place = Window(0, 0, 0.0), -1
    for hope, number, mentions in sorted(hopes, key=lambda hope: (-hope[0], hope[1])):
        if hope + FIRST_LINE_WORTH <= best.worth:
            break
        window = best_window(mentions)
        if window.start - starts[number] <= FIRST_LINE_CHARS and text.find("\n", starts[number], window.start) < 0:
            window = window._replace(worth=window.worth + FIRST_LINE_WORTH)
        if (window.worth, -number) > (best.worth, -best_place):
            best, best_place = window, number
    if best_place < 0:
        return None
    start, end = starts[best_place], starts[best_place + 1]
    inside = [(first - start, last - start, word) for first, last, word in found if start <= first < end]
    place = places[best_place]
    return stretch(place.text, best.start - start, best.end - start, inside, terms), place.where


def mentions_by_place(mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[tuple[int, list[Mention]]]:
    """The numbers of the places that have mentions, and these, without those that reach into the next place."""
    groups = groupby(mentions, key=lambda mention: bisect(starts, mention[0]) - 1)
    for number, group in groups:
        yield number, [mention for mention in group if mention[1] < starts[number + 1]]


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
    if not begin or (text[:1] != begin[0] and not text[:1].isspace()):
        return 0
    if " ".join(text[: 2 * len(begin)].split())[: len(begin)] != begin:
        return 0
    return len(text) - len(text[len(begin) :].lstrip(f"{TITLE_END}?!\n"))


def mentions_of(text: str, bare: str, terms: Terms) -> list[Mention]:
    """Where the telling words of the query stand, in order; marks respected."""
    find = f" {bare} ".find
    found: list[Mention] = []
    for needle, word in terms.needles:
        place, step = find(needle), len(needle) - 1
        for _ in range(MAX_MENTIONS):
            if place < 0:
                break
            found.append((place, place + step - 1, word))
            place = find(needle, place + step)
    if terms.formulas and (not found or "{" in bare or "_" in bare or "^" in bare):
        for pattern, word in terms.formulas:
            matches = islice(pattern.finditer(bare), MAX_MENTIONS)
            found += [(*whole(text, *match.span()), word) for match in matches]
        found = list(set(found))
    if terms.exact or terms.stand_ins:
        meant = terms.meant_words
        found = [mention for mention in found if meant[text[mention[0] : mention[1]]]]
    found.sort()
    return found


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A formula's place with the braces at its ends."""
    tail = FORMULA_TAIL.match(text, end)
    return start - (text[start - 1 : start] == "{"), tail.end() if tail else end


def with_pairs(mentions: list[Mention], terms: Terms) -> list[Mention]:
    """The mentions, and those of two words that stand together as they do in the query."""
    known = terms.pairs
    pairs = [
        (start, end, pair)
        for (start, left_end, left), (right_start, end, right) in pairwise(mentions)
        if 0 <= right_start - left_end <= 2 and (pair := f"{left} {right}") in known
    ]
    return sorted(mentions + pairs) if pairs else mentions


def best_window(mentions: list[Mention]) -> Window:
    """The window with most of the query in it; the earliest of equals."""
    worths = {word: worth_of(word) for word in {mention[2] for mention in mentions}}
    most = sum(worths.values()) - 1e-9
    inside = dict.fromkeys(worths, 0)
    best, worth, left = Window(0, 0, -1.0), 0.0, 0
    for mention in mentions:
        _, end, word = mention
        if not inside[word]:
            worth += worths[word]
        inside[word] += 1
        while end - mentions[left][0] > WINDOW_CHARS and mentions[left] is not mention:
            gone = mentions[left][2]
            inside[gone] -= 1
            if not inside[gone]:
                worth -= worths[gone]
            left += 1
        if worth > best.worth + 1e-9:
            best = Window(mentions[left][0], end, worth)
            if worth >= most:
                break
    return best


def worth_of(word: str) -> float:
    return PAIR_WORTH if " " in word else 1.0


def stretch(text: str, first: int, last: int, mentions: list[Mention], terms: Terms) -> tuple[Segment, ...]:
    """The text from a mention to another with its sentence around it, or as much of that as the window takes."""
    formulas = formulas_near(text, first, last + WINDOW_CHARS)
    start = start_of(text, first, last, formulas)
    end = end_of(text, start, max(last, start), formulas)
    return in_ellipses(text, start, end, pieces(text, start, end, mentions, formulas, terms))


def in_ellipses(text: str, start: int, end: int, inside: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Say where a sentence was cut."""
    before = text[:start].rstrip(" \t")[-1:]
    after = text[end : end + 1]
    is_cut_before = bool(before) and before not in ".!?…\n”\"')]"
    is_cut_after = bool(text[end:].strip(' .?!:;,)”"')) and after != "\n" and text[end - 1 : end] not in ".!?…”\"')]\n"
    return (ELLIPSIS_BEFORE,) * is_cut_before + inside + (ELLIPSIS_AFTER,) * is_cut_after


def formulas_near(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Where formulas stand around a stretch; none goes over the end of a line."""
    if "$" not in text:
        return []
    line = text.rfind("\n", 0, max(0, first - WINDOW_CHARS)) + 1
    return [match.span() for match in FORMULAS.finditer(text, line, last + MAX_FORMULA_CHARS)]


def start_of(text: str, first: int, last: int, formulas: list[tuple[int, int]]) -> int:
    """Where the sentence of the first mention begins, if the window takes it; else some words before the mention."""
    first = next((start for start, end in formulas if start <= first < end), first) if formulas else first
    earliest = max(0, min(first, last - WINDOW_CHARS))
    ends = [0] if not earliest else []
    ends += [match.end() for match in SENTENCE_END.finditer(text, earliest, first)]
    for end in reversed(ends):
        if end <= first and end < len(text) and not within(end, formulas):
            return end + len(text[end:first]) - len(text[end:first].lstrip())
    place = text.find(" ", max(earliest, first - MARGIN_CHARS), first) + 1
    while place and is_whole(text, place, formulas):
        place = text.find(" ", place, first) + 1
    return place or first


def end_of(text: str, start: int, last: int, formulas: list[tuple[int, int]]) -> int:
    """Where the last sentence ends that the window takes, at least after the last mention; else its last word."""
    last = next((end for begin, end in formulas if begin < last <= end), last) if formulas else last
    limit = max(start + WINDOW_CHARS, last)
    if len(text) <= limit:
        return len(text.rstrip())
    for end in reversed([match.end() for match in SENTENCE_END.finditer(text, last, limit + 1)]):
        if end <= limit and not within(end, formulas):
            return start + len(text[start:end].rstrip())
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


def pieces(
    text: str, start: int, end: int, mentions: list[Mention], formulas: list[tuple[int, int]], terms: Terms
) -> tuple[Segment, ...]:
    """A part of the text cut at its mentions; a formula is marked whole."""
    found: list[Segment] = []
    done = start
    inside = [mention for mention in mentions if start <= mention[0] and mention[1] <= end]
    for first, last in marks_of(text, inside, formulas, terms):
        if first > done:
            found.append(Segment(text[done:first]))
        found.append(Segment(text[first:last], is_match=True))
        done = last
    if done < end:
        found.append(Segment(text[done:end]))
    return tuple(found)


def marks_of(
    text: str, mentions: list[Mention], formulas: list[tuple[int, int]], terms: Terms
) -> Iterator[tuple[int, int]]:
    """The places to mark. Words that are neighbours in the query too are one, with the stop words between them."""
    first = last = -1
    words: list[str] = []
    for start, end, word in mentions:
        if formulas:
            start, end = meant_formula(text, start, end, formulas, terms)
        if last < 0:
            first = start
        elif start >= last and not are_neighbours(words, text[last:start], word, terms):
            yield first, last
            first = start
        words = [*words, word] if start < last else [word]
        last = max(last, end)
    if last >= 0:
        yield first, last


def meant_formula(text: str, start: int, end: int, formulas: list[tuple[int, int]], terms: Terms) -> tuple[int, int]:
    """The formula that a mention stands in, if it was asked for; else the mention."""
    formula = next((span for span in formulas if span[0] <= start < span[1]), None)
    return formula if formula and terms.is_meant(text[slice(*formula)]) else (start, end)


def are_neighbours(words: list[str], gap: str, next_word: str, terms: Terms) -> bool:
    """Whether a word and one of those before the gap are neighbours in the query, with nothing else between them."""
    if gap.isspace():
        return any(f"{word} {next_word}" in terms.pairs for word in words)
    if not terms.optional or len(gap) > LONGEST_STOP_WORD:
        return False
    between = [form.folded for form in words_of(gap)]
    return terms.optional.issuperset(between) and any(
        all(f"{left} {right}" in terms.pairs for left, right in pairwise([word, *between, next_word])) for word in words
    )
