"""The texts of QTI 1.2 as HTML: ``material`` in all its forms, and what an item says after the answer."""

import re
from collections.abc import Iterable
from html import escape

from lxml import etree

from quizbank.questions.formats.foreign_question import BLANK, Draft
from quizbank.questions.formats.qti12_scoring import Scoring12
from quizbank.questions.formats.qti_body import html_of
from quizbank.questions.formats.qti_names import all_of, attribute, child, children, name_of, words_of

RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
_HERE = "\ue000"
_JOINTS = re.compile(rf"\s*(?:</p>\s*)?</div><div>{_HERE}</div><div>(?:<p>)?\s*")
_GENERAL = ("general_fb", "correct_fb", "general_incorrect_fb", "incorrect_fb", "correct", "incorrect", "solution")


def html_of_material(element: etree._Element, skipped: Iterable[str] = ()) -> str:
    """Every material in an element, one after the other; elements named in ``skipped`` stay out."""
    pieces: list[str] = []
    for inner in children(element):
        name = name_of(inner)
        if name in skipped:
            continue
        if name in ("material", "material_ref", "altmaterial"):
            pieces.append(_paragraph(_material(inner)))
        elif name.startswith("mat") and name != "mattab":
            pieces.append(_piece(inner))
        else:
            pieces.append(html_of_material(inner, skipped))
    return "".join(pieces)


def html_with_blank(element: etree._Element, response: etree._Element) -> str:
    """The material of an element, with a blank where the response stands between two texts of one sentence."""
    following = (found for found in response.itersiblings() if isinstance(found.tag, str))
    if not any(html_of_material(found, RESPONSES) or html_of_material_itself(found) for found in following):
        return html_of_material(element, ("render_choice", "render_fib"))
    mark = etree.SubElement(etree.Element("flow"), "material")
    etree.SubElement(mark, "mattext", texttype="text/html").text = _HERE
    response.addprevious(mark)
    html = html_of_material(element, ("render_choice", "render_fib"))
    return _JOINTS.sub(f" {BLANK} ", html).replace(_HERE, BLANK)


def html_of_material_itself(element: etree._Element) -> str:
    return _paragraph(_material(element)) if name_of(element) == "material" else ""


def _paragraph(html: str) -> str:
    return f"<div>{html}</div>" if html.strip() else ""


def _material(material: etree._Element) -> str:
    return "".join(_piece(inner) for inner in children(material))


def _piece(inner: etree._Element) -> str:
    name = name_of(inner)
    if name in ("mattext", "matemtext"):
        html = _text(inner)
        return f"<em>{html}</em>" if name == "matemtext" else html
    if name == "matimage":
        return _image(inner)
    if name == "matbreak":
        return "<br/>"
    if name == "mat_extension":
        return _extension(inner)
    if name in ("mataudio", "matvideo", "matapplet", "matapplication"):
        tag = "audio" if name == "mataudio" else "video" if name == "matvideo" else "object"
        return f'<{tag} src="{escape(attribute(inner, "uri"))}"></{tag}>'
    return ""


def _text(mattext: etree._Element) -> str:
    kind = attribute(mattext, "texttype").lower()
    if children(mattext):
        return html_of(mattext)
    text = mattext.text or ""
    if "html" in kind or "xml" in kind:
        return text
    return escape(text, quote=False).replace("\n", "<br/>") if kind or "<" not in text else text


def _extension(element: etree._Element) -> str:
    """Blackboard keeps its rich text in an extension, as the text of one element."""
    return "".join(
        found.text or "" for found in element.iter() if isinstance(found.tag, str) and (found.text or "").strip()
    )


def _image(image: etree._Element) -> str:
    address = attribute(image, "uri")
    if not address and attribute(image, "embedded").lower() == "base64" and (image.text or "").strip():
        address = f"data:{attribute(image, 'imagtype') or 'image/png'};base64,{''.join((image.text or '').split())}"
    alt = attribute(image, "label") or attribute(image, "alt")
    return f'<img src="{escape(address)}" alt="{escape(alt)}"/>'


def gather_feedback(item: etree._Element, places: dict[str, int], scoring: Scoring12, draft: Draft) -> None:
    """Feedback, hints' solutions and answers of an item as lines of its explanation."""
    shown = _shown_after(scoring)
    for feedback in children(item, "itemfeedback"):
        identifier = attribute(feedback, "ident")
        text = draft.source_of(html_of_material(feedback, ("hint",)))
        place = places.get(shown.get(identifier, ""))
        if place is not None and identifier not in _GENERAL:
            draft.explain_option(place, text)
        elif text.strip():
            draft.explain(text)
            if identifier.lower() not in ("general_fb", "solution"):
                draft.say("changed", what=f"Phản hồi “{identifier}”", meant="lời giải")
    for hint in all_of(item, "hint"):
        if words := words_of(hint):
            draft.say("dropped", what=f"gợi ý “{words[:200]}”")
    for rubric in children(item, "rubric", "itemrubric"):
        draft.explain(draft.source_of(html_of_material(rubric)))


def _shown_after(scoring: Scoring12) -> dict[str, str]:
    """Feedback -> the option whose choice alone shows it."""
    shown: dict[str, str] = {}
    for condition in scoring.conditions:
        tests = children(child(condition, "conditionvar"))
        if len(tests) != 1 or name_of(tests[0]) != "varequal":
            continue
        for display in children(condition, "displayfeedback"):
            shown[attribute(display, "linkrefid")] = (tests[0].text or "").strip()
    return shown
