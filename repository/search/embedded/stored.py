"""What a segment keeps document by document: columns as raw arrays, titles, and the other stored fields.

Titles lie close together and are read in place; the rest, which may be long, is read document by document.
"""

from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PerDocumentReader, PerDocumentWriter
from whoosh.columns import ColumnReader, NumericColumn, RefBytesColumn

from repository.search.embedded.sections import Sections, SectionWriter, packed, unpacked

DocNumbers = NDArray[np.intp]

TITLE = "title"


class Column(Protocol):
    """A column while it is written."""

    def add(self, doc: int, value: Any) -> None: ...

    def add_segment(self, sections: Sections, name: str, docs: DocNumbers, first: int) -> None: ...

    def write(self, file: SectionWriter, name: str, count: int) -> None: ...


class NumberColumn:
    """Whole numbers; 0 where a document has none."""

    def __init__(self) -> None:
        self._values = array("q")

    def add(self, doc: int, value: int) -> None:
        self._fill(doc)
        self._values.append(value)

    def add_segment(self, sections: Sections, name: str, docs: DocNumbers, first: int) -> None:
        self._fill(first)
        self._values.frombytes(sections.array(f"numbers/{name}")[docs].tobytes())

    def write(self, file: SectionWriter, name: str, count: int) -> None:
        self._fill(count)
        file.add(f"numbers/{name}", np.frombuffer(self._values, np.int64))

    def _fill(self, count: int) -> None:
        self._values.frombytes(bytes(8 * (count - len(self._values))))


class RepeatedColumn:
    """Bytes that many documents share: a number for each document, and what the numbers mean. 0 means nothing."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {b"": 0}
        self._refs = array("I")

    def add(self, doc: int, value: bytes) -> None:
        self._fill(doc)
        self._refs.append(self._numbers.setdefault(value, len(self._numbers)))

    def add_segment(self, sections: Sections, name: str, docs: DocNumbers, first: int) -> None:
        self._fill(first)
        values: tuple[bytes, ...] = unpacked(sections.read(f"values/{name}"))
        refs = sections.array(f"refs/{name}")[docs]
        meant = np.zeros(len(values), np.uint32)
        for number in np.unique(refs).tolist():
            meant[number] = self._numbers.setdefault(values[number], len(self._numbers))
        self._refs.frombytes(meant[refs].tobytes())

    def write(self, file: SectionWriter, name: str, count: int) -> None:
        self._fill(count)
        narrow = np.uint16 if len(self._numbers) <= 65_536 else np.uint32
        file.add(f"refs/{name}", np.frombuffer(self._refs, np.uint32).astype(narrow))
        file.add(f"values/{name}", packed(tuple(self._numbers)))

    def _fill(self, count: int) -> None:
        self._refs.frombytes(bytes(4 * (count - len(self._refs))))


class DocumentWriter(PerDocumentWriter):  # type: ignore[misc]
    """Takes documents from Whoosh. Stored fields go to the file at once, columns when all are known."""

    def __init__(self, file: SectionWriter) -> None:
        self.is_closed = False
        self.count = 0
        self._file = file
        self._columns: dict[str, Column] = {}
        self._fields: dict[str, Any] = {}
        self._start = file.start()
        self._ends = array("q", [0])
        self._titles = bytearray()
        self._title_ends = array("q", [0])

    def start_doc(self, docnum: int) -> None:
        self._fields = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        if value is not None:
            self._fields[fieldname] = value

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        self._column(fieldname, isinstance(columnobj, NumericColumn)).add(self.count, value)

    def finish_doc(self) -> None:
        self._keep(self._fields.pop(TITLE, "").encode(), packed(self._fields))

    def add_segment(self, sections: Sections, docs: DocNumbers) -> None:
        """Documents of a segment that is merged into this one."""
        first = self.count
        bounds, title_bounds = sections.array("stored/bounds").data, sections.array("titles/bounds").data
        titles = sections.array("titles").data
        for doc in docs.tolist():
            title = titles[title_bounds[doc] : title_bounds[doc + 1]]
            self._keep(title, sections.read_piece("stored", bounds[doc], bounds[doc + 1]))
        for section in sections.names:
            kind, _, name = section.partition("/")
            if kind in {"numbers", "refs"}:
                self._column(name, kind == "numbers").add_segment(sections, name, docs, first)

    def close(self) -> None:
        self.is_closed = True
        self._file.end("stored", self._start)
        self._file.add("stored/bounds", np.frombuffer(self._ends, np.int64))
        self._file.add("titles", np.frombuffer(self._titles, np.uint8))
        self._file.add("titles/bounds", np.frombuffer(self._title_ends, np.int64))
        for name, column in self._columns.items():
            column.write(self._file, name, self.count)

    def _keep(self, title: bytes | memoryview, stored: bytes) -> None:
        self._titles += title
        self._title_ends.append(len(self._titles))
        self._file.append(stored)
        self._ends.append(self._ends[-1] + len(stored))
        self.count += 1

    def _column(self, name: str, has_numbers: bool) -> Column:
        if name not in self._columns:
            self._columns[name] = NumberColumn() if has_numbers else RepeatedColumn()
        return self._columns[name]


class DocumentReader(PerDocumentReader):  # type: ignore[misc]
    """Gives documents to Whoosh, and columns as arrays to those who know."""

    def __init__(self, sections: Sections, segment: Any) -> None:
        self.sections = sections
        self._segment = segment

    def doc_count(self) -> int:
        return self.doc_count_all() - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._segment.deleted_docs())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        bounds = self._bounds
        fields: dict[str, Any] = unpacked(self.sections.read_piece("stored", bounds[docnum], bounds[docnum + 1]))
        return {TITLE: self.title(docnum), **fields}

    def title(self, docnum: int) -> str:
        """The title alone, in place."""
        bounds, start = self._title_bounds, self._titles_start
        first, last = bounds[docnum], bounds[docnum + 1]
        self.sections.check(start + first, start + last)
        return str(self._titles[first:last], "utf-8")

    @cached_property
    def _bounds(self) -> memoryview:
        return self.sections.array("stored/bounds").data

    @cached_property
    def _title_bounds(self) -> memoryview:
        return self.sections.array("titles/bounds").data

    @cached_property
    def _titles_start(self) -> int:
        return self.sections.start_of("titles")

    @cached_property
    def _titles(self) -> memoryview:
        return self.sections.unchecked("titles").data

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return f"numbers/{fieldname}" in self.sections or f"refs/{fieldname}" in self.sections

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        if isinstance(column, NumericColumn):
            return ArrayReader(self.numbers(fieldname).tolist())
        if not isinstance(column, RefBytesColumn):
            raise TypeError(f"{fieldname}: only numbers and repeated bytes are kept as columns")
        refs, values = self.repeated(fieldname)
        return ArrayReader([values[ref] for ref in refs.tolist()])

    def numbers(self, name: str) -> NDArray[np.int64]:
        return self.sections.array(f"numbers/{name}")

    def repeated(self, name: str) -> tuple[NDArray[Any], tuple[bytes, ...]]:
        """A number for each document, and the bytes that the numbers mean."""
        values: tuple[bytes, ...] = unpacked(self.sections.read(f"values/{name}"))
        return self.sections.array(f"refs/{name}"), values

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default

    def field_length(self, fieldname: str) -> int:
        """Lengths have their share in the weights and are not kept beside them."""
        return 0

    def min_field_length(self, fieldname: str) -> int:
        return 0

    def max_field_length(self, fieldname: str) -> int:
        return 0


class ArrayReader(ColumnReader):  # type: ignore[misc]
    """A column as Whoosh reads it."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)
