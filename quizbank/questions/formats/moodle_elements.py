"""Questions asked of the elements of a Moodle XML file."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import cast

from lxml import etree

from quizbank.questions.formats.moodle_texts import Texts
from quizbank.questions.formats.xml_source import local_name, source_of

MAX_SOURCE = 8_000_000
_PACKED = re.compile(r"(<file\b[^<>]*>)([^<]{2000,})(</file>)")


def children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if local_name(child) == name]


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next((found for found in element if local_name(found) == name), None)


def text_in(element: etree._Element | None) -> str:
    """What an element says, in its ``text`` child or by itself; tags that its author did not pack stay in it."""
    if element is None:
        return ""
    inner = child(element, "text")
    if inner is None:
        return str(element.text or "")
    tags = "".join(etree.tostring(tag, encoding="unicode") for tag in inner)
    return str(inner.text or "") + tags


def word_in(element: etree._Element, name: str) -> str:
    """A short value of a child, without white space around it."""
    return text_in(child(element, name)).strip()


def is_true(word: str) -> bool | None:
    """A flag as Moodle has written it over the years, or None."""
    return {"1": True, "true": True, "0": False, "false": False}.get(word.strip().lower())


def number_in(word: str) -> Decimal | None:
    try:
        number = Decimal(word.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 100 else None


def format_of(element: etree._Element, otherwise: str = "html") -> str:
    return (element.get("format") or otherwise).strip().lower()


@dataclass
class Files:
    """The files packed into one question, decoded when a text asks for them."""

    packed: dict[str, etree._Element] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, question: etree._Element) -> "Files":
        found = cls()
        for element in cast("list[etree._Element]", list(question.iter("{*}file"))):
            folder = (element.get("path") or "/").strip("/")
            name = (element.get("name") or "").strip()
            found.packed[f"{folder}/{name}".lstrip("/")] = element
        return found

    def find(self, name: str) -> bytes | None:
        """The bytes of a file by the name a text gives it."""
        name = name.split("?")[0]
        element = self.packed.get(name)
        if element is None:
            return None
        self.asked.add(name)
        try:
            return base64.b64decode("".join((element.text or "").split()))
        except (binascii.Error, ValueError):
            return None

    @property
    def unasked(self) -> list[str]:
        return [name for name in self.packed if name and name not in self.asked]


def source_in(element: etree._Element | None, texts: Texts, otherwise: str = "html") -> str:
    """The text of an element as a source in our markup."""
    return "" if element is None else texts.source(text_in(element), format_of(element, otherwise))


def written(question: etree._Element, *, is_whole: bool) -> str:
    """The question as it stands in the file; long files packed into it only by their length unless all is wanted."""
    source = source_of(question, MAX_SOURCE)
    return source if is_whole else _PACKED.sub(lambda file: f"{file[1]}… {len(file[2])} …{file[3]}", source)
