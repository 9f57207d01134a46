"""Makes the judged queries of our own library anew: ``python -m tests.quality.make`` writes into ``tests/data/search``.

Known items: words taken by chance (seeded) from things drawn by chance. The demo writes many questions after one
pattern; those that differ in numbers and formulas only are one item, drawn once, and either may be found. A query whose
words stand together in more than ten other things is drawn again.
Topical queries: the words are those of ``topics.tsv``, the judgement is where the library's own curriculum has a thing.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from random import Random

from repository.search.documents import SearchDocument
from repository.search.quality import Judged, Key
from repository.search.text import words_of as forms_of
from repository.services import Services
from tests.quality.demo_library import build_library
from tests.quality.known_items import MAKERS, SPOILERS, chunk, has_enough, keywords, some_part, without_marks, words_of

FOLDER = Path(__file__).parents[1] / "data" / "search"
SEED = 2025
EACH = 40
EACH_TYPO = 25
EACH_LECTURE = 35
HEAD = "# Made by python -m tests.quality.make; ids are those of every library that `hoclieu demo` builds.\n"
MOST_OTHERS = 10
TRIES = 3
Maker = Callable[[Random, str], str]


def published_documents(services: Services) -> list[SearchDocument]:
    found: list[SearchDocument] = []
    with services.sessions() as session:
        for source in services.document_sources.values():
            found += source.read(session, list(source.list_ids(session)))
    return sorted(found, key=lambda document: (document.kind, document.id))


def items_of(documents: Iterable[SearchDocument]) -> dict[tuple[str, ...], list[SearchDocument]]:
    """Questions by their wording: lower-case words without numbers and formulas."""
    items: dict[tuple[str, ...], list[SearchDocument]] = {}
    for document in documents:
        if document.kind == "question" and has_enough(document.body):
            items.setdefault(wording_of(document), []).append(document)
    return items


def wording_of(document: SearchDocument) -> tuple[str, ...]:
    return tuple(word.lower() for word in words_of(document.body) if word.isalpha() and len(word) > 1)


class Telling:
    """Draws queries that tell something: ``mỗi khẳng định sau đúng hay sai`` stands in hundreds of questions."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self.texts = [frozenset(folded_of(f"{one.title}\n{one.body}\n{text_of(one)}")) for one in documents]

    def is_telling(self, query: str, known: int) -> bool:
        """Whether at most ``MOST_OTHERS`` things have all the words beside the ``known`` ones that are meant."""
        words = frozenset(folded_of(query))
        return sum(words <= text for text in self.texts) <= known + MOST_OTHERS

    def draw(self, chance: Random, maker: Maker, text: str, known: int) -> str | None:
        tries = (maker(chance, text) for _ in range(TRIES))
        return next((query for query in tries if query and self.is_telling(query, known)), None)


def folded_of(text: str) -> list[str]:
    return [form.folded for form in forms_of(text)]


def question_queries(documents: Sequence[SearchDocument]) -> Iterator[Judged]:
    items, telling = list(items_of(documents).values()), Telling(documents)
    for name, maker in MAKERS.items():
        for one in drawn(items, telling, name, maker, EACH):
            yield one
            yield replace(one, query=without_marks(one.query), group=f"{name}, no marks")
    for name, spoil in SPOILERS.items():
        chance = Random(f"spoiling {name} {SEED}")
        for one in drawn(items, telling, name, some_part, EACH_TYPO):
            yield replace(one, query=spoil(chance, one.query))


def drawn(
    items: Sequence[Sequence[SearchDocument]], telling: Telling, name: str, maker: Maker, count: int
) -> Iterator[Judged]:
    chance = Random(f"{name} {SEED}")
    queries = (
        (telling.draw(chance, maker, chance.choice(alike).body, len(alike)), alike)
        for alike in chance.sample(items, len(items))
    )
    found = ((query, alike) for query, alike in queries if query)
    for query, alike in islice(found, count):
        yield Judged(query, "question", {(one.kind, one.id): 1.0 for one in alike}, name)


def lecture_queries(documents: Sequence[SearchDocument]) -> Iterator[Judged]:
    lectures = [document for document in documents if document.kind == "lecture"]
    chance = Random(f"lectures {SEED}")
    for name, mark in (("lecture title", str), ("lecture title, no marks", without_marks)):
        for lecture in chance.sample(lectures, EACH_LECTURE):
            yield Judged(mark(keywords(chance, lecture.title)), "lecture", {("lecture", lecture.id): 1.0}, name)
    long = [lecture for lecture in lectures if has_enough(text_of(lecture))]
    for lecture in chance.sample(long, EACH_LECTURE):
        yield Judged(chunk(chance, text_of(lecture)), "lecture", {("lecture", lecture.id): 1.0}, "lecture text")


def text_of(lecture: SearchDocument) -> str:
    return " ".join((lecture.more, *(place.text for place in lecture.places)))


def topical_queries(documents: Sequence[SearchDocument]) -> Iterator[Judged]:
    """As asked; every second of the topics without marks as well."""
    rules = (FOLDER / "topics.tsv").read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(line for line in rules if line and not line.startswith("#")):
        query, patterns, group = line.split("\t")
        relevant = placed_in(documents, patterns.split())
        if not relevant:
            raise ValueError(f"nothing in the library answers “{query}”")
        yield Judged(query, None, relevant, group)
        if group == "topic" and place % 2:
            yield Judged(without_marks(query), None, relevant, "topic, no marks")


def placed_in(documents: Iterable[SearchDocument], patterns: Sequence[str]) -> dict[Key, float]:
    return {
        (document.kind, document.id): 1.0
        for document in documents
        if any(fnmatchcase(topic, pattern) for topic in document.facets.get("topic", ()) for pattern in patterns)
    }


def write(path: Path, judged: Iterable[Judged]) -> None:
    path.write_text(HEAD + "".join(map(line_of, judged)), encoding="utf-8")


def line_of(one: Judged) -> str:
    ids = " ".join(str(id) if one.kind else f"{kind}:{id}" for kind, id in one.relevant)
    return f"{one.query}\t{one.kind or 'any'}\t{ids}\t1\t{one.group}\n"


def make(documents: Sequence[SearchDocument], folder: Path) -> None:
    write(folder / "known-items.tsv", [*question_queries(documents), *lecture_queries(documents)])
    write(folder / "topical.tsv", sorted(topical_queries(documents), key=lambda one: one.group, reverse=True))


def main() -> None:
    argparse.ArgumentParser(prog="python -m tests.quality.make", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="hoclieu-judged-") as folder:
        make(published_documents(build_library(Path(folder))), FOLDER)


if __name__ == "__main__":
    main()
