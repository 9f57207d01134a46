"""Web pages in packages: their head for metadata, their text for search."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from repository.files.packages.tidying import tidy

HEAD_BYTES = 200_000
SILENT = frozenset({"script", "style", "template", "noscript", "svg", "head", "math"})
# fmt: off
BLOCKS = frozenset((
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article",
    "header", "footer", "br", "hr", "dt", "dd", "figcaption", "blockquote", "td", "th",
))
# fmt: on
CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.I)


@dataclass
class Head:
    title: str = ""
    description: str = ""
    author: str = ""
    language: str = ""


class HeadParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.head = Head()
        self._is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.head.language = values.get("lang", "")
        if tag == "title":
            self._is_in_title = not self.head.title
        if tag == "meta" and values.get("name", "").lower() in ("description", "author"):
            setattr(self.head, values["name"].lower(), tidy(values.get("content", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_in_title = False

    def handle_data(self, data: str) -> None:
        if self._is_in_title:
            self.head.title = tidy(self.head.title + data)


@dataclass
class TextParser(HTMLParser):
    """Collects what a reader would see. A stray end tag or an unclosed silent element can't hide the rest for ever."""

    limit: int
    parts: list[str] = field(default_factory=list)
    size: int = 0
    silent: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("body", "main"):
            self.silent = ""
        elif tag in SILENT and not self.silent:
            self.silent = tag
        elif tag in BLOCKS:
            self.parts.append("\n")
        elif tag == "img":
            alternative = dict(attrs).get("alt")
            self.parts.append(f" {alternative} " if alternative else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent and self.size < self.limit:
            self.parts.append(data)
            self.size += len(data)


def decoded(content: bytes) -> str:
    """A page's characters by its BOM, its declared character set, else UTF-8 and then Windows-1258."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    declared = CHARSET.search(content[:2048])
    for encoding in ("utf-8-sig", declared[1].decode("ascii", "replace") if declared else "", "cp1258"):
        try:
            return content.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


def read_head(content: bytes) -> Head:
    parser = HeadParser()
    parser.feed(decoded(content[:HEAD_BYTES]))
    return parser.head


def page_text(content: bytes, limit: int) -> str:
    """The visible text, one line a block."""
    parser = TextParser(limit)
    parser.feed(decoded(content))
    lines = (tidy(line) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)[:limit]
