"""The body of a QTI item as HTML: interactions replaced, wrappers of QTI opened, pictures as ``img``."""

from collections.abc import Mapping
from html import escape

from lxml import etree

from quizbank.questions.formats.qti_names import attribute, children, name_of, words_of

_VOID = frozenset({"br", "hr", "img", "col", "wbr", "source", "track"})
_KEPT_ATTRIBUTES = (
    "src alt href colspan rowspan scope start style class type data display mathvariant encoding open close separators "
    "linethickness notation columnalign columnlines rowlines frame accent accentunder stretchy width bevelled "
    "displaystyle mode columnspan rowspan linebreak lquote rquote form data-hoclieu-text"
)
KEPT_ATTRIBUTES = tuple(dict.fromkeys(_KEPT_ATTRIBUTES.split()))
OMITTED = frozenset(
    {"feedbackInline", "feedbackBlock", "modalFeedback", "rubricBlock", "templateBlock", "stylesheet", "catalogInfo"}
)
"""Read elsewhere, or not for whoever answers."""
_STYLED = {"qti-underline": "u", "qti-line-through": "s"}
_OPENED = frozenset({"prompt", "gap", "hottext", "include"})


def html_of(element: etree._Element, replaced: Mapping[etree._Element, str] | None = None) -> str:
    """What is inside an element, as HTML.

    Args:
        element: with plain names.
        replaced: the HTML that stands for some of the elements inside.
    """
    return "".join(_pieces(element, replaced or {}))


def _pieces(element: etree._Element, replaced: Mapping[etree._Element, str]) -> list[str]:
    pieces = [escape(element.text or "", quote=False)]
    for inner in element:
        if isinstance(inner.tag, str):
            pieces.append(_written(inner, replaced))
        pieces.append(escape(inner.tail or "", quote=False))
    return pieces


def _written(element: etree._Element, replaced: Mapping[etree._Element, str]) -> str:
    name = name_of(element)
    if element in replaced:
        return replaced[element]
    if name in OMITTED or name == "rp":
        return ""
    if name == "object" and _is_picture(element):
        return f'<img src="{escape(attribute(element, "data"))}" alt="{escape(words_of(element))}"/>'
    if name == "picture":
        return "".join(_written(image, replaced) for image in children(element, "img"))
    name = _STYLED.get(next(iter(attribute(element, "class").split()), ""), name) if name == "span" else name
    inner = "".join(_pieces(element, replaced))
    if name == "rt":
        return f"({inner})"
    if name != name.lower() or name in _OPENED:
        return inner
    written = "".join(f' {key}="{escape(element.get(key) or "")}"' for key in KEPT_ATTRIBUTES if key in element.attrib)
    return f"<{name}{written}/>" if name in _VOID else f"<{name}{written}>{inner}</{name}>"


def _is_picture(element: etree._Element) -> bool:
    address = attribute(element, "data").lower()
    return attribute(element, "type").lower().startswith("image/") or address.rpartition(".")[2] in (
        "png jpg jpeg gif svg webp bmp".split()  # noqa: SIM905
    )


def is_alone(interaction: etree._Element) -> bool:
    """Whether an interaction stands in a block of its own, so that the text needs no blank in its place."""
    block = interaction.getparent()
    while block is not None and name_of(block) in ("span", "strong", "em", "b", "i", "label"):
        block = block.getparent()
    if block is None:
        return True
    if name_of(block) in ("itemBody", "div", "contentBody"):
        before, after = interaction.getprevious(), interaction.tail or ""
        text = (before.tail if before is not None else block.text) or ""
        is_line_end = before is None or name_of(before) in ("p", "div", "table", "ul", "ol", "br", "blockquote")
        return not text.strip() and not after.strip() and is_line_end
    return not words_of_all_but(block, interaction)


def words_of_all_but(block: etree._Element, interaction: etree._Element) -> str:
    """The text of a block, a sign for each picture, without what is in the interaction."""
    inside = {id(found) for found in interaction.iter()}
    pieces = [block.text or ""]
    for found in block.iter():
        if found is block or not isinstance(found.tag, str):
            continue
        is_picture = name_of(found) in ("img", "object")
        pieces.append("" if id(found) in inside else "▪" if is_picture else found.text or "")
        pieces.append(found.tail or "" if id(found) not in inside or found is interaction else "")
    return " ".join("".join(pieces).split())
