"""Every format that questions come in: one line each, in the order in which a file is tried.

What leaves has a table of its own (``writers.py``), so that the reading process loads readers only.
"""

from dataclasses import dataclass
from pathlib import PurePath

from quizbank.questions.formats import recognising
from quizbank.questions.formats.aiken import read_aiken
from quizbank.questions.formats.cloze import is_cloze, read_cloze
from quizbank.questions.formats.extest import read_extest
from quizbank.questions.formats.gift import read_gift
from quizbank.questions.formats.h5p import read_h5p
from quizbank.questions.formats.json_questions import read_json
from quizbank.questions.formats.missing_word import is_missing_word, read_missing_word
from quizbank.questions.formats.moodle_xml import read_moodle
from quizbank.questions.formats.paper import Reader
from quizbank.questions.formats.qti import read_cartridge, read_qti
from quizbank.questions.formats.recognising import Head, Recognises
from quizbank.questions.formats.spreadsheet import read_csv, read_spreadsheet
from quizbank.questions.formats.text_reader import read_text
from quizbank.questions.formats.word import read_word
from repository.errors import Invalid


@dataclass(frozen=True)
class Format:
    """A format of questions.

    Attributes:
        id: its name for commands (``--format``) and programs.
        name: what people call it; a msgid where it is no proper name.
        endings: of file names, lower case with the dot; they decide only where the content doesn't tell.
        media_type: for downloads and uploads.
        read: reads a file of it.
        recognises: tells a file of it by its content.
        is_text: whether a question's ``source``, changed by a person, can be read again by itself.
    """

    id: str
    name: str
    endings: tuple[str, ...]
    media_type: str
    read: Reader
    recognises: Recognises
    is_text: bool = False


FORMATS: tuple[Format, ...] = (
    Format(
        "docx",
        "Word",
        (".docx", ".docm", ".doc", ".rtf"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        read_word,
        recognising.is_word,
    ),
    Format(
        "xlsx",
        "Excel",
        (".xlsx", ".xls", ".ods"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        read_spreadsheet,
        recognising.is_workbook,
    ),
    Format("imscc", "Common Cartridge", (".imscc",), "application/zip", read_cartridge, recognising.is_cartridge),
    Format("qti", "QTI", (".qti",), "application/zip", read_qti, recognising.is_qti),
    Format("h5p", "H5P", (".h5p",), "application/zip", read_h5p, recognising.is_h5p),
    Format("json", "JSON", (".json", ".jsonl"), "application/json", read_json, recognising.is_json),
    Format("moodle", "Moodle XML", (".xml",), "application/xml", read_moodle, recognising.is_moodle_xml),
    Format(
        "extest", "LaTeX (ex_test)", (".tex",), "application/x-tex", read_extest, recognising.is_extest, is_text=True
    ),
    Format("cloze", "Cloze (Moodle)", (), "text/plain", read_cloze, is_cloze),
    Format("missingword", "Missing word (Moodle)", (), "text/plain", read_missing_word, is_missing_word, is_text=True),
    Format("aiken", "Aiken", (".aiken",), "text/plain", read_aiken, recognising.is_aiken, is_text=True),
    Format("gift", "GIFT", (".gift",), "text/plain", read_gift, recognising.is_gift, is_text=True),
    Format("text", "Văn bản thuần", (".txt",), "text/plain", read_text, recognising.is_paper, is_text=True),
    Format("csv", "CSV", (".csv", ".tsv"), "text/csv", read_csv, recognising.is_nothing),
)
"""Content decides, the first that recognises it; then the ending, the first that has it."""


def find_format(id: str, formats: tuple[Format, ...] = FORMATS) -> Format | None:
    return next((found for found in formats if found.id == id), None)


def get_format(id: str, formats: tuple[Format, ...] = FORMATS) -> Format:
    """The format with this id.

    Raises:
        Invalid: there is none.
    """
    found = find_format(id, formats)
    if found is None:
        raise Invalid("Không có định dạng {id}.", id=id)
    return found


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower()


def endings_of(formats: tuple[Format, ...] = FORMATS) -> frozenset[str]:
    """Every ending that some format claims."""
    return frozenset(ending for found in formats for ending in found.endings)


def format_of(head: Head, formats: tuple[Format, ...] = FORMATS) -> Format | None:
    """What a file is, or None: a zip that is no package of any format is a folder of papers."""
    by_content = next((found for found in formats if found.recognises(head)), None)
    if by_content is not None or head.members:
        return by_content
    return next((found for found in formats if ending_of(head.name) in found.endings), None)
