"""The reading process: takes one file after the other from a pipe and answers with its questions as JSON lines.

It knows no database and no network, limits itself before it reads, and where Linux can, is fenced in: what a hostile
file can reach is this process and its folder.
A zip that is no package of any format is a folder of papers, read one after the other.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from quizbank.questions.formats.catalogue import FORMATS, Format, ending_of, endings_of, format_of, get_format
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.paper_json import json_of_question, without_nul
from quizbank.questions.formats.recognising import PACKAGE_LIMITS, head_of
from quizbank.questions.formats.spreadsheet import sheets_in
from quizbank.questions.formats.word_office import PIPES, find_office
from quizbank.questions.problems import problem
from repository.confinement import allow_time, confine, die_with_parent, only_answers
from repository.errors import HocLieuError, Invalid
from repository.fences import fence
from repository.files.archives import open_archive

Json = dict[str, Any]

MEMORY_BYTES = 512 << 20
CONVERTER_MEMORY_BYTES = 4 << 30
FILE_BYTES = 1 << 30
CPU_SECONDS = 60
LINE_BYTES = 8 << 20
PICTURE_BYTES = 32 << 20
ALL_PICTURES_BYTES = 1 << 30
SOURCE_LETTERS = 100_000
CHECKED_EVERY = 100
SHEETS = 20
COLUMNS = 60
CELL_LETTERS = 200
UNKNOWN = (
    "Không nhận ra định dạng của tệp {name}: hãy gửi Word, Excel, CSV, văn bản, LaTeX (ex_test), GIFT, Aiken,"
    " Moodle XML, QTI, Common Cartridge, H5P, JSON hoặc gói ZIP gồm các tệp ấy."
)


def main() -> None:
    serve(FORMATS)


def serve(formats: tuple[Format, ...]) -> None:
    """Answer requests from standard input until it ends. Readers that print disturb nobody."""
    answers = only_answers()
    die_with_parent()
    confine(MEMORY_BYTES, FILE_BYTES, hard_memory_bytes=CONVERTER_MEMORY_BYTES)
    fence(Path.cwd(), PIPES if find_office() else ())
    for line in sys.stdin.buffer:
        allow_time(CPU_SECONDS)
        for answer in answers_to(json.loads(line), formats):
            answers.write(packed(answer))
            answers.flush()


def packed(answer: Json) -> bytes:
    """One line of UTF-8 that any database can hold."""
    line = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in line:
        line = json.dumps(without_nul(answer), ensure_ascii=False, separators=(",", ":"))
    return line.encode("utf-8", "replace") + b"\n"


def answers_to(request: Json, formats: tuple[Format, ...]) -> Iterator[Json]:
    """The answers to one request: questions, then how it ended."""
    source = SourceFile(Path(request["path"]), request["name"], request["options"])
    chosen = get_format(request["format"], formats) if request["format"] else None
    with tempfile.TemporaryDirectory() as folder:
        outlet = Outlet(Path(request["pictures"]), formats)
        try:
            yield from sheets_of(source) if request["sheets"] else outlet.read(source, chosen, Path(folder))
            yield {"end": "done"}
        except HocLieuError as error:
            yield {"end": "refused", **refusal(error)}
        except MemoryError:
            yield {"end": "memory"}
        except RecursionError:
            yield {"end": "depth"}
        except Exception as error:
            yield {"end": "failed", "error": f"{type(error).__name__}: {error}"[:2_000]}


def sheets_of(source: SourceFile) -> Iterator[Json]:
    """The sheets of a table with their first rows, and what their columns seem to mean."""
    for sheet in islice(sheets_in(source), SHEETS):
        rows = [[cell[:CELL_LETTERS] for cell in row[:COLUMNS]] for row in sheet.rows]
        found = sheet.mapping
        columns = {str(place): str(meaning) for place, meaning in found.columns.items()} if found else {}
        yield {"sheet": sheet.name, "rows": rows, "columns": columns, "header_row": found.header_row if found else None}


def refusal(error: HocLieuError) -> Json:
    return {"message": error.message, "facts": {name: str(fact)[:500] for name, fact in error.facts.items()}}


class Outlet:
    """Sends questions out, their pictures beside them in a folder."""

    def __init__(self, pictures: Path, formats: tuple[Format, ...]) -> None:
        self.pictures = pictures
        self.formats = formats
        self.left_bytes = ALL_PICTURES_BYTES

    def read(self, source: SourceFile, chosen: Format | None, folder: Path) -> Iterator[Json]:
        """Read a file, or each paper of a folder.

        Raises:
            Invalid: nobody knows what it is.
        """
        head = head_of(source.path, source.name)
        found = chosen or format_of(head, self.formats)
        if found is None and head.members:
            yield from self.read_folder(source, folder)
            return
        if found is None:
            raise Invalid(UNKNOWN, name=source.name)
        yield {"file": source.name, "format": found.id}
        yield from self.questions_of(source, found)

    def read_folder(self, source: SourceFile, folder: Path) -> Iterator[Json]:
        """Every file of a zip that some format claims by its ending; pictures are looked for beside each paper."""
        with open_archive(source.path, PACKAGE_LIMITS) as archive:
            archive.unpack(folder)
            known = endings_of(self.formats)
            papers = sorted(path for path in archive.paths if ending_of(path) in known and not is_hidden(path))
        if not papers:
            raise Invalid("Trong gói {name} không có tệp câu hỏi nào đọc được.", name=source.name)
        for path in papers:
            member = SourceFile(folder / path, path, source.options)
            try:
                yield from self.read_member(member, folder)
            except HocLieuError as error:
                yield {"file": path, "refused": refusal(error)}

    def read_member(self, member: SourceFile, folder: Path) -> Iterator[Json]:
        """One paper of a folder; a zip in a zip is no paper.

        Raises:
            Invalid: nobody knows what it is.
        """
        allow_time(CPU_SECONDS)
        found = format_of(head_of(member.path, member.name), self.formats)
        if found is None:
            raise Invalid(UNKNOWN, name=member.name)
        yield {"file": member.name, "format": found.id}
        yield from self.questions_of(member, found, folder)

    def questions_of(self, source: SourceFile, found: Format, folder: Path | None = None) -> Iterator[Json]:
        """The questions of one file.

        Raises:
            Invalid: it has none.
        """
        count = 0
        for count, question in enumerate(found.read(source), start=1):
            if count % CHECKED_EVERY == 0:
                allow_time(CPU_SECONDS)
            yield self.sent(question, beside(question, source.path, folder) if folder else {})
        if count == 0:
            raise Invalid("Tệp {name} không có câu hỏi nào.", name=source.name)

    def sent(self, question: ParsedQuestion, more: Mapping[str, bytes]) -> Json:
        kept = {
            target: self.keep(data) for target, data in {**more, **question.pictures}.items() if self.has_room(data)
        }
        answer = {"question": json_of_question(question, kept)}
        if len(question.source) <= SOURCE_LETTERS and size_of(answer) <= LINE_BYTES:
            return answer
        given = json_of_question(question, kept)
        given["source"] = question.source[:SOURCE_LETTERS]
        if size_of(given) > LINE_BYTES:
            given |= {"draft": None, "passage": "", "images": [], "pictures": {}, "tags": []}
            given["problems"] = [[(too_long := problem("too-long", limit=SOURCE_LETTERS)).code, too_long.facts]]
        return {"question": given}

    def has_room(self, data: bytes) -> bool:
        return len(data) <= PICTURE_BYTES and len(data) <= self.left_bytes

    def keep(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        path = self.pictures / name
        if not path.exists():
            path.write_bytes(data)
            self.left_bytes -= len(data)
        return name


def size_of(answer: Json) -> int:
    return len(packed(answer))


def beside(question: ParsedQuestion, paper: Path, folder: Path) -> dict[str, bytes]:
    """The pictures of a question that stand beside its paper or below; nothing outside the folder is read."""
    found = {}
    for target in question.images:
        path = (paper.parent / target).resolve()
        is_inside = path.is_relative_to(folder.resolve()) and path.is_file()
        if is_inside and path.stat().st_size <= PICTURE_BYTES:
            found[target] = path.read_bytes()
    return found


def is_hidden(path: str) -> bool:
    """What systems add to a zip: ``__MACOSX/``, names that begin with a dot, and locks of Office (``~$``)."""
    parts = PurePosixPath(path).parts
    return parts[0] == "__MACOSX" or any(part.startswith((".", "~$")) for part in parts)


if __name__ == "__main__":
    main()
