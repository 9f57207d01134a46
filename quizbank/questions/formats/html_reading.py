"""From foreign HTML to a source in our markup, tag by tag; what has no place in it is dropped and named.

Marks in the text under work, all of them characters that never come from outside: ``\ufdd0N\ufdd1`` stands for a
finished piece, ``\ufdd2`` for a line end, ``\ufdd3`` for the end of a paragraph, ``\ufdd4`` and ``\ufdd5`` for a line
end and a blank in ``<pre>``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote

from quizbank.questions.formats import html_formulas, html_tags
from quizbank.questions.formats.html_escapes import escape_text
from quizbank.questions.formats.html_formulas import DISGUISED, MATHML, lift_formulas
from quizbank.questions.formats.html_tags import GONE, LONE_GONE, MEDIA, PARAGRAPHS, SOUNDLESS, TAG
from quizbank.questions.problems import Problem, problem
from repository.errors import TooLarge
from repository.markup import nfc
from repository.markup.sanitising import MAX_CHARACTERS, MAX_DEPTH, check_html_size

Picture = Callable[[str], str | None]

_LINE, _PARAGRAPH, _PRE_LINE, _PRE_BLANK = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
_HOLE = re.compile("\ufdd0([0-9]+)\ufdd1")
_DATA = re.compile(r"""(?P<quote>["'])\s*(?P<uri>data:[^"'<>]{60,}?)(?P=quote)""", re.IGNORECASE)
_DATA_NAME = re.compile(r"data:#([0-9]+)")
_BLANK = re.compile(r"<u\b[^<>]*>(?:\s|&nbsp;|&\#160;){2,}</u>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_SPACES = re.compile(r"[ \n\t\r\f]+")
_AROUND_LINE = re.compile(f" *([{_LINE}{_PARAGRAPH}]) *")
_AROUND_PARAGRAPH = re.compile(f"[{_LINE}{_PARAGRAPH}]*{_PARAGRAPH}[{_LINE}{_PARAGRAPH}]*")
_INLINE = "b|strong|i|em|u|s|sub|sup|code"
_EMPTY = re.compile(rf"<({_INLINE})>(\s*)</\1>")
_SPLIT = re.compile(r"</(b|strong|i|em|u|s|sub|sup)><\1>")
_BLOCK_NAMES = "|".join(html_tags.KEPT_BLOCKS)
_BLOCK = re.compile(rf"</?(?:{_BLOCK_NAMES})\b")
_AFTER_BLOCK = re.compile(rf"(<(?:{_BLOCK_NAMES})\b[^<>]*>)[{_LINE}{_PARAGRAPH} ]+")
_BEFORE_BLOCK = re.compile(rf"[{_LINE} ]+(</?(?:{_BLOCK_NAMES})\b[^<>]*>)")
_LINES = re.compile(f"{_LINE}{{2,}}")
_BLANKS = re.compile(" {2,}")
_SIGN = r"(?:[^\W_]|[.,;:?%()+=/*'\"|@#–—“”…-])"
_PLAIN = re.compile(rf"(?:<p>)?(?P<text>{_SIGN}+(?: {_SIGN}+)*)(?:</p>)?")
"""A text without anything to read in it, as most options are."""
_WRITTEN = {0xFDD2: "\n", 0xFDD3: "\n\n", 0xFDD4: "\n", 0xFDD5: " "}
_ITEMS = {
    "p": {"p"},
    "li": {"li"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "thead": {"td", "th", "tr", "thead"},
    "tbody": {"td", "th", "tr", "thead", "tbody"},
}
"""What a tag closes that its author left open."""
_SCOPES = frozenset({"ul", "ol", "table"})


@dataclass(frozen=True)
class _Open:
    name: str
    closers: tuple[str, ...]
    is_block: bool


@dataclass
class Reading:
    """One text under work; ``problems`` collects what was dropped or not read."""

    picture: Picture
    pieces: list[str] = field(default_factory=list)
    uris: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    pre_depth: int = 0
    block_depth: int = 0

    def read(self, html: str) -> str:
        if (plain := _PLAIN.fullmatch(html)) is not None and len(html) <= MAX_CHARACTERS:
            return nfc(plain["text"])
        return self._read(html)

    def _read(self, html: str) -> str:
        html = nfc(_DATA.sub(self._set_uri_apart, html) if "data:" in html or "DATA:" in html else html)
        if len(html) > MAX_CHARACTERS:
            self.note("too-long", limit=MAX_CHARACTERS)
            html = html[:MAX_CHARACTERS]
        if "<" in html:
            html = self._without_foreign_elements(html)
        self._tokens(html)
        text = lift_formulas("".join(self.out), self.hole)
        is_lone_dollar = text.count("$") == 1 and not any("$" in piece for piece in self.pieces)
        source = self._finish(text)
        return source.replace("\\$", "$") if is_lone_dollar and "\\\\$" not in source else source

    def _without_foreign_elements(self, html: str) -> str:
        html = GONE.sub(self._gone, html)
        try:
            check_html_size(html)
        except TooLarge as error:
            self.problems.append(problem("unreadable-part", what=str(error)))
            html = TAG.sub(" ", html)
        html = MATHML.sub(lambda match: self.hole(self._mathml(match[0])), html)
        return _BLANK.sub("_____", html)

    def hole(self, piece: str) -> str:
        self.pieces.append(piece)
        return f"\ufdd0{len(self.pieces) - 1}\ufdd1"

    def note(self, code: str, **facts: object) -> None:
        found = problem(code, **facts)
        if found not in self.problems:
            self.problems.append(found)

    def _set_uri_apart(self, match: re.Match[str]) -> str:
        self.uris.append(match["uri"])
        return f"{match['quote']}data:#{len(self.uris) - 1}{match['quote']}"

    def _gone(self, match: re.Match[str]) -> str:
        name = match["name"].lower()
        address = html_tags.attributes_of(match["attributes"]).get("src", "")
        if name not in SOUNDLESS or name in {"script", "style"}:
            self._lose(name, address)
        return " "

    def _lose(self, name: str, address: str) -> None:
        """A film or a recording may be what the question is about; a script is not."""
        code = "unreadable-part" if name in MEDIA else "dropped"
        self.note(code, what=f"<{name}> {address}".strip()[:200])

    def _mathml(self, written: str) -> str:
        mathml = html_formulas.mathml_in(written)
        tex = html_formulas.tex_of_mathml(mathml)
        if tex is None:
            words = " ".join(unescape(re.sub(r"<[^<>]*>", " ", mathml)).split())
            self.note("unreadable-part", what=f"công thức MathML “{words[:100]}”")
            return escape_text(words)
        return html_formulas.formula_of(tex, is_display=html_formulas.is_display_mathml(mathml)) if tex else ""

    def _tokens(self, html: str) -> None:
        place = 0
        for match in TAG.finditer(html):
            name = (match["name"] or "").lower()
            if name and name not in html_tags.KNOWN and ":" not in name:
                continue
            self._text(html[place : match.start()])
            place = match.end()
            if match["cdata"]:
                self._text(match["cdata"])
            elif name and match["closing"]:
                self._close(name)
            elif name:
                self._open(name, html_tags.attributes_of(match["attributes"]))
        self._text(html[place:])
        while self.opened:
            self._pop()

    def _text(self, written: str) -> None:
        if not written:
            return
        if "«" in written:
            written = DISGUISED.sub(lambda match: self.hole(self._mathml(match[0])), written)
        text = _ENTITY.sub(lambda match: nfc(unescape(match[0])), written) if "&" in written else written
        if self.pre_depth:
            text = text.expandtabs(4).replace("\n", _PRE_LINE).replace(" ", _PRE_BLANK)
        else:
            text = _SPACES.sub(" ", text)
        self.out.append(text)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ITEMS:
            self._close_left_open(name)
        if name == "br":
            self.out.append(_PRE_LINE if self.pre_depth else _LINE)
        elif name == "img":
            self._image(attributes)
        elif name in LONE_GONE:
            self._lose(name, attributes.get("src", attributes.get("type", "")))
        elif name in html_tags.KEPT_BLOCKS:
            self._open_block(name, attributes)
        else:
            if name in PARAGRAPHS:
                self._paragraph()
            if name not in {"hr", "wbr", "col", "meta", "link", "source", "track", "param", "base", "input"}:
                self._open_inline(name, attributes)

    def _open_inline(self, name: str, attributes: dict[str, str]) -> None:
        meant = html_tags.MEANT.get(name, name)
        tags: tuple[str, ...] = (meant,) if meant in html_tags.KEPT_INLINE else ()
        if name in {"span", "font"}:
            tags = html_tags.styles_of(attributes)
        openings = [f"<{tag}>" for tag in tags]
        if name == "a":
            tags, openings = self._link(attributes)
        self.out += [self.hole(opening) for opening in openings if self._is_shallow()]
        closers = tuple(f"</{tag}>" for tag in reversed(tags)) if self._is_shallow() else ()
        self.opened.append(_Open(name, closers, is_block=False))

    def _is_shallow(self) -> bool:
        return sum(1 for entry in self.opened if entry.closers) < MAX_DEPTH - 4

    def _link(self, attributes: dict[str, str]) -> tuple[tuple[str, ...], list[str]]:
        if href := html_tags.link_of(attributes):
            return ("a",), [f'<a href="{href.replace("&", "&amp;")}">']
        if (href := attributes.get("href", "")) and not href.startswith("#"):
            self.note("unreadable-part", what=f"tệp hay trang ở liên kết {href[:200]}")
        return (), []

    def _close_left_open(self, name: str) -> None:
        """Close what this tag ends although its author did not say so."""
        for place in range(len(self.opened) - 1, -1, -1):
            if self.opened[place].name in _SCOPES or (name == "p" and self.opened[place].is_block):
                break
            if self.opened[place].name in _ITEMS[name]:
                while len(self.opened) > place:
                    self._pop()

    def _open_block(self, name: str, attributes: dict[str, str]) -> None:
        if not self._is_shallow():
            self.opened.append(_Open(name, (), is_block=False))
            return
        self._paragraph()
        self.out.append(self.hole(html_tags.opening_tag(name, attributes)))
        self.opened.append(_Open(name, (f"</{name}>",), is_block=True))
        self.block_depth += 1
        self.pre_depth += name == "pre"

    def _close(self, name: str) -> None:
        """Close the nearest open tag of the name, and what was left open in it."""
        if name == "br":
            self.out.append(_LINE)
        place = next((place for place in range(len(self.opened) - 1, -1, -1) if self.opened[place].name == name), None)
        if place is not None and not any(entry.is_block for entry in self.opened[place + 1 :] if name not in _SCOPES):
            while len(self.opened) > place:
                self._pop()
        if name in PARAGRAPHS:
            self._paragraph()

    def _pop(self) -> None:
        entry = self.opened.pop()
        self.out += [self.hole(closer) for closer in entry.closers]
        if entry.is_block:
            self.block_depth -= 1
            self.pre_depth -= entry.name == "pre"
            self._paragraph()

    def _paragraph(self) -> None:
        self.out.append(_PARAGRAPH)

    def _image(self, attributes: dict[str, str]) -> None:
        tex, mathml = html_formulas.formula_in_picture(attributes)
        if mathml or tex:
            self.out.append(self.hole(self._mathml(mathml) if mathml else html_formulas.formula_of(tex)))
            return
        address = attributes.get("src", "").strip()
        if (apart := _DATA_NAME.fullmatch(address)) and int(apart[1]) < len(self.uris):
            address = self.uris[int(apart[1])]
        alt = " ".join(attributes.get("alt", "").translate(str.maketrans("[]", "()")).split())[:500]
        if not address:
            self.note("dropped", what=f"hình không có địa chỉ “{alt}”")
            return
        target = self.picture(address) or address
        target = re.sub(r"[()\s]", lambda sign: quote(sign[0]), target)
        if len(target) > 500:
            self.note("unreadable-part", what=f"hình {address[:60]}…")
            return
        self.out.append(self.hole(f"![{alt}]({target})"))

    def _finish(self, text: str) -> str:
        """Tidy the white space, escape what is text, and put the pieces back."""
        depth = 0
        pieces: list[str] = []
        place = 0
        text = _AROUND_LINE.sub(r"\1", text)
        for hole in _HOLE.finditer(text):
            piece = self.pieces[int(hole[1])]
            between = text[place : hole.start()]
            is_block = bool(_BLOCK.match(piece))
            pieces += [self._prose(between, depth), piece]
            depth += is_block and (-1 if piece.startswith("</") else 1)
            place = hole.end()
        pieces.append(self._prose(text[place:], depth))
        return _tidied("".join(pieces))

    def _prose(self, text: str, depth: int) -> str:
        """Text between two pieces; in a block the end of a paragraph is no more than that of a line."""
        text = _AROUND_PARAGRAPH.sub(_LINE if depth else _PARAGRAPH, text)
        return escape_text(text)


def _tidied(source: str) -> str:
    if "<" in source:
        source = _BEFORE_BLOCK.sub(r"\1", _AFTER_BLOCK.sub(r"\1", source))
        for _ in range(3):
            source = _SPLIT.sub("", _EMPTY.sub(r"\2", source))
    if _LINE in source or _PARAGRAPH in source:
        source = _AROUND_PARAGRAPH.sub(_PARAGRAPH, _AROUND_LINE.sub(r"\1", source))
        source = _LINES.sub(_PARAGRAPH, source)
    return _BLANKS.sub(" ", source).translate(_WRITTEN).strip()
