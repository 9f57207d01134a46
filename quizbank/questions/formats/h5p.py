"""H5P packages: the questions in them, alone, in sets, or inside films, slides, columns and books."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from quizbank.questions.formats.foreign_question import NOTHING_SAID, Draft, finished, unsupported
from quizbank.questions.formats.h5p_questions import READERS, Library, Unsupported, text_of
from quizbank.questions.formats.package_files import Files, open_package
from quizbank.questions.formats.paper import ParsedQuestion, Said, SourceFile
from repository.errors import Invalid

MAX_JSON = 16 << 20
MAX_DEPTH = 60
INTERACTIVE = {
    "H5P.AdvancedBlanks": "điền chỗ trống có gợi ý",
    "H5P.ArithmeticQuiz": "phép tính ngẫu nhiên",
    "H5P.BranchingQuestion": "rẽ nhánh",
    "H5P.Crossword": "ô chữ",
    "H5P.Dialogcards": "thẻ lật",
    "H5P.Dictation": "nghe và viết",
    "H5P.DragQuestion": "kéo thả",
    "H5P.DragText": "kéo từ vào chỗ trống",
    "H5P.FindMultipleHotspots": "chọn trên hình",
    "H5P.FindTheWords": "tìm từ",
    "H5P.ImageHotspotQuestion": "chọn trên hình",
    "H5P.ImageMultipleHotspotQuestion": "chọn trên hình",
    "H5P.ImagePair": "ghép đôi",
    "H5P.ImageSequencing": "sắp thứ tự",
    "H5P.MarkTheWords": "chọn từ trong văn bản",
    "H5P.MemoryGame": "tìm cặp",
    "H5P.MultiMediaChoice": "chọn hình",
    "H5P.PersonalityQuiz": "thăm dò",
    "H5P.SimpleMultiChoice": "thăm dò",
    "H5P.SortParagraphs": "sắp thứ tự",
    "H5P.SpeakTheWords": "nói",
    "H5P.SpeakTheWordsSet": "nói",
}
_SHOWN_NAMES = """
    Accordion AdventCalendar Agamotto AudioRecorder Audio BranchingScenario Chart Collage Column ContinuousText
    CornellNotes CoursePresentation DocumentExportPage DocumentationTool ExportableTextArea GameMap GoToQuestion
    GoalsAssessmentPage GoalsPage GreetingCard IFrameEmbed IVHotspot Image ImageHotspots ImageJuxtaposition
    ImageSlide ImageSlider ImpressPresentation InfoWall InteractiveBook InteractiveVideo KewArCode Link Nil Page
    QuestionSet Questionnaire Row RowColumn Shape SingleChoiceSetSummary StandardPage Table TextInputField
    ThreeImage Timeline TwitterUserFeed Video VirtualTour
"""
_SHOWN = frozenset(f"H5P.{name}" for name in _SHOWN_NAMES.split())
"""What shows something, or holds other contents, and asks nothing itself."""
_TEXTS = frozenset({"H5P.AdvancedText", "H5P.Text"})
_LICENCES = {
    "CC BY": "cc-by-4.0",
    "CC BY-SA": "cc-by-sa-4.0",
    "CC BY-NC": "cc-by-nc-4.0",
    "CC0 1.0": "cc0-1.0",
    "PD": "cc0-1.0",
    "C": "all-rights",
}


def read_h5p(source: SourceFile) -> Iterable[ParsedQuestion]:
    """The questions of an H5P package, in the order of its content.

    Raises:
        Invalid: broken, hostile, or without any question; ``facts["place"]`` says where.
    """
    with open_package(source.path) as files:
        package = _json_of(files, "h5p.json")
        content = _json_of(files, "content/content.json")
        said = _said(package)
        library = str(package.get("mainLibrary") or "")
        number = 0
        above = ""
        for found in _libraries(Library(library, content, str(package.get("title") or "")), 0):
            if found.name in _TEXTS:
                above = text_of(found.params.get("text"))
                continue
            for question in _read(found, files, said, number + 1, above):
                number += 1
                above = ""
                yield question
        if not number:
            raise Invalid("Gói H5P loại {library} không có câu hỏi nào.", library=library, place="content/content.json")


def _json_of(files: Files, path: str) -> dict[str, Any]:
    data = files.read(path)
    if len(data) > MAX_JSON:
        raise Invalid("Tệp {path} trong gói quá lớn.", path=path, place=path)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise _broken(path, error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise _broken(path, 1) from error
    if not isinstance(found, dict):
        raise _broken(path, 1)
    return found


def _broken(path: str, line: int) -> Invalid:
    place = f"{path}, line {line}"
    return Invalid("Tệp {path}, dòng {line}: JSON sai cú pháp.", path=path, line=line, place=place)


def _said(package: dict[str, Any]) -> Said:
    licence = str(package.get("license") or "U")
    return NOTHING_SAID if licence in ("U", "undefined", "") else Said(licence=_LICENCES.get(licence, licence))


def _libraries(library: Library, depth: int) -> Iterator[Library]:
    """The questions in a content, however deep in its containers."""
    if depth > MAX_DEPTH:
        raise Invalid("Gói H5P lồng nhau quá sâu.", place="content/content.json")
    if library.name in READERS or library.name in INTERACTIVE or library.name in _TEXTS:
        yield library
        return
    is_empty = True
    for found in _inside(library.params, depth + 1):
        is_empty = False
        yield found
    if is_empty and depth and library.name not in _SHOWN:
        yield library


def _inside(value: Any, depth: int) -> Iterator[Library]:
    if depth > MAX_DEPTH:
        raise Invalid("Gói H5P lồng nhau quá sâu.", place="content/content.json")
    if isinstance(value, list):
        for inner in value:
            yield from _inside(inner, depth + 1)
    elif isinstance(value, dict):
        name, params = value.get("library"), value.get("params")
        if isinstance(name, str) and isinstance(params, dict):
            metadata = value.get("metadata")
            title = str(metadata.get("title") or "") if isinstance(metadata, dict) else ""
            yield from _libraries(Library(re.split(r"\s", name)[0], params, title), depth + 1)
            return
        for inner in value.values():
            yield from _inside(inner, depth + 1)


def _read(library: Library, files: Files, said: Said, number: int, above: str) -> Iterator[ParsedQuestion]:
    """The questions of one library: a set of single choices has several. ``above``: a text that stood before it."""
    if library.name not in READERS:
        kind = INTERACTIVE.get(library.name, library.name)
        yield unsupported(_draft(library, library.params, files, said, number), kind)
        return
    for part in READERS[library.name].parts(library.params):
        draft = _draft(library, part, files, said, number)
        if shown := " ".join(unescape(re.sub(r"<[^<>]*>", " ", above)).split()):
            draft.say("dropped", what=f"đoạn văn đứng trước câu hỏi: “{shown[:200]}”")
        above = ""
        try:
            content = READERS[library.name].read(part, draft)
        except Unsupported as error:
            yield unsupported(draft, str(error))
        else:
            yield finished(draft, content)
        number += 1


def _draft(library: Library, part: dict[str, Any], files: Files, said: Said, number: int) -> Draft:
    source = json.dumps(part, ensure_ascii=False, indent=1)
    label = library.title or library.name
    return Draft(files, "content/content.json", f"{library.name} {number}", 0, label, number, source, said)
