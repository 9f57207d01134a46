"""What both engines use: suggestions, spelling and keystrokes over one lexicon and the index as it is now.

Make one per refresh of the index: what was asked of the index is remembered for as long as it holds.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache

from repository.search.documents import Suggestion
from repository.search.suggestions.completing import Completer
from repository.search.suggestions.fresh import FreshTitles
from repository.search.suggestions.keystrokes import is_formula_like, readings
from repository.search.suggestions.lexicon import Lexicon
from repository.search.suggestions.live import Live, RememberedLive
from repository.search.suggestions.query_words import OPERATOR
from repository.search.suggestions.spelling import Speller, live_words
from repository.search.suggestions.syllables import written

REMEMBERED = 2_000
WORD = re.compile(r"[^\W_]+")
MOST_READ_WORDS = 24


class Helper:
    """Engine-independent help while typing. Any text is legal everywhere."""

    def __init__(self, lexicon: Lexicon, live: Live, fresh: FreshTitles | None = None) -> None:
        self.lexicon = lexicon
        self.live = RememberedLive(live)
        self.completer = Completer(lexicon, self.live, fresh or FreshTitles())
        self._suggested = lru_cache(maxsize=REMEMBERED)(self._suggest)

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """What somebody who has typed ``text`` may want, best first: at most ``limit``, all of it published now."""
        return self._suggested(text[-200:], limit)

    def correct(self, text: str) -> str | None:
        """The query better spelt, operators kept, or None. What it gives is found in the index."""
        return self._speller.correct(text)

    def doubts(self, text: str, *, is_sound: bool = False) -> dict[str, tuple[str, ...]]:
        """Words of the query that may be slips -> what may have been meant; all folded.

        Where the query finds enough as it is (``is_sound``), only what nobody writes is doubted.
        """
        return self._speller.doubts(text, is_sound=is_sound)

    def forms_near(self, typed: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Those of the folded words of which it is known how they are written -> their forms (``text.Form.exact``)
        that are one slip away from what was typed; of lower case."""
        return self._speller.forms_near(typed, words)

    def read_keystrokes(self, text: str) -> str | None:
        """The query with its Telex or VNI keystrokes read, or None where it has none.

        A word is read when it is unknown as it stands and known as read. A word that could be both (``cos``, ``co2``)
        is read only beside one that can't, and only where the neighbours are met more often with what is read.
        """
        text = unicodedata.normalize("NFC", text)
        spans = self._query_words(text)
        read = [self._reading(text[start:end]) for start, end in spans]
        sure = [form is not None and not is_doubtful for form, is_doubtful in read]
        if not any(sure):
            return None
        words = [text[start:end] for start, end in spans]
        for place, (form, is_doubtful) in enumerate(read):
            if form is not None and (not is_doubtful or self._fits(form, words, read, place)):
                words[place] = form
        pieces, done = [], 0
        for (start, end), word in zip(spans, words, strict=True):
            pieces += [text[done:start], word]
            done = end
        return "".join([*pieces, text[done:]])

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.lexicon, self.live)

    def _suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        found = self.completer.complete(text, limit)
        if not found and text.isascii():
            for other in self._open_readings(text):
                found = found or self.completer.complete(other, limit)
        return found

    def _open_readings(self, text: str) -> list[str]:
        """The text as keystrokes, its last word not yet finished: ``phuwowng tri`` and ``dduwow``."""
        start = max((match.start() for match in WORD.finditer(text) if match.end() == len(text)), default=len(text))
        head, last = text[:start], text[start:]
        head = (self.read_keystrokes(head) or head) if head.strip() else head
        ends = readings(last) or (last,)
        return [head + end for end in ends if head + end != text]

    def _query_words(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand that may be keystrokes; names of filters are none."""
        covered = [match.span() for match in OPERATOR.finditer(text) if ":" in match.group()]
        spans = [match.span() for match in WORD.finditer(text)]
        return [span for span in spans if not any(start <= span[0] < end for start, end in covered)][:MOST_READ_WORDS]

    def _reading(self, word: str) -> tuple[str | None, bool]:
        """The known word that these keys make, and whether the keys may also be a word as they stand."""
        known = [reading for reading in readings(word) if self._count(reading)]
        if not known:
            return None, False
        best = max(known, key=self._count)
        is_word = written(word).folded in self.lexicon.words.folded_numbers or self.live.holds_words(live_words(word))
        return best, is_word or len(word) <= 2 or is_formula_like(word)

    def _count(self, word: str) -> int:
        number = self.lexicon.words.exact_numbers.get(written(word).exact, -1)
        return int(self.lexicon.words.counts[number]) if number >= 0 else 0

    def _fits(self, form: str, words: list[str], read: list[tuple[str | None, bool]], place: int) -> bool:
        """Whether the neighbours are met more often with the reading than with the word as typed."""
        beside = [
            (read[near][0] or words[near], near < place) for near in (place - 1, place + 1) if 0 <= near < len(words)
        ]
        as_read = sum(self._together(other, form, is_left) for other, is_left in beside)
        return as_read > sum(self._together(other, words[place], is_left) for other, is_left in beside)

    def _together(self, other: str, word: str, is_left: bool) -> int:
        numbers = self.lexicon.words.folded_numbers
        left, right = (other, word) if is_left else (word, other)
        first, second = numbers.get(written(left).folded, -1), numbers.get(written(right).folded, -1)
        return self.lexicon.words.folded_pairs.count(first, second) if first >= 0 and second >= 0 else 0
