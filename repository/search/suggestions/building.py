"""Building the lexicon beside a rebuild of the index, document by document."""

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from repository.curriculum.queries import curriculum
from repository.search.documents import SearchDocument
from repository.search.suggestions.completeness import complete_phrases
from repository.search.suggestions.fresh import LECTURE, one_line
from repository.search.suggestions.lexicon import KINDS, Deletes, Lexicon, Names, Phrases, Words
from repository.search.suggestions.phrases import (
    FIRST_WORD,
    WORDS,
    Counted,
    Counts,
    Keys,
    PhraseCounter,
    length_of,
    summed,
)
from repository.search.suggestions.slips import checksums
from repository.search.suggestions.syllables import written
from repository.search.suggestions.tables import Pairs, Prefixes, Strings
from repository.search.suggestions.typed import folded_words

FEW_DOCUMENTS = 1_000
MOST_PHRASES = 120_000
MOST_PAIRS = 400_000
MOST_NAME_CHARS = 160
LENGTH_WORTH = (0.15, 1.0, 0.98, 0.96)
"""What a document is worth that has a phrase of one to four words: a single word says little."""
BEGINNING_WORTH = 100.0
"""A name found by its first word comes before all that are found by another."""
HALF = np.uint64(32)


class LexiconBuilder:
    """Takes documents one at a time; memory stays bounded. Explanations never enter."""

    def __init__(self) -> None:
        self._phrases = PhraseCounter()
        self._names: Counter[tuple[str, str, str]] = Counter()
        self._documents = 0

    def add(self, document: SearchDocument) -> None:
        self._documents += 1
        texts = [document.title, document.body, document.more, *(placed.text for placed in document.places)]
        self._phrases.add(texts)
        if document.kind == LECTURE:
            self._names["lecture", str(document.id), one_line(document.title)[:MOST_NAME_CHARS]] += 1 + document.uses
        for person in document.people:
            self._names["person", "", one_line(person)[:MOST_NAME_CHARS]] += 1
        for topic in document.facets.get("topic", ()):
            self._names["topic", topic, ""] += 1

    def finish(self) -> Lexicon:
        is_small = self._documents < FEW_DOCUMENTS
        counted = by_exact(self._phrases.counted())
        words = words_of(counted, 1 if is_small else 2)
        return Lexicon(
            documents=self._documents,
            phrases=phrases_of(counted, 2 if is_small else 3),
            names=names_of(self._names),
            words=words,
            deletes=deletes_of(words.folded),
        )


class Exact:
    """Phrases grouped by what their words are, however they are written.

    Attributes:
        forms: the exact forms; a key's word ``n`` is ``forms[n - 1]``.
        keys, counts: the phrases in exact words, ascending.
        shown: for each, the most frequent way to write it, in numbers of ``words``.
        words: the words as they were written.
    """

    def __init__(self, forms: list[str], keys: Keys, counts: Counts, shown: Keys, words: tuple[str, ...]) -> None:
        self.forms, self.keys, self.counts, self.shown, self.words = forms, keys, counts, shown, words

    def text(self, shown: int) -> str:
        numbers = ((shown >> (16 * place)) & 0xFFFF for place in reversed(range(WORDS)))
        return " ".join(self.words[number] for number in numbers if number)


def by_exact(counted: Counted) -> Exact:
    """Ways to write the same words (``hoà``, ``Hòa``) counted together."""
    numbers: dict[str, int] = {}
    forms = [written(word).exact for word in counted.words[FIRST_WORD:]]
    exact = np.array([0] * FIRST_WORD + [numbers.setdefault(form, len(numbers) + 1) for form in forms], np.uint64)
    keys = np.zeros_like(counted.keys)
    for place in range(WORDS):
        shift = np.uint64(16 * place)
        keys |= exact[((counted.keys >> shift) & np.uint64(0xFFFF)).astype(np.intp)] << shift
    order = np.lexsort((-counted.counts, keys))
    keys_there, counts = summed(keys, counted.counts)
    firsts = np.searchsorted(keys[order], keys_there)
    return Exact(list(numbers), keys_there, counts, counted.keys[order][firsts], counted.words)


def phrases_of(exact: Exact, least: int) -> Phrases:
    """The phrases worth suggesting, in the order of their folded text, the most frequent of the same text first."""
    chosen = complete_phrases(exact.keys, exact.counts, exact.forms, least)
    if len(chosen) > MOST_PHRASES:
        chosen = chosen[np.argsort(-exact.counts[chosen], kind="stable")[:MOST_PHRASES]]
    texts = [exact.text(shown) for shown in exact.shown[chosen].tolist()]
    entries = sorted(
        (" ".join(written(word).folded for word in text.split()), -count, text)
        for text, count in zip(texts, exact.counts[chosen].tolist(), strict=True)
    )
    return Phrases(
        lines_in_order([folded for folded, _, _ in entries]),
        Strings.of(text for _, _, text in entries),
        np.array([-count * LENGTH_WORTH[text.count(" ")] for _, count, text in entries], np.float32),
    )


def lines_in_order(texts: list[str]) -> Prefixes:
    starts = np.cumsum([0] + [len(text.encode()) + 1 for text in texts[:-1]], dtype=np.int32)[: len(texts)]
    return Prefixes("".join(f"{text}\n" for text in texts).encode(), starts)


def words_of(exact: Exact, least: int) -> Words:
    """Single words and pairs, numbered from the most frequent word on."""
    is_word = (length_of(exact.keys) == 1) & (exact.counts >= least)
    keys, counts = exact.keys[is_word], exact.counts[is_word]
    order = np.argsort(-counts, kind="stable")
    shown, old_numbers = exact.shown[is_word][order], (keys[order] >> np.uint64(48)).astype(np.intp)
    numbers = np.full(len(exact.forms) + 1, -1, np.int64)
    numbers[old_numbers] = np.arange(len(old_numbers))
    folded_numbers: dict[str, int] = {}
    texts = tuple(exact.text(number) for number in shown.tolist())
    folds = np.array(
        [folded_numbers.setdefault(written(text).folded, len(folded_numbers)) for text in texts], np.int32
    ).reshape(-1)
    pairs = pairs_of(exact, numbers, least)
    return Words(
        exact=tuple(exact.forms[number - 1] for number in old_numbers.tolist()),
        texts=texts,
        counts=counts[order].astype(np.int32),
        folded=tuple(folded_numbers),
        folded_counts=np.bincount(folds, counts[order], len(folded_numbers)).astype(np.int32),
        folds=folds,
        pairs=pairs,
        folded_pairs=folded_pairs_of(pairs, folds),
    )


def pairs_of(exact: Exact, numbers: NDArray[np.int64], least: int) -> Pairs:
    """The pairs of numbered words."""
    is_pair = (length_of(exact.keys) == 2) & (exact.counts >= least)
    keys, counts = exact.keys[is_pair], exact.counts[is_pair]
    left = numbers[(keys >> np.uint64(48)).astype(np.intp)]
    right = numbers[((keys >> HALF) & np.uint64(0xFFFF)).astype(np.intp)]
    kept = (left >= 0) & (right >= 0)
    if kept.sum() > MOST_PAIRS:
        kept &= counts >= np.partition(counts[kept], -MOST_PAIRS)[-MOST_PAIRS]
    packed = left[kept].astype(np.uint64) << HALF | right[kept].astype(np.uint64)
    order = np.argsort(packed)
    return Pairs(packed[order], counts[kept][order].astype(np.int32))


def folded_pairs_of(pairs: Pairs, folds: NDArray[np.int32]) -> Pairs:
    left, right = (pairs.keys >> HALF).astype(np.intp), (pairs.keys & np.uint64(0xFFFF_FFFF)).astype(np.intp)
    keys, counts = summed(
        folds[left].astype(np.uint64) << HALF | folds[right].astype(np.uint64), pairs.counts.astype(np.int64)
    )
    return Pairs(keys, counts.astype(np.int32))


def names_of(counted: Counter[tuple[str, str, str]]) -> Names:
    """Topics by their name in the curriculum, people by theirs, lectures by their titles."""
    named = [(kind, id, text or topic_name(id), weight) for (kind, id, text), weight in counted.items()]
    entries = [(folded_words(text), kind, id, text, weight) for kind, id, text, weight in named if folded_words(text)]
    lines: list[int] = []
    starts: list[tuple[int, int, float]] = []
    place = 0
    for folded, kind, _, _, weight in entries:
        lines.append(place)
        for number, word in enumerate(folded):
            starts.append((place, KINDS.index(kind), math.log1p(weight) + (0 if number else BEGINNING_WORTH)))
            place += len(word.encode()) + 1
    blob = "".join(" ".join(folded) + "\n" for folded, *_ in entries).encode()
    starts.sort(key=lambda start: blob[start[0] : start[0] + MOST_NAME_CHARS])
    return Names(
        prefixes=Prefixes(blob, np.array([place for place, _, _ in starts], np.int32)),
        lines=np.array(lines, np.int32),
        texts=Strings.of(text for _, _, _, text, _ in entries),
        ids=Strings.of(id for _, _, id, _, _ in entries),
        start_kinds=np.array([kind for _, kind, _ in starts], np.uint8),
        worth=np.array([worth for _, _, worth in starts], np.float32),
    )


def topic_name(id: str) -> str:
    topic = curriculum().find_topic(id)
    return topic.name if topic else ""


def deletes_of(words: Iterable[str]) -> Deletes:
    pairs = sorted({(checksum, number) for number, word in enumerate(words) for checksum in checksums(word)})
    sums, numbers = zip(*pairs, strict=True) if pairs else ((), ())
    return Deletes(np.array(sums, np.uint32), np.array(numbers, np.int32))
