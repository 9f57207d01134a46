"""Matrices as files: which formats there are, and what somebody's file says."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from quizbank.matrices.exchange.excel import write_excel
from quizbank.matrices.exchange.importing import Choices, ImportedMatrix, import_matrix
from quizbank.matrices.exchange.reading import MAX_BYTES, read_tables
from quizbank.matrices.exchange.word import write_word
from quizbank.matrices.grid import grid_of
from quizbank.matrices.matrix_file import parse_matrix
from quizbank.matrices.rules import Matrix
from repository.curriculum.rules import Curriculum
from repository.errors import Invalid, NotFound

CHUNK_BYTES = 1 << 20
NO_CHOICES = Choices()


class FileFormat(NamedTuple):
    """A way to write a matrix. ``media_type`` is what browsers are told."""

    media_type: str
    write: Callable[[Matrix, Curriculum], bytes]


OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    "xlsx": FileFormat(f"{OFFICE}spreadsheetml.sheet", write_excel),
    "docx": FileFormat(f"{OFFICE}wordprocessingml.document", write_word),
}


def get_file_format(name: str) -> FileFormat:
    if name not in FORMATS:
        raise NotFound("Ma trận xuất được ra xlsx và docx, không ra “{format}”.", format=name[:20])
    return FORMATS[name]


def matrix_in(path: Path, name: str, curriculum: Curriculum, choices: Choices = NO_CHOICES) -> ImportedMatrix:
    """The matrix of a matrix file (JSON), an Excel or a Word file.

    Raises:
        Invalid: it can't be read, or holds no matrix.
    """
    with path.open("rb") as file:
        is_json = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    if not is_json:
        return import_matrix(read_tables(path, name), choices, curriculum, name)
    if path.stat().st_size > MAX_BYTES:
        raise Invalid("Tệp {name} quá lớn để là ma trận: tối đa 16 MB.", name=name)
    matrix = parse_matrix(path.read_text(encoding="utf-8-sig", errors="replace"))
    return ImportedMatrix(matrix, grid_of(matrix))


def matrix_sent(stream: IO[bytes], name: str, curriculum: Curriculum, choices: Choices) -> ImportedMatrix:
    """The matrix of an upload.

    Raises:
        Invalid: as ``matrix_in``.
    """
    with tempfile.TemporaryDirectory(prefix="hoclieu-matrix-") as folder:
        path, left = Path(folder) / "sent", MAX_BYTES + 1
        with path.open("wb") as file:
            while left > 0 and (chunk := stream.read(min(CHUNK_BYTES, left))):
                file.write(chunk)
                left -= len(chunk)
        return matrix_in(path, name, curriculum, choices)
