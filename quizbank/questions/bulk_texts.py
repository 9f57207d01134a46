"""Find and replace in the texts of questions: words are replaced, what makes a picture or a tag is not. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from repository.markup import is_read_as_formula, nfc
from repository.markup.sanitising import ALLOWED_TAGS

REPLACED = ("stem", "parts", "explanation", "passage", "source")
"""The texts that words can be replaced in; accepted values of short answers are keys, and are not."""
MAX_FOUND = 500

_TAGS = "|".join(sorted(ALLOWED_TAGS, key=len, reverse=True))
_ATTRIBUTE = r"""\s+[a-zA-Z-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
_HELD = rf"(?<=\])\([^()\s]{{0,500}}\)|</?(?:{_TAGS})(?:{_ATTRIBUTE})*\s*/?>|&(?:[a-zA-Z]{{2,31}}|#\w{{1,8}});"
_FORMULA = (
    r"\$\$(?:[^$\\]|\\.)+?\$\$|\\\[.{1,4000}?\\\]|\\\(.{1,4000}?\\\)"
    r"|\\begin\{(?P<name>[a-z]+)\*?\}.{0,4000}?\\end\{(?P=name)\*?\}"
    r"|(?<!\\)\$(?:[^$\\\n]|\\.)+?\$|\\[a-zA-Z]+"
)
_KEPT = re.compile(rf"{_FORMULA}|{_HELD}", re.DOTALL)
_KEPT_WITHOUT_FORMULAS = re.compile(_HELD)


@dataclass(frozen=True)
class Replacement:
    """Words to look for and what to put there.

    ``fields``: of ``REPLACED``. ``ignores_case``: also in other cases, which the new words then take over.
    ``in_formulas``: also within formulas, which are left alone otherwise.
    """

    find: str
    put: str = ""
    fields: tuple[str, ...] = field(default=("stem", "parts", "explanation"))
    ignores_case: bool = False
    whole_words: bool = False
    in_formulas: bool = False

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        wanted = re.escape(nfc(self.find))
        bounded = rf"(?<!\w){wanted}(?!\w)" if self.whole_words else wanted
        return re.compile(bounded, re.IGNORECASE if self.ignores_case else 0)

    def within(self, text: str) -> str:
        """The text with the new words; the very same one where nothing was found."""
        composed = nfc(text)
        if not self._pattern.search(composed):
            return text
        pieces, place = [], 0
        for start, end in _kept_in(composed, formulas_too=not self.in_formulas):
            pieces += [self._in_prose(composed, place, start), composed[start:end]]
            place = end
        replaced = "".join([*pieces, self._in_prose(composed, place, len(composed))])
        return text if replaced == composed else replaced.strip()

    def _in_prose(self, text: str, start: int, end: int) -> str:
        """The part of ``text`` between these places, with the new words; a word may be bounded by what is before."""
        pieces, place = [], start
        for match in self._pattern.finditer(text, start, end):
            pieces += [text[place : match.start()], _in_case(self, match[0])]
            place = match.end()
        return "".join([*pieces, text[place:end]])


def _kept_in(text: str, *, formulas_too: bool) -> Iterator[tuple[int, int]]:
    """Where nothing is replaced: formulas, addresses of pictures, tags, entities. Two prices are no formula."""
    kept, place = _KEPT if formulas_too else _KEPT_WITHOUT_FORMULAS, 0
    while (match := kept.search(text, place)) is not None:
        is_price = match[0][0] == "$" != match[0][1] and not is_read_as_formula(match[0])
        place = match.start() + 1 if is_price else match.end()
        if not is_price:
            yield match.span()


def _in_case(replacement: Replacement, found: str) -> str:
    """The new words as large or small as those that were found."""
    put, asked = replacement.put, nfc(replacement.find)
    if found == asked:
        return put
    if found.isupper() and len(found) > 1:
        return put.upper()
    return (put[:1].upper() if found[:1].isupper() else put[:1].lower()) + put[1:]


def replacement_to_json(replacement: Replacement | None) -> dict[str, Any] | None:
    return asdict(replacement) if replacement else None


def replacement_from_json(stored: Mapping[str, Any] | None) -> Replacement | None:
    return Replacement(**{**stored, "fields": tuple(stored["fields"])}) if stored else None


def replacement_problems(replacement: Replacement) -> list[str]:
    """What is wrong with the wish itself."""
    if not replacement.find.strip():
        return ["Hãy ghi cụm từ cần tìm."]
    if max(len(replacement.find), len(replacement.put)) > MAX_FOUND:
        return ["Cụm từ dài quá 500 kí tự."]
    if nfc(replacement.find) == nfc(replacement.put):
        return ["Cụm từ mới giống cụm từ cũ."]
    if not replacement.fields or not set(replacement.fields) <= set(REPLACED):
        return ["Hãy chọn nơi cần tìm."]
    return []
