"""What people may mean: phrases, names and words of the published documents, in flat tables that load at once."""

import io
import os
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repository.search.suggestions.tables import Arrays, Pairs, Prefixes, Strings

FORMAT = 1
KINDS = ("topic", "person", "lecture")


@dataclass(frozen=True)
class Phrases:
    """Phrases of one to four words by their folded text, each with its accents and what it is worth as a suggestion.

    ``phương trình`` and ``phường trình`` are two entries under one folded text, each a line of ``prefixes.blob``.
    """

    prefixes: Prefixes
    texts: Strings
    worth: NDArray[np.float32]

    def folded(self, place: int) -> str:
        start = self.prefixes.places[place]
        return self.prefixes.blob[start : self.prefixes.blob.find(b"\n", start)].decode()


@dataclass(frozen=True)
class Names:
    """Topics, people and titles of lectures, found by every word they have.

    ``prefixes.blob`` holds the folded names, each on a line of its own, and ``starts`` every beginning of a word, with
    the kind of the name and what it is worth when found by this word. ``lines[n]`` is where the n-th name begins.
    """

    prefixes: Prefixes
    lines: NDArray[np.int32]
    texts: Strings
    ids: Strings
    start_kinds: NDArray[np.uint8]
    worth: NDArray[np.float32]

    def line_of(self, place: int) -> int:
        """The name that the place in ``starts`` belongs to."""
        return bisect_right(self._lines, self.prefixes.places[place]) - 1

    def word_of(self, place: int, line: int) -> int:
        """Which word of the name it is, counted from 0."""
        return self.prefixes.blob.count(b" ", self._lines[line], self.prefixes.places[place])

    @cached_property
    def _lines(self) -> memoryview:
        return self.lines.data


@dataclass(frozen=True)
class Words:
    """The words, numbered from the most frequent on, by exact form and by folded form.

    Attributes:
        exact: the exact forms (``text.Form.exact``); ``texts`` how each is mostly written.
        counts: in how many documents each stands.
        folded: the folded forms, numbered on their own; ``folded_counts`` their documents.
        folds: exact number -> folded number.
        pairs, folded_pairs: how often they stand next to each other.
    """

    exact: tuple[str, ...]
    texts: tuple[str, ...]
    counts: NDArray[np.int32]
    folded: tuple[str, ...]
    folded_counts: NDArray[np.int32]
    folds: NDArray[np.int32]
    pairs: Pairs
    folded_pairs: Pairs

    def count_of(self, exact: int) -> int:
        """In how many documents an exact word stands."""
        return int(self._counts[exact])

    @cached_property
    def _counts(self) -> memoryview:
        return self.counts.data

    @cached_property
    def exact_numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.exact)}

    @cached_property
    def folded_numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.folded)}

    @cached_property
    def forms(self) -> tuple[memoryview, memoryview]:
        """The exact numbers in the order of their folded ones, and where each folded one begins among them."""
        order = np.argsort(self.folds, kind="stable").astype(np.int32)
        starts = np.searchsorted(self.folds[order], np.arange(len(self.folded) + 1)).astype(np.int32)
        return order.data, starts.data

    def forms_of(self, folded: int) -> list[int]:
        """The exact numbers of a folded word, the most frequent first."""
        order, starts = self.forms
        return order[starts[folded] : starts[folded + 1]].tolist()


@dataclass(frozen=True)
class Deletes:
    """Checksums of every folded word and of what is left when one letter is dropped, ascending, with the word."""

    sums: NDArray[np.uint32]
    words: NDArray[np.int32]

    def words_with(self, checksums: list[int]) -> set[int]:
        """The folded words that have one of these checksums, whole or with one letter dropped."""
        by_checksum = self._by_checksum
        return set(chain.from_iterable(by_checksum.get(checksum, ()) for checksum in checksums))

    @cached_property
    def _by_checksum(self) -> dict[int, tuple[int, ...]]:
        words, (sums, firsts) = self.words.tolist(), np.unique(self.sums, return_index=True)
        spans = pairwise([*firsts.tolist(), len(words)])
        return {checksum: tuple(words[first:end]) for checksum, (first, end) in zip(sums.tolist(), spans, strict=True)}


@dataclass(frozen=True)
class Lexicon:
    """Everything the helper knows by heart; ``documents`` is how many it was built from."""

    documents: int
    phrases: Phrases
    names: Names
    words: Words
    deletes: Deletes

    def dump(self) -> bytes:
        """One run of bytes; ``of`` reads it."""
        out = io.BytesIO()
        np.savez(out, **arrays_of(self))  # type: ignore[arg-type]
        return out.getvalue()

    def save(self, path: Path) -> None:
        """Put the file in place in one step."""
        draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
        with draft.open("wb") as file:
            file.write(self.dump())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """What was saved. An unreadable file, or one of an older format, is an empty lexicon: nothing depends on it."""
        try:
            return cls.of(path.read_bytes())
        except FileNotFoundError:
            return EMPTY

    @classmethod
    def of(cls, dumped: bytes) -> "Lexicon":
        try:
            with np.load(io.BytesIO(dumped), allow_pickle=False) as arrays:
                return lexicon_of({name: arrays[name] for name in arrays.files})
        except Exception:  # whatever garbled bytes provoke in the readers of archives and arrays
            return EMPTY


def arrays_of(lexicon: Lexicon) -> Arrays:
    phrases, names, words = lexicon.phrases, lexicon.names, lexicon.words
    return {
        "head": np.array([FORMAT, lexicon.documents]),
        **phrases.prefixes.arrays("phrase_prefixes"),
        **phrases.texts.arrays("phrase_texts"),
        "phrase_worth": phrases.worth,
        **names.prefixes.arrays("name_prefixes"),
        "name_lines": names.lines,
        **names.texts.arrays("name_texts"),
        **names.ids.arrays("name_ids"),
        "name_start_kinds": names.start_kinds,
        "name_worth": names.worth,
        "word_exact": lines_of(words.exact),
        "word_texts": lines_of(words.texts),
        "word_counts": words.counts,
        "word_folded": lines_of(words.folded),
        "word_folded_counts": words.folded_counts,
        "word_folds": words.folds,
        **words.pairs.arrays("pairs"),
        **words.folded_pairs.arrays("folded_pairs"),
        "delete_sums": lexicon.deletes.sums,
        "delete_words": lexicon.deletes.words,
    }


def lexicon_of(arrays: Arrays) -> Lexicon:
    version, documents = arrays["head"].tolist()
    if version != FORMAT:
        return EMPTY
    return Lexicon(
        documents=documents,
        phrases=Phrases(
            Prefixes.among(arrays, "phrase_prefixes"), Strings.among(arrays, "phrase_texts"), arrays["phrase_worth"]
        ),
        names=Names(
            prefixes=Prefixes.among(arrays, "name_prefixes"),
            lines=arrays["name_lines"],
            texts=Strings.among(arrays, "name_texts"),
            ids=Strings.among(arrays, "name_ids"),
            start_kinds=arrays["name_start_kinds"],
            worth=arrays["name_worth"],
        ),
        words=Words(
            exact=split_lines(arrays["word_exact"]),
            texts=split_lines(arrays["word_texts"]),
            counts=arrays["word_counts"],
            folded=split_lines(arrays["word_folded"]),
            folded_counts=arrays["word_folded_counts"],
            folds=arrays["word_folds"],
            pairs=Pairs.among(arrays, "pairs"),
            folded_pairs=Pairs.among(arrays, "folded_pairs"),
        ),
        deletes=Deletes(arrays["delete_sums"], arrays["delete_words"]),
    )


def lines_of(words: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def split_lines(raw: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(raw.tobytes().decode().split("\n")) if len(raw) else ()


NO_PLACES = np.empty(0, np.int32)
NO_WORTH = np.empty(0, np.float32)
NO_PAIRS = Pairs(np.empty(0, np.uint64), NO_PLACES)
EMPTY = Lexicon(
    documents=0,
    phrases=Phrases(Prefixes(b"", NO_PLACES), Strings.of(()), NO_WORTH),
    names=Names(
        prefixes=Prefixes(b"", NO_PLACES),
        lines=NO_PLACES,
        texts=Strings.of(()),
        ids=Strings.of(()),
        start_kinds=np.empty(0, np.uint8),
        worth=NO_WORTH,
    ),
    words=Words((), (), NO_PLACES, (), NO_PLACES, NO_PLACES, NO_PAIRS, NO_PAIRS),
    deletes=Deletes(np.empty(0, np.uint32), NO_PLACES),
)
