"""From the source that people write to the HTML and the plain text that are stored beside it.

The source is plain text with formulas (``$..$``, ``$$..$$``, ``\\(..\\)``, ``\\[..\\]``, environments, and bare
TeX), pictures ``![alt](media:SHA256)``, ``\\underline{..}`` and its like, and a small HTML subset. Whatever is
none of these is text, a ``<`` included.

Formulas, pictures and tags are lifted out first and put back last, so that neither paragraphs nor
sanitisers ever see TeX. Text is escaped here; only where the source itself has tags do the sanitisers run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape

from repository.errors import TooLarge
from repository.markup.characters import nfc
from repository.markup.formulas import formulas_in
from repository.markup.maths import MAX_TEX_CHARACTERS, find_mathml
from repository.markup.sanitising import ALLOWED_TAGS, BLOCK_TAGS, MAX_CHARACTERS, check_html_size, sanitise

MAX_LIFTED = 10_000
REMEMBERED_CHARACTERS = 5_000
MAX_COMMAND_DEPTH = 12
_MAX_ARGUMENT = 1_500
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"

_SPECIAL = re.compile(r"[<>&$\\^_\n\t]|!\[")
_HOLE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_COMMANDS = {"underline": "u", "uline": "u", "textbf": "b", "textit": "i", "emph": "i", "texttt": "code"}
_ATTRIBUTE = r"""\s+[a-zA-Z-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+)"""
_TAG = rf"</?(?:{'|'.join(sorted(ALLOWED_TAGS, key=len, reverse=True))})(?:{_ATTRIBUTE})*\s*/?>"
_BODY = r"(?:(?!\\begin\{(?P=name)).)"
_LIFT = re.compile(
    rf"""
    \$\$(?P<display>(?:[^$\\]|\\.)+?)\$\$
  | \\\[(?P<bracket>(?:(?!\\\[).){{1,{MAX_TEX_CHARACTERS}}}?)\\\]
  | \\\((?P<paren>(?:(?!\\\().){{1,{MAX_TEX_CHARACTERS}}}?)\\\)
  | (?P<environment>\\begin\{{(?P<name>[a-z]+)\*?\}}{_BODY}{{0,{MAX_TEX_CHARACTERS}}}?\\end\{{(?P=name)\*?\}})
  | (?<!\\)\$(?P<inline>(?:[^$\\\n]|\\.|\n(?!\s*\n))+?)\$
  | \\(?P<dollar>[$])
  | !\[(?P<alt>[^\]\n]{{0,500}})\]\((?P<target>[^()\s]{{0,500}})\)
  | \\(?P<command>{"|".join(_COMMANDS)})\s?\{{
  | (?P<tag>{_TAG})
  | (?P<entity>&(?:[a-zA-Z]{{2,31}}|\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}});)
    """,
    re.VERBOSE | re.DOTALL,
)
_EDGE = re.compile(r"[{}]|\n\n")
_CODE_TAG = re.compile(r"<(?P<closes>/?)(?P<name>code|pre)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_SOURCE_OF_IMAGE = re.compile(r"""(\ssrc\s*=\s*["']?)media:""", re.IGNORECASE)
_MEDIA = re.compile(r"media:([0-9a-f]{64})")
_HAS_TEX = re.compile(r"[\\^_{}=<>+]")
_PROSE = re.compile(r"\\(?:text(?:rm|bf|it)?|mathrm|mbox)\s*\{[^{}]*\}")
_MARKED_WORD = re.compile(r"[a-zA-Z]*[\u00c0-\u024f\u1e00-\u1eff][\u0061-\u007a\u00c0-\u024f\u1e00-\u1eff]*")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True)
class Rendered:
    """``html`` is safe to show as it is, one paragraph without its ``<p>``; ``text`` is for search and records."""

    html: str
    text: str


@dataclass(frozen=True)
class _Lifted:
    """Something that is not text: finished HTML (``is_source`` False) or a tag of the source, to be sanitised."""

    html: str
    text: str
    is_source: bool = False
    is_block: bool = False


@dataclass
class _Draft:
    lifted: list[_Lifted] = field(default_factory=list)

    def keep(self, piece: _Lifted) -> str:
        if len(self.lifted) >= MAX_LIFTED:
            raise TooLarge("Văn bản có quá {limit} công thức, hình và thẻ.", limit=MAX_LIFTED)
        self.lifted.append(piece)
        return f"{_OPEN}{len(self.lifted) - 1}{_CLOSE}"


def render(source: str) -> Rendered:
    """Turn a source into HTML and plain text. The same source always gives the same bytes.

    Raises:
        TooLarge: the source is longer, or has more tags, levels or formulas, than the caps allow.
    """
    return _render_again(source) if len(source) <= REMEMBERED_CHARACTERS else _render(source)


@lru_cache(maxsize=1_024)
def _render_again(source: str) -> Rendered:
    """A bulk import, its records and its index ask for the same texts within moments."""
    return _render(source)


def _render(source: str) -> Rendered:
    source = nfc(source).strip()
    if len(source) > MAX_CHARACTERS:
        raise TooLarge("Văn bản dài quá {limit} kí tự.", limit=MAX_CHARACTERS)
    if not _SPECIAL.search(source):
        return Rendered(source, source)
    draft = _Draft()
    holed = _lift(source, draft, depth=0)
    if any(piece.is_source for piece in draft.lifted):
        check_html_size("".join(piece.html for piece in draft.lifted if piece.is_source))
    holed = _lift_bare(holed, draft)
    return Rendered(_html_of(holed, draft), _text_of(holed, draft))


def is_read_as_formula(written: str) -> bool:
    """Whether a text between two dollars is rendered as one formula; much faster than rendering it."""
    written = nfc(written).strip()
    match = _LIFT.match(written)
    return (
        match is not None and match.end() == len(written) and match["inline"] is not None and _is_maths(match["inline"])
    )


def plain(source: str) -> str:
    """Readable text of a source: formulas as TeX without dollars, pictures as their alt text."""
    return render(source).text


def excerpt(text: str, limit: int) -> str:
    """At most ``limit`` characters on one line, cut at a word, with an ellipsis when something is missing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: max(limit - 1, 0)]
    cut = len(head) if line[len(head)] == " " else head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.") + "…"


def _lift(source: str, draft: _Draft, *, depth: int) -> str:
    pieces, place = [], 0
    while (match := _LIFT.search(source, place)) is not None:
        holed, end = _lifted(match, draft, depth=depth)
        pieces += [source[place : match.start()], holed]
        place = end
    return "".join([*pieces, source[place:]])


def _lifted(match: re.Match[str], draft: _Draft, *, depth: int) -> tuple[str, int]:
    """What stands for the match in the text, and where reading goes on."""
    kind = match.lastgroup or ""
    if match["command"]:
        return _command(match, draft, depth=depth)
    if match["inline"] is not None and not _is_maths(match["inline"]):
        return "$", match.start() + 1
    if match["tag"]:
        return draft.keep(_tag(match["tag"])), match.end()
    if match["target"] is not None:
        return draft.keep(_picture(match["alt"], match["target"])), match.end()
    if match["dollar"]:
        return draft.keep(_Lifted("$", "$")), match.end()
    if kind == "entity":
        return nfc(unescape(match[0])), match.end()
    is_display = match["display"] is not None or match["bracket"] is not None
    tex = next(
        match[name] for name in ("display", "bracket", "paren", "environment", "inline") if match[name] is not None
    )
    return draft.keep(_formula(tex.strip(), match[0], is_display=is_display)), match.end()


def _command(match: re.Match[str], draft: _Draft, *, depth: int) -> tuple[str, int]:
    source = match.string
    end = _closing_brace(source, match.end()) if depth < MAX_COMMAND_DEPTH else None
    if end is None:
        return source[match.start() : match.end()], match.end()
    tag = _COMMANDS[match["command"]]
    opening = draft.keep(_Lifted(f"<{tag}>", ""))
    inside = _lift(source[match.end() : end], draft, depth=depth + 1)
    return opening + inside + draft.keep(_Lifted(f"</{tag}>", "")), end + 1


def _closing_brace(text: str, start: int) -> int | None:
    """Where the brace opened before ``start`` closes, if it does in this paragraph."""
    depth = 1
    for edge in _EDGE.finditer(text, start, start + _MAX_ARGUMENT):
        depth += {"{": 1, "}": -1}.get(edge[0], -depth)
        if depth == 0:
            return edge.start() if edge[0] == "}" else None
    return None


def _is_maths(tex: str) -> bool:
    """Whether what stands between two dollars is a formula, not the text between two prices."""
    if not tex.strip():
        return False
    marked = len(_MARKED_WORD.findall(_PROSE.sub("", tex)))
    if _HAS_TEX.search(tex):
        return marked <= 2 or "\\" in tex
    return not marked and tex == tex.strip() and " " not in tex


def _formula(tex: str, written: str, *, is_display: bool = False) -> _Lifted:
    mathml = find_mathml(tex, is_display=is_display)
    return _Lifted(mathml or f'<code class="tex">{escape(written, quote=False)}</code>', tex)


def _picture(alt: str, target: str) -> _Lifted:
    """A picture from our own media; anything else is only its alt text."""
    if media := _MEDIA.fullmatch(target):
        return _Lifted(f'<img src="/media/{media[1]}" alt="{escape(alt)}" loading="lazy">', alt)
    return _Lifted(escape(alt), alt)


def _tag(written: str) -> _Lifted:
    name = (_TAG_NAME.match(written) or [written, ""])[1].lower()
    if name == "img":
        written = _SOURCE_OF_IMAGE.sub(r"\1/media/", written)
    text = {"br": "\n", "td": "\t", "th": "\t"}.get(name, "\n" if name in BLOCK_TAGS else "")
    return _Lifted(written, text, is_source=True, is_block=name in BLOCK_TAGS)


def _lift_bare(holed: str, draft: _Draft) -> str:
    """Lift the formulas that stand without dollars, line by line; one that can't be read stays text."""
    if not any(sign in holed for sign in "\\^_"):
        return holed
    pieces = (piece if is_code else _lift_bare_lines(piece, draft) for piece, is_code in _parted_by_code(holed, draft))
    return "".join(pieces)


def _parted_by_code(holed: str, draft: _Draft) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each stands in ``<code>`` or ``<pre>``, where ``x_1`` is no formula."""
    place, inside = 0, ""
    for hole in _HOLE.finditer(holed):
        tag = _CODE_TAG.fullmatch(draft.lifted[int(hole[1])].html)
        if tag is None or (inside and (not tag["closes"] or tag["name"].lower() != inside)):
            continue
        if not inside and not tag["closes"]:
            yield holed[place : hole.start()], False
            place, inside = hole.start(), tag["name"].lower()
        elif inside:
            yield holed[place : hole.end()], True
            place, inside = hole.end(), ""
    yield holed[place:], bool(inside)


def _lift_bare_lines(holed: str, draft: _Draft) -> str:
    return "\n".join(_lift_bare_line(line, draft) for line in holed.split("\n"))


def _lift_bare_line(line: str, draft: _Draft) -> str:
    pieces, place = [], 0
    for formula in formulas_in(line):
        mathml = find_mathml(formula.tex)
        if mathml is None:
            continue
        hole = draft.keep(_Lifted(mathml, line[formula.start : formula.end]))
        pieces += [line[place : formula.start], hole]
        place = formula.end + line.startswith("\\ ", formula.end)
    return "".join([*pieces, line[place:]])


def _html_of(holed: str, draft: _Draft) -> str:
    has_source_tags = any(piece.is_source for piece in draft.lifted)
    blocks = _paragraphs(escape(holed, quote=False), draft)
    if not has_source_tags:
        return _HOLE.sub(lambda hole: draft.lifted[int(hole[1])].html, blocks)
    tagged = _HOLE.sub(lambda hole: piece.html if (piece := draft.lifted[int(hole[1])]).is_source else hole[0], blocks)
    return _HOLE.sub(lambda hole: draft.lifted[int(hole[1])].html, sanitise(tagged))


def _text_of(holed: str, draft: _Draft) -> str:
    text = _HOLE.sub(lambda hole: draft.lifted[int(hole[1])].text, holed)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _paragraphs(holed: str, draft: _Draft) -> str:
    """Blank lines part paragraphs, line ends break lines, and neither counts between block tags."""
    if any(piece.is_block for piece in draft.lifted):
        return _between_blocks(holed, draft)
    blocks = [_block(part) for part in _BLANK_LINE.split(holed) if part.strip()]
    if len(blocks) == 1 and not blocks[0].startswith("<table"):
        return blocks[0]
    return "".join(block if block.startswith("<table") else f"<p>{block}</p>" for block in blocks)


def _between_blocks(holed: str, draft: _Draft) -> str:
    pieces, place, depth = [], 0, 0
    for hole in _HOLE.finditer(holed):
        piece = draft.lifted[int(hole[1])]
        if piece.is_block:
            pieces += [_loose(holed[place : hole.start()], is_inside=depth > 0), hole[0]]
            depth = max(0, depth - 1) if piece.html.startswith("</") else depth + 1
            place = hole.end()
    return "".join([*pieces, _loose(holed[place:], is_inside=depth > 0)])


def _loose(text: str, *, is_inside: bool) -> str:
    if not text.strip():
        return ""
    if is_inside:
        return text.strip("\n").replace("\n", "<br>")
    return "".join(f"<p>{_block(part)}</p>" for part in _BLANK_LINE.split(text) if part.strip())


def _block(text: str) -> str:
    """One paragraph: neighbouring lines with the same number of tabs are a table, the others lines."""
    lines = text.strip("\n").split("\n")
    cells = [[cell.strip() for cell in line.strip().split("\t")] for line in lines]
    pieces: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and len(cells[end]) == len(cells[start]) > 1:
            end += 1
        if end - start > 1:
            pieces.append(_table(cells[start:end]))
        else:
            pieces.append(lines[start].strip().replace("\t", " "))
        start = end if end - start > 1 else start + 1
    return _joined(pieces)


def _table(rows: list[list[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tbody>{body}</tbody></table>"


def _joined(pieces: list[str]) -> str:
    """Lines with breaks between them; a table closes the paragraph around it."""
    if not any(piece.startswith("<table") for piece in pieces):
        return "<br>".join(pieces)
    groups: list[str] = []
    for piece in pieces:
        if piece.startswith("<table") or not groups or groups[-1].startswith("<table"):
            groups.append(piece)
        else:
            groups[-1] += "<br>" + piece
    return "".join(groups)
