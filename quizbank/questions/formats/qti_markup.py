"""Sources in our markup as the XHTML that QTI allows, formulas as MathML that carries its TeX."""

import re
from collections.abc import Callable
from html import unescape

import lxml.html
from lxml import etree

from quizbank.questions.formats.html_source import source_of_html
from quizbank.questions.formats.html_writing import PICTURE
from quizbank.questions.formats.qti_body import html_of
from quizbank.questions.formats.qti_dialects import MATHML, QTI30, Dialect, nsmap_of, without_forbidden
from quizbank.questions.formats.qti_names import with_plain_names
from quizbank.questions.problems import Problem
from repository.errors import HocLieuError
from repository.markup import render
from repository.markup.sanitising import BLOCK_TAGS

TEXT_ATTRIBUTE = "data-hoclieu-text"
_OURS = re.compile(rf'\A\s*<div {TEXT_ATTRIBUTE}="(?P<source>[^"]*)">(?P<html>.*)</div>\s*\Z', re.DOTALL)
CLASSES = {"u": "qti-underline", "s": "qti-line-through"}
"""What QTI has no element for."""
_INLINE = frozenset({"a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "span"})
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
_MATHML_ATTRIBUTES = frozenset(
    "accent accentunder columnalign display encoding form linethickness mathvariant notation stretchy width".split()  # noqa: SIM905
)
_TEXT_VARIANTS = {"b": "bold", "i": "italic"}
_ALIGNMENTS = {"m-left": "left", "m-right": "right"}
_MEDIA = re.compile(r"(?<=src=\")/media/(?P<sha256>[0-9a-f]{64})")
_UNREAD_TEX = re.compile(r'<code class="tex">([^<]*)</code>')
_BLOCKS = BLOCK_TAGS | {"div"}

Address = Callable[[str], str]
"""The address of a kept picture in the package, by its SHA-256."""


def flow_of(source: str, dialect: Dialect, address: Address) -> etree._Element:
    """A ``div`` with the text. Where reading it back would spell it differently, the source comes along in an
    attribute, which ``source_of_flow`` takes as long as the text is the same.

    Raises:
        TooLarge: as ``render``.
    """
    flow = _bare_flow(source, dialect, address)
    if _read_back(flow) != _with_addresses(source, address):
        flow.set(TEXT_ATTRIBUTE, without_forbidden(source))
    return flow


def source_of_flow(html: str, picture: Callable[[str], str | None]) -> tuple[str, tuple[Problem, ...]]:
    """As ``source_of_html``, for a text that the bank itself may have written: then it is the source that came along,
    unless somebody changed the text meanwhile."""
    ours = _OURS.match(html) if TEXT_ATTRIBUTE in html else None
    if ours is None:
        return source_of_html(html, picture)
    read, problems = source_of_html(ours["html"], picture)
    targets = iter(found["target"] for found in PICTURE.finditer(read))
    sent = PICTURE.sub(lambda found: f"![{found['alt']}]({next(targets, found['target'])})", unescape(ours["source"]))
    try:
        again = source_of_html(html_of(_plain(_bare_flow(unescape(ours["source"]), QTI30, str))), lambda _: None)[0]
    except HocLieuError:
        return read, problems
    is_same = _without_targets(again) == _without_targets(read)
    return (sent, problems) if is_same else (read, problems)


def _bare_flow(source: str, dialect: Dialect, address: Address) -> etree._Element:
    html = _UNREAD_TEX.sub(r"\1", render(source).html).replace("&ApplyFunction;", "\u2061")
    html = _MEDIA.sub(lambda found: address(found["sha256"]), html)
    flow = dialect.node("div")
    _convert(lxml.html.fragment_fromstring(html, create_parent="div"), flow, dialect)
    return flow


def _plain(flow: etree._Element) -> etree._Element:
    return with_plain_names(etree.fromstring(etree.tostring(flow)))


def _read_back(flow: etree._Element) -> str:
    return source_of_html(html_of(_plain(flow)), lambda _address: None)[0]


def _without_targets(source: str) -> str:
    return PICTURE.sub(lambda found: f"![{found['alt']}]()", source)


def _with_addresses(source: str, address: Address) -> str:
    return re.sub(r"(?<=\]\()media:([0-9a-f]{64})(?=\))", lambda found: address(found[1]), source)


def _convert(given: etree._Element, target: etree._Element, dialect: Dialect) -> None:
    """Add what is inside ``given`` to ``target``, made valid on the way."""
    _add_text(target, given.text)
    for inner in given:
        if isinstance(inner.tag, str):
            _add(inner, target, dialect)
        _add_text(target, inner.tail)


def _add(inner: etree._Element, target: etree._Element, dialect: Dialect) -> None:
    name = str(inner.tag).lower()
    if name == "math":
        target.append(_mathml(inner))
        return
    if name in ("img", "br"):
        target.append(dialect.node(name, _kept(inner, name)))
        return
    if name == "table":
        _add_table(inner, target, dialect)
        return
    if name in ("ul", "ol"):
        _add_list(inner, name, target, dialect)
        return
    if name in ("li", "td", "th", "tr", "thead", "tbody", "caption") or (name in _INLINE and _has_block(inner)):
        name = "div"
    element = dialect.node("span" if name in CLASSES else name, _kept(inner, name))
    if name == "blockquote" or (name == "p" and _has_block(inner)):
        wrapper = dialect.node("div")
        _convert(inner, wrapper, dialect)
        if name == "p":
            element = wrapper
        else:
            element.append(wrapper)
    else:
        _convert(inner, element, dialect)
    target.append(element)


def _has_block(element: etree._Element) -> bool:
    return any(str(found.tag).lower() in _BLOCKS for found in element.iterdescendants() if isinstance(found.tag, str))


def _kept(element: etree._Element, name: str) -> dict[str, str]:
    found = {key: element.get(key) or "" for key in _ATTRIBUTES.get(name, ()) if key in element.attrib}
    if name in CLASSES:
        found["class"] = CLASSES[name]
    if name == "img":
        found.setdefault("alt", "")
    return found


def _add_list(given: etree._Element, name: str, target: etree._Element, dialect: Dialect) -> None:
    items = [inner for inner in given if isinstance(inner.tag, str) and inner.tag == "li"]
    if not items:
        element = dialect.node("div")
        _convert(given, element, dialect)
        target.append(element)
        return
    element = dialect.node(name)
    for item in items:
        written = dialect.node("li")
        _convert(item, written, dialect)
        element.append(written)
    target.append(element)


def _add_table(given: etree._Element, target: etree._Element, dialect: Dialect) -> None:
    caption = next((inner for inner in given if inner.tag == "caption"), None)
    head = [row for group in given if group.tag == "thead" for row in group if row.tag == "tr"]
    body = [row for row in given.iter("tr") if row not in head and next(row.iterancestors("table"), None) is given]
    table = dialect.node("table")
    if caption is not None:
        written = dialect.node("caption")
        _convert(caption, written, dialect)
        table.append(written)
    groups = [("thead", head), ("tbody", body)] if body else [("tbody", head)]
    for name, rows in groups:
        group = dialect.node(name)
        for row in rows:
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if not cells:
                continue
            line = dialect.node("tr")
            for cell in cells:
                written = dialect.node(str(cell.tag), _kept(cell, str(cell.tag)))
                _convert(cell, written, dialect)
                line.append(written)
            group.append(line)
        if len(group):
            table.append(group)
    if len(table) > (caption is not None):
        target.append(table)


def _mathml(given: etree._Element) -> etree._Element:
    """A formula with the attributes that every version of MathML has."""
    element = etree.Element(f"{{{MATHML}}}{str(given.tag).lower()}", nsmap=nsmap_of(MATHML))
    for key, value in given.attrib.items():
        if str(key) in _MATHML_ATTRIBUTES:
            element.set(str(key), without_forbidden(str(value)))
    for name in (given.get("class") or "").split():
        if name in _ALIGNMENTS and given.tag == "mtd":
            element.set("columnalign", _ALIGNMENTS[name])
    if given.tag == "mtext":
        styles = [_TEXT_VARIANTS[str(inner.tag)] for inner in given if str(inner.tag) in _TEXT_VARIANTS]
        element.text = without_forbidden("".join(str(piece) for piece in given.itertext()))
        element.attrib.update({"mathvariant": styles[0]} if styles else {})
        return element
    element.text = without_forbidden(given.text or "") or None
    for inner in given:
        if isinstance(inner.tag, str) and not (inner.tag == "mrow" and "menclose" in (inner.get("class") or "")):
            element.append(_mathml(inner))
    return element


def _add_text(target: etree._Element, text: str | None) -> None:
    if not text:
        return
    text = without_forbidden(text)
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
