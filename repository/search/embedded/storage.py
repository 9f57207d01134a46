"""The folder of an index as Whoosh sees it: tables of contents carry a checksum, segments are files of sections."""

import os
import weakref
from io import BytesIO
from pathlib import Path
from struct import Struct
from typing import Any
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from repository.search.embedded.sections import Damaged, Sections

CONTENTS = ".toc"
TRAILER = Struct("<I8s")
MAGIC = b"HLTOC001"


class Storage(FileStorage):  # type: ignore[misc]
    """Files of one generation. Opens no file with mmap in Whoosh's way, which would copy it into the heap."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._open: weakref.WeakValueDictionary[str, Sections] = weakref.WeakValueDictionary()

    def path(self, name: str) -> Path:
        return Path(self.folder, name)

    def sections(self, name: str) -> Sections:
        """A file of sections, open once however many ask for it."""
        found = self._open.get(name)
        if found is None:
            found = self._open[name] = Sections(self.path(name))
        return found

    def open_file(self, name: str, **options: Any) -> StructFile:
        content = self.path(name).read_bytes()
        return StructFile(BytesIO(without_trailer(content, name)), name=name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put a finished file in its place, which ends a commit when it is a table of contents."""
        if newname.endswith(CONTENTS):
            with self.path(oldname).open("r+b") as file:
                content = file.read()
                file.write(TRAILER.pack(crc32(content), MAGIC))
                file.flush()
                os.fsync(file.fileno())
        super().rename_file(oldname, newname, safe=safe)


def without_trailer(content: bytes, name: str) -> bytes:
    if not name.endswith(CONTENTS):
        return content
    payload, trailer = content[: -TRAILER.size], content[-TRAILER.size :]
    if len(trailer) < TRAILER.size or TRAILER.unpack(trailer) != (crc32(payload), MAGIC):
        raise Damaged(f"{name} is cut off or garbled")
    return payload
