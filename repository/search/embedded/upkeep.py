"""How the index on disk lives: changes, rebuilds, merges, looking for damage. One process at a time writes."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from repository.logs import Log
from repository.search.documents import SearchDocument
from repository.search.embedded import merging, writer
from repository.search.embedded.generations import Generations
from repository.search.embedded.sections import Damaged
from repository.search.engine import Position, Progress, SearchUnavailable
from repository.search.suggestions.building import LexiconBuilder
from repository.search.suggestions.fresh import FreshTitles

WRITE_WAIT_SECONDS = 20.0
LEXICON_FILE = "lexicon"

log = Log("search")


class Upkeep:
    """The part of a search index that changes it."""

    def __init__(self, generations: Generations) -> None:
        self.generations = generations

    def update(
        self,
        documents: Iterable[SearchDocument],
        removed: Iterable[tuple[str, int]] = (),
        *,
        position: Position | None = None,
    ) -> None:
        with self.generations.writing(WRITE_WAIT_SECONDS):
            current = self.generations.current()
            if current is None:
                raise SearchUnavailable("Chưa có chỉ mục tìm kiếm.", problem="missing")
            gone = list(removed)
            try:
                writer.change(current, self._titles_kept(current, documents, gone), gone)
            except Damaged:
                self.generations.report_damage(current)
                raise
            if position is not None and position.generation == current.name:
                self.generations.remember(current, position.change_id)

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        total: int = 0,
        progress: Progress | None = None,
        processes: int = 1,
        change_id: int | None = None,
    ) -> int:
        with self.generations.building(WRITE_WAIT_SECONDS):
            self.generations.sweep()
            folder = self.generations.new()
            lexicon = LexiconBuilder()
            watched = passed_by(documents, lexicon)
            count = writer.build(folder, watched, total, progress or no_progress, processes)
            held = writer.open_index(folder).doc_count()
            if held != count:
                raise RuntimeError(f"the new index holds {held} of {count} documents")
            lexicon.finish().save(folder / LEXICON_FILE)
            if change_id is not None:
                self.generations.remember(folder, change_id)
            with self.generations.writing(WRITE_WAIT_SECONDS):
                self.generations.publish(folder)
        log.info("search index rebuilt", documents=count)
        return count

    def position(self) -> Position | None:
        return self.generations.position()

    def leads(self) -> bool:
        return True

    def verify(self) -> None:
        current = self.generations.current()
        if current is None:
            return
        try:
            writer.check(current)
        except Exception:
            if self.generations.current() == current and not self._is_changing(current):
                log.exception("search index damaged", folder=str(current))
                self.generations.report_damage(current)

    def tidy(self) -> None:
        self.generations.sweep_if_idle()
        current = self.generations.current()
        if current is not None and (count := merging.merge(self.generations, current)):
            log.info("search index merged", segments=count)

    def _is_changing(self, current: Path) -> bool:
        """Whether a second look, with nobody writing, finds all well."""
        with self.generations.writing(WRITE_WAIT_SECONDS):
            try:
                writer.check(current)
            except Exception:
                return False
        return True

    def _titles_kept(
        self, current: Path, documents: Iterable[SearchDocument], gone: list[tuple[str, int]]
    ) -> list[SearchDocument]:
        """The documents, their titles noted for suggestions: the lexicon is as old as the generation."""
        read = list(documents)
        path = self.generations.titles_path(current)
        titles = FreshTitles.load(path)
        changed = titles.changed(read, gone)
        if changed is not titles:
            changed.save(path)
        return read


def passed_by(documents: Iterable[SearchDocument], lexicon: LexiconBuilder) -> Iterator[SearchDocument]:
    for document in documents:
        lexicon.add(document)
        yield document


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""
