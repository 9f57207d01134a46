"""Titles of lectures that were published or changed after the lexicon was built: few, in a file of lines."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from repository.search.documents import SearchDocument

LECTURE = "lecture"


@dataclass(frozen=True)
class FreshTitles:
    """Lecture id -> title. A title that is no longer live does no harm: the helper asks the index."""

    titles: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "FreshTitles":
        """What was saved, nothing where there is no such file."""
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return cls()
        pairs = (line.split("\t", 1) for line in lines if "\t" in line)
        return cls({int(id): title for id, title in pairs})

    def changed(self, documents: Iterable[SearchDocument], removed: Iterable[tuple[str, int]] = ()) -> "FreshTitles":
        """These with an update to the index taken in; the same object where the update has no lecture."""
        gone = {id for kind, id in removed if kind == LECTURE}
        new = {document.id: one_line(document.title) for document in documents if document.kind == LECTURE}
        if not new and gone.isdisjoint(self.titles):
            return self
        return FreshTitles({id: title for id, title in self.titles.items() if id not in gone} | new)

    def save(self, path: Path) -> None:
        """Put the file in place in one step."""
        draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
        draft.write_text("".join(f"{id}\t{title}\n" for id, title in self.titles.items()), encoding="utf-8")
        draft.replace(path)


def one_line(text: str) -> str:
    return " ".join(text.split())
