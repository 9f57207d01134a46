"""The Markdown of Moodle's texts as HTML: paragraphs, emphasis, code, lists, headings, quotations, links, pictures.

HTML in a text passes through, and formulas are left alone.
"""

import re
from html import escape

_FENCE = re.compile(r"^(```|~~~)[^\n]*\n(.*?)(?:^\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_HELD = re.compile(
    r"\\\\\(.{1,2000}?\\\\\)|\\\\\[.{1,2000}?\\\\\]|\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]|\$\$[^$]{1,2000}\$\$"
    r"|(?<![\\$])\$[^$\n]{1,1000}\$(?!\d)|(?<!`)(`{1,9})(?!`)(.{1,2000}?)(?<!`)\1(?!`)|<[^<>]{1,20000}>",
    re.DOTALL,
)
_HOLE = re.compile("\ufdda([0-9]+)\ufddb")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,4}[.)])[ \t]+(?P<text>.*)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*\Z")
_EMPHASIS = (
    (re.compile(r"!\[([^\]\n]{0,500})\]\(([^()\s]{1,2000})(?:[ \t]+\"[^\"]*\")?\)"), r'<img alt="\1" src="\2">'),
    (re.compile(r"(?<!!)\[([^\]\n]{1,500})\]\(([^()\s]{1,2000})(?:[ \t]+\"[^\"]*\")?\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.{1,2000}?\S|\S)\1", re.DOTALL), r"<strong>\2</strong>"),
    (re.compile(r"(?<![\\*\w])\*(?=[^\s*])(.{0,2000}?[^\s*\\])\*(?!\*)", re.DOTALL), r"<em>\1</em>"),
    (re.compile(r"(?<![\\\w])_(?=[^\s_])(.{0,2000}?[^\s_\\])_(?!\w)", re.DOTALL), r"<em>\1</em>"),
    (re.compile(r"(?:[ \t]{2,}|\\)\n"), "<br>\n"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)
MAX_LEVELS = 8
MAX_TEXT = 60_000


def html_of_markdown(text: str) -> str:
    """The HTML, still to be read by ``source_of_html``. A text longer than any of ours stays as it is."""
    if len(text) > MAX_TEXT:
        return escape(text, quote=False)
    held: list[str] = []

    def hold(html: str) -> str:
        held.append(html)
        return f"\ufdda{len(held) - 1}\ufddb"

    def hold_inline(match: re.Match[str]) -> str:
        if match[1]:
            return hold(f"<code>{escape(match[2].strip(), quote=False)}</code>")
        return hold(re.sub(r"\\(\\[()\[\]])", r"\1", match[0]))

    text = text.replace("\r\n", "\n")
    text = _FENCE.sub(lambda match: hold(f"<pre>{escape(match[2], quote=False)}</pre>") + "\n", text)
    html = _blocks(_HELD.sub(hold_inline, text).split("\n"), 0)
    for _ in range(2):
        html = _HOLE.sub(lambda hole: held[int(hole[1])], html)
    return html


def _blocks(lines: list[str], level: int) -> str:
    pieces: list[str] = []
    paragraph: list[str] = []
    place = 0

    def end_paragraph() -> None:
        if paragraph:
            pieces.append(f"<p>{_inline(chr(10).join(paragraph))}</p>")
            paragraph.clear()

    while place < len(lines):
        line = lines[place]
        heading = _HEADING.match(line)
        if level < MAX_LEVELS and (item := _ITEM.match(line)):
            end_paragraph()
            place, html = _list(lines, place, item, level)
            pieces.append(html)
            continue
        if heading:
            end_paragraph()
            pieces.append(f"<h{len(heading[1])}>{_inline(heading[2])}</h{len(heading[1])}>")
        elif level < MAX_LEVELS and line.lstrip().startswith(">"):
            end_paragraph()
            end = next((at for at in range(place, len(lines)) if not lines[at].lstrip().startswith(">")), len(lines))
            inner = [re.sub(r"^\s*> ?", "", quoted) for quoted in lines[place:end]]
            pieces.append(f"<blockquote>{_blocks(inner, level + 1)}</blockquote>")
            place = end - 1
        elif line.strip():
            paragraph.append(line)
        else:
            end_paragraph()
        place += 1
    end_paragraph()
    return "\n".join(pieces)


def _list(lines: list[str], place: int, first: re.Match[str], level: int) -> tuple[int, str]:
    """The list that begins in this line: where it ends, and its HTML. Deeper lines belong to the item above them."""
    indent = len(first["indent"].expandtabs(4))
    name = "ol" if first["mark"][0].isdigit() else "ul"
    items: list[list[str]] = []
    while place < len(lines):
        line = lines[place].expandtabs(4)
        item = _ITEM.match(line)
        depth = len(line) - len(line.lstrip())
        if item and depth <= indent + 1:
            if depth < indent or (item["mark"][0].isdigit()) != (name == "ol"):
                break
            items.append([item["text"]])
        elif not line.strip():
            following = next((after.expandtabs(4) for after in lines[place + 1 :] if after.strip()), "")
            if len(following) - len(following.lstrip()) <= indent and not _ITEM.match(following):
                break
            items[-1].append("")
        else:
            items[-1].append(line[min(depth, indent + 2) :] if depth > indent else line)
        place += 1
    return place, f"<{name}>{''.join(f'<li>{_item(item, level)}</li>' for item in items)}</{name}>"


def _item(lines: list[str], level: int) -> str:
    html = _blocks(lines, level + 1)
    return re.sub(r"\A<p>(.*?)</p>", r"\1", html, count=1, flags=re.DOTALL)


def _inline(text: str) -> str:
    for rule, html in _EMPHASIS:
        text = rule.sub(html, text)
    return text.strip()
