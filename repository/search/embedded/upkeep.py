"""How the index on disk lives: changes, rebuilds, merges, looking for damage. One process at a time writes."""

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from repository.logs import Log
from repository.search.documents import LeftOut, SearchDocument
from repository.search.embedded import merging, writer
from repository.search.embedded.generations import Generations
from repository.search.embedded.sections import Damaged
from repository.search.engine import Position, Progress, SearchUnavailable
from repository.search.soundness import check_few, fault_of
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
        left_out: Sequence[LeftOut] = (),
    ) -> None:
        with self.generations.writing(WRITE_WAIT_SECONDS):
            current = self.generations.current()
            if current is None:
                raise SearchUnavailable("Chưa có chỉ mục tìm kiếm.", problem="missing")
            gone = list(removed)
            read = self._titles_kept(current, documents, gone)
            try:
                writer.change(current, read, gone)
            except Damaged:
                self.generations.report_damage(current)
                raise
            self._keep_left_out(current, {*gone, *((document.kind, document.id) for document in read)}, left_out)
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
        left_out: Sequence[LeftOut] = (),
    ) -> int:
        with self.generations.building(WRITE_WAIT_SECONDS):
            self.generations.sweep()
            folder = self.generations.new()
            lexicon = LexiconBuilder()
            watched = passed_by(documents, lexicon)
            count, refused = writer.build(folder, watched, total, progress or no_progress, processes)
            held: int = writer.open_index(folder).doc_count()
            if held != count - len(refused):
                raise RuntimeError(f"the new index holds {held} of {count} documents, {len(refused)} were left out")
            check_few(refused, count)
            left_out = [*left_out, *refused]
            lexicon.finish().save(folder / LEXICON_FILE)
            self._keep_left_out(folder, set(), left_out)
            if change_id is not None:
                self.generations.remember(folder, change_id)
            with self.generations.writing(WRITE_WAIT_SECONDS):
                self.generations.publish(folder)
        log.info("search index rebuilt", documents=held, left_out=len(left_out))
        for one in refused:
            log.error("a thing can't be indexed and is left out", **one._asdict())
        return held

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

    def _keep_left_out(self, folder: Path, updated: Set[tuple[str, int]], new: Sequence[LeftOut]) -> None:
        """Note what could not be read or taken; what was updated is no longer among it."""
        before = self.generations.left_out(folder)
        again = updated | {(one.kind, one.id) for one in new}
        after = (*(one for one in before if (one.kind, one.id) not in again), *new)
        if after != before:
            self.generations.note_left_out(folder, after)

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
        if fault_of(document) is None:
            try:
                lexicon.add(document)
            except Exception as error:
                log.error("a document teaches no suggestions", kind=document.kind, id=document.id, exc_info=error)
        yield document


def no_progress(done: int, total: int) -> None:
    """Nobody watches."""
