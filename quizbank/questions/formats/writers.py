"""Every format that questions leave in: one line each."""

from dataclasses import dataclass

from quizbank.questions.formats.aiken import write_aiken
from quizbank.questions.formats.extest_writer import write_extest
from quizbank.questions.formats.gift_writer import write_gift
from quizbank.questions.formats.json_questions import write_json
from quizbank.questions.formats.moodle_xml_writer import write_moodle
from quizbank.questions.formats.qti_writing import write_qti22, write_qti30
from quizbank.questions.formats.spreadsheet_writer import write_spreadsheet
from quizbank.questions.formats.text_writer import write_text
from quizbank.questions.formats.word_writer import write_word
from quizbank.questions.formats.writing import Writer
from repository.errors import Invalid


@dataclass(frozen=True)
class WrittenFormat:
    """A format to write.

    Attributes:
        id: its name for commands (``--format``) and programs.
        name: what people call it; a msgid where it is no proper name.
        ending: of the file, with the dot.
        media_type: of the download.
        write: writes an export.
    """

    id: str
    name: str
    ending: str
    media_type: str
    write: Writer


WRITERS: tuple[WrittenFormat, ...] = (
    WrittenFormat(
        "docx",
        "Word",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write_word,
    ),
    WrittenFormat(
        "xlsx",
        "Excel",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_spreadsheet,
    ),
    WrittenFormat("extest", "LaTeX (ex_test)", ".tex", "application/x-tex; charset=utf-8", write_extest),
    WrittenFormat("json", "JSON", ".json", "application/json", write_json),
    WrittenFormat("moodle", "Moodle XML", ".xml", "application/xml", write_moodle),
    WrittenFormat("aiken", "Aiken", ".txt", "text/plain; charset=utf-8", write_aiken),
    WrittenFormat("gift", "GIFT", ".gift", "text/plain; charset=utf-8", write_gift),
    WrittenFormat("text", "Văn bản thuần", ".txt", "text/plain; charset=utf-8", write_text),
    WrittenFormat("qti30", "QTI 3.0", ".zip", "application/zip", write_qti30),
    WrittenFormat("qti22", "QTI 2.2", ".zip", "application/zip", write_qti22),
)


def get_writer(id: str) -> WrittenFormat:
    """The format with this id.

    Raises:
        Invalid: there is none.
    """
    found = next((found for found in WRITERS if found.id == id), None)
    if found is None:
        raise Invalid("Không có định dạng {id}.", id=id)
    return found
