"""What the page and the API of the import desk have in common: a file is taken in before any transaction begins."""

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from typing import IO, Any

from werkzeug.datastructures import FileStorage

from quizbank.permissions import IMPORT_QUESTIONS
from quizbank.questions import columns, import_items, importing, reading
from quizbank.questions.desk import image_finder, pictures_from
from quizbank.questions.formats.catalogue import get_format
from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.sandbox import ReadingProcess, ReadingTooLong, SheetHead
from quizbank.questions.images import keep_image
from quizbank.questions.importing import NewImport
from quizbank.questions.models import QuestionImport
from repository import web
from repository.errors import HocLieuError
from repository.files.store import StoredBytes
from repository.lectures.receiving import shown_name

LIMIT_BYTES = 512 << 20
CHOICES = ("subject", "programme", "grade", "licence")


def stored_file(file: FileStorage) -> tuple[StoredBytes, str]:
    """An upload in the store, and its name.

    Raises:
        TooLarge: more than 512 MB.
    """
    return put(file.stream), shown_name(file.filename or "")


def stored_text(text: str) -> StoredBytes:
    """A pasted text in the store."""
    return put(io.BytesIO(text.replace("\r\n", "\n").encode("utf-8", "replace")))


def put(stream: IO[bytes]) -> StoredBytes:
    stored: StoredBytes = web.services().store.put(stream, limit_bytes=LIMIT_BYTES)
    return stored


def stored_files(files: Sequence[FileStorage]) -> tuple[StoredBytes, str]:
    """Several uploads in the store as one zip, which is read like a folder."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            taken: set[str] = set()
            for number, one in enumerate(files, start=1):
                name = shown_name(one.filename or "") or str(number)
                name = name if name not in taken else f"{number}-{name}"
                taken.add(name)
                with archive.open(name, "w") as member:
                    one.save(member)
        file.seek(0)
        names = [shown_name(one.filename or "") for one in files]
        return put(file), f"{names[0]} + {len(names) - 1}.zip"


def take_in(
    stored: StoredBytes, name: str, form: str, options: Mapping[str, str], pictures: Sequence[FileStorage] = ()
) -> QuestionImport:
    """Put a file on the desk. What can be read in a moment is read at once, the rest by the worker.

    Raises:
        Invalid: the file can't be read, or a choice does not exist.
    """
    IMPORT_QUESTIONS.require(web.actor())
    importing.check_options(options)
    store = web.services().store
    if form:
        get_format(form)
    chosen = {key: value for key, value in {**options, "format": form}.items() if value}
    with ReadingProcess(reading.QUICK_LIMITS) as process:
        chosen = with_known_columns(process, SourceFile(store.path(stored.sha256), name, chosen))
        quick = read_or_refuse(process, SourceFile(store.path(stored.sha256), name, chosen), form)
        kept: dict[str, str] = {}
        for file in pictures:
            kept |= pictures_from(file.stream, file.filename or "", kept_image)
        new = NewImport(name, stored, form, chosen, kept)
        made = importing.start_import(web.session(), web.actor(), new, store=store, now=web.now())
        if quick is None:
            reading.schedule(web.session(), made, reading.READ, now=web.now())
        else:
            finder = image_finder(kept, store)
            importing.lay_down(web.session(), made, quick.found, finder, store=store, now=web.now())
            importing.end_reading(web.session(), made, quick.trouble)
    return made


def with_known_columns(process: ReadingProcess, source: SourceFile) -> dict[str, str]:
    """The choices for a table, with its columns as this person named those of a table with the same headings."""
    chosen = dict(source.options)
    if not columns.is_table(source.name, chosen.get("format", "")) or "mapping" in chosen:
        return chosen
    try:
        sheets = look_at_sheets(process, source)
    except HocLieuError:
        return chosen
    with web.services().sessions() as lookup:
        return chosen | columns.known_choices(lookup, web.actor(), sheets)


def look_at_sheets(process: ReadingProcess, source: SourceFile) -> list[SheetHead]:
    """The heads of a table, on a busy machine too: without them its columns would have to be named again."""
    try:
        return process.look_at_sheets(source)
    except ReadingTooLong:
        with ReadingProcess(reading.PATIENT_LIMITS) as patient:
            return patient.look_at_sheets(source)


def read_or_refuse(process: ReadingProcess, source: SourceFile, form: str) -> reading.QuickReading | None:
    """Read a small file. A table whose columns nobody knows is laid down without questions, for they can be named.

    Raises:
        Invalid: anything else that can't be read.
    """
    try:
        return reading.read_quickly(process, source, form)
    except HocLieuError as error:
        if not columns.is_table(source.name, form):
            raise
        return reading.QuickReading([], error)


def kept_image(name: str, data: bytes) -> str:
    return keep_image(web.session(), web.services().store, data, now=web.now(), name=name)


def read_anew(made: QuestionImport, form: str, options: Mapping[str, str]) -> None:
    """Read the file of an import once more with other choices; what was mended is lost."""
    importing.check_options(options)
    if form:
        get_format(form)
    importing.clear_desk(web.session(), web.actor(), made, {**options, "format": form})
    reading.schedule(web.session(), made, reading.READ, now=web.now())


def store_now_or_later(import_id: int) -> QuestionImport:
    """Store what lies on the desk: a paper at once, a large file by the worker."""
    session, actor = web.session(), web.actor()
    made = importing.begin_storing(session, actor, import_id)
    if import_items.count_items(session, made.id).waiting > reading.QUICK_QUESTIONS:
        reading.schedule(session, made, reading.STORE, now=web.now())
        return made
    maker, after = reading.maker_of(session, made), -1
    while (after := importing.store_batch(session, maker, made, after=after, limit=200, now=web.now())) >= 0:
        pass
    importing.end_storing(session, made)
    return made


def options_from(fields: Mapping[str, Any]) -> dict[str, str]:
    """The choices of a form for the whole file; those of a format begin with ``column.`` or ``option.``."""
    of_format = {name: value for name, value in fields.items() if name.startswith(("column.", "option."))}
    return {name: str(fields.get(name) or "").strip()[:200] for name in CHOICES} | of_format
