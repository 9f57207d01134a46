"""The pictures of a Word document: from every kind of drawing to the part that holds the bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from quizbank.questions.formats.word_xml import attribute, child, descendants, kind_of

SHAPES = frozenset(
    {"wps:wsp", "wps:cxnSp", "v:line", "v:polyline", "v:rect", "v:oval", "v:roundrect", "v:curve", "v:arc"}
)
_HELD = frozenset({"w:txbxContent", "v:imagedata", "a:blip"})
_HOSTS = frozenset({"wpg:wgp", "wpc:wpc", "wpg:grpSp", "v:group"})
_FOREIGN = {"c:chart": "biểu đồ", "dgm:relIds": "sơ đồ SmartArt"}


@dataclass(frozen=True)
class Found:
    """What a drawing holds.

    Attributes:
        pictures: relationship ids with the descriptions of their pictures.
        boxes: the contents of its text boxes.
        drawn: what is drawn in Word itself and no picture shows, in words.
        is_floating: whether it has a place of its own on the page.
    """

    pictures: tuple[tuple[str, str], ...] = ()
    boxes: tuple[_Element, ...] = ()
    drawn: tuple[str, ...] = ()
    is_floating: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.pictures or self.boxes or self.drawn)


def look_into(drawing: _Element) -> Found:
    """What there is in a ``w:drawing``, ``w:pict`` or ``w:object``."""
    pictures = tuple(_pictures_in(drawing))
    boxes = tuple(box for box in _outer(drawing, "w:txbxContent") if "".join(str(t) for t in box.itertext()).strip())
    drawn = [name for kind, name in _FOREIGN.items() if any(True for _ in descendants(drawing, kind))]
    if _is_drawn(drawing, bool(boxes)):
        labels = " ".join("".join(str(text) for text in box.itertext()).strip() for box in boxes)
        drawn.append(f"hình vẽ bằng công cụ của Word ({labels[:60]})" if labels else "hình vẽ bằng công cụ của Word")
        boxes = () if _is_group(drawing) else boxes
    return Found(pictures, boxes, tuple(drawn), _is_floating(drawing))


def _is_floating(drawing: _Element) -> bool:
    return any(
        kind_of(found) == "wp:anchor" or "position:absolute" in (attribute(found, "style") or "").replace(" ", "")
        for found in drawing.iter()
    )


def _pictures_in(drawing: _Element) -> Iterator[tuple[str, str]]:
    alt = next((attribute(found, "descr") or "" for found in descendants(drawing, "wp:docPr")), "")
    for found in drawing.iter():
        kind = kind_of(found)
        if kind == "a:blip":
            yield attribute(found, "embed") or attribute(found, "link") or "", alt
        elif kind == "v:imagedata":
            name = attribute(found, "id") or attribute(found, "href") or attribute(found, "relid") or ""
            parent = found.getparent()
            yield name, (attribute(parent, "alt") if parent is not None else "") or attribute(found, "title") or alt


def _outer(element: _Element, kind: str) -> Iterator[_Element]:
    """The outermost descendants of a kind; of two alternatives only the chosen one."""
    for item in element:
        name = kind_of(item)
        if name == kind:
            yield item
        elif name != "mc:Fallback":
            yield from _outer(item, kind)


def _is_group(drawing: _Element) -> bool:
    return any(kind_of(found) in _HOSTS for found in drawing.iter())


def _is_drawn(drawing: _Element, has_boxes: bool) -> bool:
    """Whether lines and figures are drawn in Word itself: more than the frame around a text box."""
    shapes = [found for found in drawing.iter() if kind_of(found) in SHAPES and not attribute(found, "hr")]
    bare = [shape for shape in shapes if not any(kind_of(held) in _HELD for held in shape.iter())]
    is_free = any(kind_of(found) == "v:shape" and _is_path(found) for found in drawing.iter())
    return bool(bare) or is_free or (has_boxes and _is_group(drawing))


def _is_path(shape: _Element) -> bool:
    """Whether a VML shape is a figure of its own, and not the frame of a picture or a text."""
    held = {"v:imagedata", "v:textbox", "v:textpath"}
    has_path = bool(attribute(shape, "path")) or (attribute(shape, "type") or "").startswith("#_x0000_t3")
    return has_path and not any(kind_of(found) in held for found in shape) and child(shape, "o:OLEObject") is None
