"""Asks the reading process for the tables of a file."""

import json
import subprocess
import tempfile
from pathlib import Path

from quizbank.matrices.exchange.raw_tables import RawTable, tables_from
from repository import confinement
from repository.errors import Invalid

SECONDS = 20
MAX_BYTES = 16 << 20
CHILD = "quizbank.matrices.exchange.child"


def read_tables(path: Path, name: str) -> list[RawTable]:
    """The tables of an Excel or Word file.

    Raises:
        Invalid: the file can't be read; the message says why.
    """
    if path.stat().st_size > MAX_BYTES:
        raise Invalid("Tệp {name} quá lớn để là ma trận: tối đa 16 MB.", name=name)
    with tempfile.TemporaryDirectory(prefix="hoclieu-matrix-") as folder:
        answer = _answer_about(path.absolute(), Path(folder), name)
    try:
        told = json.loads(answer)
    except ValueError:
        raise Invalid("Tệp {name} làm trình đọc dừng đột ngột nên không đọc được.", name=name) from None
    if "refused" in told:
        raise Invalid(told["refused"], **told["facts"])
    return tables_from(told["tables"])


def _answer_about(path: Path, folder: Path, name: str) -> bytes:
    process = confinement.start(CHILD, folder, str(path))
    try:
        return process.communicate(timeout=SECONDS)[0]
    except subprocess.TimeoutExpired:
        raise Invalid("Tệp {name} đọc quá lâu nên đã dừng.", name=name) from None
    finally:
        confinement.end(process)
