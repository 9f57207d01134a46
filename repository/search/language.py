"""The query language: words, ``"a phrase"``, ``-left out`` and ``môn:toán lớp:12``. Any string is legal.

Quotes may be ``" "``, ``“ ”`` or ``« »``; one that is not closed is nothing. A minus leaves out when it stands before
a word or a quote and after a space; a negative number, a formula's minus and a dash do not. Filters have the names of
``words/fields.tsv`` and take names or ids, several with commas between, in quotes where they must; what nobody knows
as a filter or value is words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from repository import markup
from repository.search.naming import AS_TYPED, field_of, filters_of, narrowed
from repository.search.terms import MAX_QUERY_CHARS, Terms, terms_of
from repository.search.text import PILE, Form, words_of

SIGNS = re.compile(r"(?P<minus>(?<!\S)-(?=[\"“”„«]|[^\W\d_]{2}))|(?P<quote>[\"“”„«])|(?P<colon>[:：])")
BEFORE_A_MINUS_OF_MATHS = tuple("=+*/<>^([{,.·×−")
CLOSING = {"«": re.compile("»")} | dict.fromkeys('"“”„', re.compile('["“”]'))
WORD = re.compile(r"[^\s\"“”„«»]+")
VALUE_WORD = re.compile(r"[^\s,;\"“”„«»]+|,")
CAPITAL = "".join(filter(str.isupper, map(chr, [*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)])))
CAPITALISED = re.compile(rf"[{CAPITAL}][^\s,\"“”„«»]*(?: (?:[{CAPITAL}][^\s,\"“”„«»:]*|\d+)(?![^\s,\"“”„«»]))*")
BEFORE_COLON = re.compile(r"[^\W\d_]+(?:[ \-_][^\W\d_]+){0,3}\s?\Z")

MAX_VALUE_WORDS = 10
MAX_VALUE_CHARS = 200
MAX_FILTERS = 12
MAX_RUNS = 16

Run = tuple[Form, ...]


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
        said: the text without its filters, its quotes and minuses kept; ``text_of`` puts filters to it again.
    """

    terms: Terms
    phrases: tuple[Run, ...] = ()
    excluded: tuple[Run, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain: str = ""
    said: str = ""


def asked_of(text: str) -> Asked:
    """Read a query text; what makes no sense as an operator is a word."""
    text = markup.nfc(PILE.sub(r"\1", text[:MAX_QUERY_CHARS]))
    if not SIGNS.search(text):
        return Asked(terms_of(text), plain=text.strip(), said=text.strip())
    return Reading(text).asked()


def text_of(asked: Asked) -> str:
    """The query written anew, its filters last and by their ids; reading it gives the same filters and words."""
    filters = (f"{name}:{','.join(map(quoted, values))}" for name, values in asked.filters.items())
    return " ".join(filter(None, (asked.said, *filters)))


def quoted(value: str) -> str:
    return value if re.fullmatch(r"[\w.\-]+", value) else f'"{value}"'


class Reading:
    """One pass over a query text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.plain: list[str] = []
        self.said: list[str] = []
        self.phrases: list[Run] = []
        self.excluded: list[Run] = []
        self.demanded: set[str] = set()
        self.filters: dict[str, tuple[str, ...]] = {}
        self.colons = 0

    def asked(self) -> Asked:
        sign = SIGNS.search(self.text)
        while sign:
            reader = {"minus": self.read_minus, "quote": self.read_quote, "colon": self.read_colon}
            end = reader[str(sign.lastgroup)](sign.start(), sign.end())
            self.place = max(self.place, end or 0)
            sign = SIGNS.search(self.text, end or sign.end())
        self.keep_words(len(self.text))
        if "topic" in self.filters:
            places = self.filters.get("subject", ()), self.filters.get("grade", ())
            self.filters["topic"] = narrowed(self.filters["topic"], *places)
        plain = " ".join(self.plain)
        return Asked(
            terms=self.strict(terms_of(plain)),
            phrases=tuple(dict.fromkeys(self.phrases))[:MAX_RUNS],
            excluded=tuple(dict.fromkeys(self.excluded))[:MAX_RUNS],
            filters=self.filters,
            plain=plain,
            said=" ".join(self.said),
        )

    def strict(self, terms: Terms) -> Terms:
        """The terms; those in quotes are meant as they are written."""
        if not self.demanded:
            return terms
        others = {word: runs for word, runs in terms.alternatives.items() if word not in self.demanded}
        return replace(terms, optional=terms.optional - self.demanded, alternatives=others)

    def keep_words(self, end: int) -> None:
        """What was not read as an operator up to here is words."""
        if words := self.text[self.place : end].strip(" ,\n\t"):
            self.plain.append(words)
            self.said.append(words)

    def read_minus(self, start: int, end: int) -> int | None:
        if self.text[:start].rstrip().endswith(BEFORE_A_MINUS_OF_MATHS):
            return None
        if self.text[end] in CLOSING:
            inside, after = self.inside_quotes(end)
        else:
            word = WORD.match(self.text, end)
            inside, after = (word.group(), word.end()) if word else ("", None)
        run = tuple(words_of(inside))
        if not run or after is None:
            return None
        self.keep_words(start)
        self.excluded.append(run)
        self.said.append(self.text[start:after])
        return after

    def read_quote(self, start: int, end: int) -> int | None:
        inside, after = self.inside_quotes(start)
        if after is None:
            return None
        self.keep_words(start)
        self.demand(inside, self.text[start:after])
        return after

    def demand(self, phrase: str, written: str) -> None:
        run = tuple(words_of(phrase))
        if not run:
            return
        if len(run) > 1:
            self.phrases.append(run)
        self.demanded |= {word.folded for word in run}
        self.plain.append(phrase.strip())
        self.said.append(written)

    def inside_quotes(self, start: int) -> tuple[str, int | None]:
        """What stands between the quote at ``start`` and its end, and the place after that; None if it has none."""
        closing = CLOSING[self.text[start]].search(self.text, start + 1)
        return (self.text[start + 1 : closing.start()], closing.end()) if closing else ("", None)

    def read_colon(self, start: int, end: int) -> int | None:
        self.colons += 1
        before = BEFORE_COLON.search(self.text, max(self.place, start - 40), start)
        if not before or self.colons > MAX_FILTERS:
            return None
        words = list(re.finditer(r"[^\W\d_]+", before.group()))
        for word in words:
            name_start = before.start() + word.start()
            is_word_start = name_start == 0 or not self.text[name_start - 1].isalnum()
            facet = field_of(self.text[name_start:start]) if is_word_start else None
            if facet:
                return self.read_values(facet, name_start, end)
        return None

    def read_values(self, facet: str, start: int, end: int) -> int | None:
        """Read values until one is not known; the comma before that one is not read either."""
        after: int | None = None
        found: dict[str, tuple[str, ...]] = {}
        place = self.skip_spaces(end)
        while place < len(self.text):
            value_end, read = self.typed_value(facet, place) if facet in AS_TYPED else self.known_value(facet, place)
            if not read:
                break
            for name, values in read.items():
                found[name] = (*found.get(name, ()), *values)
            after = value_end
            if not self.text.startswith(",", value_end):
                break
            place = self.skip_spaces(value_end + 1)
        if after is not None:
            self.keep_words(start)
            self.keep_filters(found)
        return after

    def skip_spaces(self, place: int) -> int:
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        return place

    def keep_filters(self, found: dict[str, tuple[str, ...]]) -> None:
        for author in found.pop("author", ()):
            self.demand(author, f'"{author}"')
        for name, values in found.items():
            self.filters[name] = tuple(dict.fromkeys((*self.filters.get(name, ()), *values)))

    def typed_value(self, facet: str, place: int) -> tuple[int, Mapping[str, tuple[str, ...]]]:
        """A value that no list knows, and where it ends: in quotes, or the words with capitals, or one word."""
        if self.text[place] in CLOSING:
            value, closed = self.inside_quotes(place)
            end = closed or place
        else:
            capitals = CAPITALISED.match(self.text, place) or VALUE_WORD.match(self.text, place)
            value, end = (capitals.group(), capitals.end()) if capitals else ("", place)
        return end, {facet: (" ".join(value.split()),)} if words_of(value) else {}

    def known_value(self, facet: str, place: int) -> tuple[int, Mapping[str, tuple[str, ...]]]:
        """The longest run of words that is a value, and where it ends."""
        if self.text[place] in CLOSING:
            inside, after = self.inside_quotes(place)
            return after or place, filters_of(facet, inside[:MAX_VALUE_CHARS]) if after else {}
        ends: list[int] = []
        end = place
        while len(ends) < MAX_VALUE_WORDS and (word := VALUE_WORD.match(self.text, end)):
            ends.append(word.end())
            end = self.skip_spaces(word.end())
        for end in reversed(ends):
            if self.text[end - 1] != "," and (read := filters_of(facet, self.text[place:end][:MAX_VALUE_CHARS])):
                return end, read
        return place, {}
