"""XML from strangers: no DTD, no entities, no network; bounded in size, depth, elements and attributes.

Bytes become text here (UTF-8, UTF-16, or an encoding of the Latin families that the declaration names) and reach the
parser as UTF-8, so that nothing hides from the checks in an odd encoding. HTML's named entities (``&nbsp;``), which
many tools write into XML without declaring them, become their characters.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5
from pathlib import Path
from typing import cast

from lxml import etree

from repository.errors import Invalid

MAX_BYTES = 64 << 20
"""Of a file that is read as one tree, and of one element of a stream."""
MAX_DEPTH = 200
MAX_ELEMENTS = 500_000
MAX_ATTRIBUTES = 500
MAX_PROLOG = 1 << 20
_CHUNK = 1 << 16
_HELD_BACK = 64
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_KNOWN_ENCODING = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp-?125\d|utf-16(?:le|be)?"
)
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.\-]{1,40})["']""")
_DECLARATION = re.compile(r"\A(\s*+<\?xml\s[^>]{0,300}\?>)")
_QUOTED = r"\"[^\"]*+\"|'[^']*+'"
_DOCTYPE = rf"<!DOCTYPE(?>[^\[<>\"']++|{_QUOTED})*+(?:\[(?>[^\]\"'<]++|{_QUOTED}|<!--.*?-->|<)*+\]\s*+)?>"
_PROLOG = re.compile(
    rf"\A(?>\s++|<\?.*?\?>|<!--.*?-->)*+(?P<dtd>{_DOCTYPE})?(?>\s++|<\?.*?\?>|<!--.*?-->)*+<[^!?\s]", re.DOTALL
)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_NEVER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CROWDED = re.compile(rf"<[A-Za-z_:](?:[^<>=]*+=){{{MAX_ATTRIBUTES + 1}}}")


def parse_xml(data: bytes) -> etree._Element:
    """The root of a whole document. Each element's ``sourceline`` is its line in the file.

    Raises:
        Invalid: not well-formed, declares entities, or is beyond a limit; ``facts["place"]`` is ``line N``.
    """
    if len(data) > MAX_BYTES:
        raise Invalid("Tệp XML lớn quá {limit} MB.", place="line 1", limit=MAX_BYTES >> 20)
    parser = _Parser()
    for chunk in _checked(data[start : start + _CHUNK] for start in range(0, max(len(data), 1), _CHUNK)):
        for event, element in parser.feed(chunk):
            parser.count(event, element)
    for event, element in parser.close():
        parser.count(event, element)
    return parser.root()


def iterate_xml(path: Path, tag: str) -> Iterator[etree._Element]:
    """Every element of that local name, in document order, without keeping the file; an element within another of the
    name comes with its parent. What was given out is emptied when the next is asked for.

    Raises:
        Invalid: as ``parse_xml``, when the reading comes to the faulty place.
    """
    parser = _Parser()
    open_wanted = 0
    with path.open("rb") as file:
        for chunk in _checked(iter(lambda: file.read(_CHUNK), b"")):
            for event, element in parser.feed(chunk):
                parser.count(event, element)
                is_wanted = local_name(element) == tag
                open_wanted += is_wanted and event == "start"
                if event == "start":
                    continue
                open_wanted -= is_wanted
                if is_wanted and not open_wanted:
                    yield element
                if not open_wanted:
                    parser.forget(element)
            parser.check_growth(len(chunk))
        for event, element in parser.close():
            parser.count(event, element)


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; comments and processing instructions have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace_of(element: etree._Element) -> str:
    return element.tag.rpartition("}")[0].lstrip("{") if isinstance(element.tag, str) else ""


def line_of(element: etree._Element) -> int:
    """The line of the element's start tag, 0 where the parser does not know it."""
    return cast("int | None", element.sourceline) or 0


def source_of(element: etree._Element, limit: int = 20_000) -> str:
    """The element as it stands in the file, without the text after it."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    return written if len(written) <= limit else written[: limit - 1] + "…"


class _Parser:
    """The pull parser with its limits; everything that goes wrong comes out as ``Invalid`` with a line."""

    def __init__(self) -> None:
        self._parser = etree.XMLPullParser(
            ("start", "end"),
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._depth = self._elements = self._grown = 0
        self._line = 1
        self._root: etree._Element | None = None

    def feed(self, text: str) -> Iterator[tuple[str, etree._Element]]:
        data = text.encode("utf-8", "surrogatepass")
        for start in range(0, len(data), _CHUNK):
            yield from self._events(self._parser.feed, data[start : start + _CHUNK])

    def close(self) -> Iterator[tuple[str, etree._Element]]:
        yield from self._events(self._parser.close)

    def _events(self, step: Callable[..., object], *data: bytes) -> Iterator[tuple[str, etree._Element]]:
        fault: Exception | None = None
        try:
            step(*data)
        except (etree.XMLSyntaxError, MemoryError, ValueError, LookupError, AssertionError) as error:
            fault = error
        for event, element in self._parser.read_events():
            yield str(event), cast(etree._Element, element)
        if fault is not None:
            raise (self._broken(fault) if isinstance(fault, etree.XMLSyntaxError) else _too_much(self._line)) from fault

    def _broken(self, error: etree.XMLSyntaxError) -> Invalid:
        """What the parser says of the first place it could not read past."""
        fatal = next(iter(self._parser.feed_error_log.filter_from_fatals()), None)
        said = str(fatal.message if fatal else error.msg or error)
        return _broken(int((fatal.line if fatal else error.lineno) or self._line), said.split(", line ")[0][:200])

    def count(self, event: str, element: etree._Element) -> None:
        if event == "end":
            self._depth -= 1
            return
        self._root = element if self._root is None else self._root
        self._depth += 1
        self._elements += 1
        self._line = line_of(element) or self._line
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS or len(element.attrib) > MAX_ATTRIBUTES:
            raise _too_much(self._line)

    def check_growth(self, characters: int) -> None:
        self._grown += characters
        if self._grown > MAX_BYTES:
            raise _too_much(self._line)

    def forget(self, element: etree._Element) -> None:
        """Empty what was read and drop what came before it, so that memory does not grow with the file."""
        self._grown = self._elements = 0
        element.clear()
        while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
            parent.remove(before)

    def root(self) -> etree._Element:
        if self._root is None:
            raise _broken(1, "empty")
        return self._root


def _broken(line: int, reason: str) -> Invalid:
    return Invalid("Dòng {line}: tệp XML sai cú pháp ({reason}).", place=f"line {line}", line=line, reason=reason)


def _too_much(line: int) -> Invalid:
    return Invalid("Dòng {line}: tệp XML quá lớn hoặc lồng quá sâu.", place=f"line {line}", line=line)


def _checked(chunks: Iterable[bytes]) -> Iterator[str]:
    """The document as text, piece by piece, after every check that needs no parser."""
    line, crowd, held = 1, 0, ""
    for text in _from_root(_decoded(chunks)):
        text, held = held + text, ""
        if (found := _NEVER.search(text)) is not None:
            at = line + text.count("\n", 0, found.start())
            raise Invalid("Dòng {line}: tệp XML có kí tự điều khiển.", place=f"line {at}", line=at)
        if (crowd := _crowd_of(text, crowd)) > MAX_ATTRIBUTES:
            raise _too_much(line)
        cut = text.rfind("&", max(0, len(text) - _HELD_BACK))
        text, held = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
        line += text.count("\n")
        yield _NAMED.sub(_character, text)
    if held:
        yield _NAMED.sub(_character, held)


def _crowd_of(text: str, crowd: int) -> int:
    """How many attributes the tag has that is open at the end of this piece; more than allowed where any tag has."""
    if _CROWDED.search(text):
        return MAX_ATTRIBUTES + 1
    opened, closed = text.rfind("<"), text.rfind(">")
    if opened < 0 and closed < 0:
        return crowd + text.count("=") if crowd else 0
    is_open = opened > closed and text[opened + 1 : opened + 2] not in ("!", "?")
    return max(1, text.count("=", opened)) if is_open else 0


def _from_root(texts: Iterable[str]) -> Iterator[str]:
    """The text without its XML declaration and its DTD, from where the root begins."""
    start = ""
    texts = iter(texts)
    for text in texts:
        start = (start + text).removeprefix("\ufeff")
        if (prolog := _PROLOG.match(start)) is not None:
            start = _without_dtd(start, prolog)
            break
        if len(start) > MAX_PROLOG:
            raise _too_much(1)
    else:
        raise _broken(1, "no element found")
    yield _DECLARATION.sub(lambda found: "\n" * found[1].count("\n"), start, count=1)
    yield from texts


def _without_dtd(text: str, prolog: re.Match[str]) -> str:
    """The document without its DTD, which nobody needs to read the questions; its lines stay.

    Raises:
        Invalid: the DTD declares entities.
    """
    dtd = prolog["dtd"] or ""
    if "<!ENTITY" in dtd:
        line = text.count("\n", 0, text.index("<!ENTITY")) + 1
        raise Invalid("Dòng {line}: tệp XML khai báo thực thể riêng, không an toàn.", place=f"line {line}", line=line)
    start, end = prolog.span("dtd")
    return text[:start] + "\n" * dtd.count("\n") + text[end:] if dtd else text


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder: codecs.IncrementalDecoder | None = None
    line = 1
    for chunk in chunks:
        decoder = decoder or codecs.getincrementaldecoder(_encoding_of(chunk))("strict")
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line += chunk.count(b"\n", 0, error.start)
            raise _broken(line, f"not {error.encoding}") from error
        line += text.count("\n")
        yield text
    if decoder is not None and decoder.getstate()[0]:
        raise _broken(line, "cut within a character")


def _encoding_of(start: bytes) -> str:
    for sign, encoding in (*_BOMS, *_STARTS):
        if start.startswith(sign):
            return encoding
    declared = _ENCODING.match(start)
    name = declared[1].decode().lower() if declared else "utf-8"
    if not _KNOWN_ENCODING.fullmatch(name):
        raise _broken(1, f"encoding {name}")
    try:
        return "utf-8" if name.startswith("utf-16") else codecs.lookup(name).name
    except LookupError as error:
        raise _broken(1, f"encoding {name}") from error


def _character(named: re.Match[str]) -> str:
    meant = html5.get(named[1])
    return named[0] if meant is None else meant.replace("&", "&amp;").replace("<", "&lt;")
