"""Items of QTI 2.0 to 3.0: one ``assessmentItem`` is one question."""

from dataclasses import replace

from lxml import etree

from quizbank.questions.formats.foreign_question import NOTHING_SAID, Draft, finished, unsupported
from quizbank.questions.formats.package_files import Files, find_path
from quizbank.questions.formats.paper import ParsedQuestion, Said
from quizbank.questions.formats.qti_body import html_of
from quizbank.questions.formats.qti_feedback import candidate_rubrics, gather_feedback
from quizbank.questions.formats.qti_interactions import Unsupported, content_of
from quizbank.questions.formats.qti_names import all_of, attribute, child, children, is_true, with_plain_names
from quizbank.questions.formats.qti_scoring import scoring_of
from quizbank.questions.formats.xml_source import line_of, parse_xml, source_of
from quizbank.questions.problems import problem
from quizbank.questions.rules import QuestionContent, QuestionType
from repository.errors import Invalid

MAX_STIMULUS = 2 << 20


def read_item(
    root: etree._Element, files: Files, path: str, number: int, said: Said = NOTHING_SAID, passage: str = ""
) -> ParsedQuestion:
    """One item as a question.

    Args:
        root: the item, with the names of its own version.
        files: where the files stand that it names.
        path: its own path among them, empty for a file by itself.
        number: its place in the file or the test.
        said: what the package says of it.
        passage: the text that its section shares.
    """
    source, line = source_of(root, limit=1 << 20), line_of(root)
    item = with_plain_names(root)
    identifier = attribute(item, "identifier")
    label, at = attribute(item, "title") or identifier, f"item {identifier}" + (f" in {path}" if path else "")
    draft = Draft(files, path, at, line, label, number, source, said)
    if (kind := _unheld(item)) is not None:
        return unsupported(draft, kind)
    body = child(item, "itemBody")
    draft.passage = passage
    try:
        content = _content(item, body if body is not None else etree.SubElement(item, "itemBody"), draft)
    except Unsupported as error:
        return unsupported(draft, str(error))
    return finished(draft, content)


def _unheld(item: etree._Element) -> str | None:
    """Why the bank can't hold an item, whatever it asks."""
    if is_true(item, "adaptive"):
        return "câu thích ứng (adaptive)"
    if children(item, "templateDeclaration", "templateProcessing"):
        return "câu có tham số (template)"
    return None


def _content(item: etree._Element, body: etree._Element, draft: Draft) -> QuestionContent:
    _gather_passages(item, body, draft)
    content = content_of(item, body, scoring_of(item), draft)
    gather_feedback(item, body, draft, is_essay=content.type is QuestionType.ESSAY)
    if instructions := candidate_rubrics(body):
        content = replace(content, stem=f"{draft.source_of(instructions)}\n\n{content.stem}".strip())
    return replace(content, explanation="\n\n".join(draft.explanation))


def _gather_passages(item: etree._Element, body: etree._Element, draft: Draft) -> None:
    """Texts that stand in files of their own, so that several items can share them."""
    texts = [draft.passage] if draft.passage else []
    for reference in children(item, "assessmentStimulusRef"):
        texts.append(_stimulus(attribute(reference, "href"), draft))
    for found in list(all_of(body, "object", "include")):
        is_page = attribute(found, "type").lower() in ("text/html", "application/xhtml+xml")
        if not is_page and found.tag != "include":
            continue
        texts.append(_stimulus(attribute(found, "data") or attribute(found, "href"), draft))
        _take_out(found)
    for place in [found for found in body.iter() if attribute(found, "data-stimulus-idref")]:
        if not len(place) and not (place.text or "").strip():
            _take_out(place)
    draft.passage = "\n\n".join(text for text in dict.fromkeys(texts) if text)


def _stimulus(address: str, draft: Draft) -> str:
    path = find_path(draft.files, draft.base, address)
    if path is None:
        draft.say("missing-file", path=address)
        return ""
    try:
        return stimulus_of(draft.files.read(path), path, draft)
    except Invalid as error:
        draft.say("unreadable-part", what=f"{path}: {error}")
        return ""


def stimulus_of(data: bytes, path: str, draft: Draft) -> str:
    """The text of a shared file: an ``assessmentStimulus``, or any page of HTML.

    Raises:
        Invalid: too large.
    """
    if len(data) > MAX_STIMULUS:
        raise Invalid("Tệp {path} trong gói quá lớn.", path=path)
    try:
        root = with_plain_names(parse_xml(data))
    except Invalid:
        return draft.source_of(_body_of_page(data.decode("utf-8", "replace")), path)
    body = next(all_of(root, "stimulusBody", "body"), root)
    return draft.source_of(html_of(body), path)


def _body_of_page(html: str) -> str:
    start, end = html.lower().find("<body"), html.lower().rfind("</body")
    if start < 0:
        return html
    return html[html.find(">", start) + 1 : end if end > start else len(html)]


def _take_out(element: etree._Element) -> None:
    """Remove an element; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def missing_file(files: Files, path: str) -> ParsedQuestion:
    """A file that the package names and lacks, so that somebody sees it."""
    draft = Draft(files, path, path, label=path, source=path)
    draft.say("missing-file", path=path)
    return finished(draft, None)


def broken_file(files: Files, path: str, number: int, reason: str) -> ParsedQuestion:
    """A file of a package that can't be read, so that somebody sees it."""
    draft = Draft(files, path, path, label=path, number=number, source=reason)
    draft.note(problem("broken-file", path=path, reason=reason))
    return finished(draft, None)
