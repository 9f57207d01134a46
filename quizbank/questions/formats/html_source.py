"""Texts of foreign files, in HTML, as sources in the markup of ``repository.markup``, and back; shared by every format.

Kept: paragraphs and lines, bold, italic, underlined, struck out, raised and lowered text (also from styles), lists,
tables, quotations, code, links to the web, pictures, and formulas written as ``\\(..\\)``, ``\\[..\\]``, ``$$..$$``,
``$..$``, ``[tex]..[/tex]``, MathML (WIRIS's too) or pictures that carry their TeX. Text that only looks like our
markup is escaped. What has no place (scripts, films, forms) is dropped and named.
"""

import re
from collections.abc import Callable
from html import unescape

from quizbank.questions.formats.html_reading import Reading
from quizbank.questions.formats.html_writing import PICTURE, SOURCE_ATTRIBUTE, Address, html_of_source, with_source
from quizbank.questions.problems import Problem

_SPECIAL = re.compile(r"[<>&$\\!«\x00-\x1f\x7f\xa0\xad\u0300-\u036f\u2000-\u206f\ud800-\uffff]|\[tex\]", re.IGNORECASE)
_ONE_PARAGRAPH = re.compile(r"\s*<p>([^<>]*)</p>\s*\Z")
_OURS = re.compile(
    rf'\A\s*<(?P<name>span|div) {SOURCE_ATTRIBUTE}="(?P<source>[^"]*)">(?P<html>.*)</(?P=name)>\s*\Z', re.DOTALL
)


def source_of_html(html: str, picture: Callable[[str], str | None]) -> tuple[str, tuple[Problem, ...]]:
    """The source, and what was dropped or could not be read.

    Args:
        html: a fragment, of any quality.
        picture: gives the target of a picture by its address, which may be a ``data:`` URI; None keeps the address as
            the target, so that the import looks for it beside the file and reports it when it is not there.
    """
    if (alone := _ONE_PARAGRAPH.match(html)) is not None:
        html = alone[1]
    if not _SPECIAL.search(html):
        return " ".join(html.split()), ()
    ours = _OURS.match(html) if SOURCE_ATTRIBUTE in html else None
    reading = Reading(picture)
    source = reading.read(ours["html"] if ours else html)
    return _source_sent_along(ours, source) if ours else source, tuple(reading.problems)


def html_with_source(source: str, address: Address) -> str:
    """HTML that ``source_of_html`` turns into exactly this source again, pictures aside.

    Raises:
        TooLarge: as ``render``.
    """
    html = html_of_source(source, address)
    again = Reading(lambda _address: None).read(html_of_source(source, lambda target: target))
    return html if again == source else with_source(html, source)


def _source_sent_along(ours: re.Match[str], read: str) -> str:
    """The source that came along, unless the HTML beside it was changed meanwhile: then what was read."""
    targets = iter(found["target"] for found in PICTURE.finditer(read))
    sent = PICTURE.sub(lambda found: f"![{found['alt']}]({next(targets, found['target'])})", unescape(ours["source"]))
    again = Reading(lambda _address: None).read(html_of_source(sent, lambda target: target))
    return sent if again == read else read
