"""Titles of lectures that were published or changed after the lexicon was built: few, in a file of lines."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from repository.search.documents import SearchDocument

LECTURE = "lecture"


@dataclass(frozen=True)
class FreshTitles:
    """What happened to the index since its lexicon was built.

    Attributes:
        titles: lecture id -> title. One that is no longer live does no harm: the helper asks the index.
        replaced: at most how many documents of then are gone or others now; None where nobody counted.
    """

    titles: Mapping[int, str] = field(default_factory=dict)
    replaced: int | None = None

    @classmethod
    def load(cls, path: Path) -> "FreshTitles":
        """What was saved; where there is no such file, nothing happened."""
        try:
            first, *lines = path.read_text(encoding="utf-8").splitlines()
            pairs = (line.split("\t", 1) for line in lines)
            return cls({int(id): title for id, title in pairs}, int(first))
        except FileNotFoundError:
            return cls(replaced=0)
        except ValueError:  # garbled
            return cls()

    def changed(self, documents: Iterable[SearchDocument], removed: Iterable[tuple[str, int]] = ()) -> "FreshTitles":
        """These with an update to the index taken in; the same object where the update is empty."""
        new = list(documents)
        gone = {*removed, *((document.kind, document.id) for document in new)}
        if not gone:
            return self
        titles = {id: title for id, title in self.titles.items() if (LECTURE, id) not in gone}
        titles |= {document.id: one_line(document.title) for document in new if document.kind == LECTURE}
        return FreshTitles(titles, None if self.replaced is None else self.replaced + len(gone))

    def save(self, path: Path) -> None:
        """Put the file in place in one step; before the update is committed, so that no reader knows too little."""
        draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
        lines = (f"{id}\t{title}\n" for id, title in self.titles.items())
        draft.write_text("".join([f"{self.replaced or 0}\n", *lines]), encoding="utf-8")
        draft.replace(path)


def one_line(text: str) -> str:
    return " ".join(text.split())
