"""Search, as tables: ``python -m tests.benchmarks.search`` (``--help`` names its options).

Needs the real papers beside the project. Indexes are built in a folder that is thrown away; with ``--keep`` those of
the peers are used again by the next run, while ours, which changes, is always built anew.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from repository.search.documents import SearchDocument
from tests.benchmarks.search.corpus import large_corpus
from tests.benchmarks.search.doors import measure_doors, measure_typing
from tests.benchmarks.search.library import library_documents, questions_among
from tests.benchmarks.search.life import measure_life
from tests.benchmarks.search.papers import RealQuestion, real_questions
from tests.benchmarks.search.peers.base import Peer
from tests.benchmarks.search.peers.fts5 import Fts5
from tests.benchmarks.search.peers.hoclieu import HocLieu
from tests.benchmarks.search.peers.hoclieu_postgres import HocLieuPostgres
from tests.benchmarks.search.peers.postgres_engine import PostgresPlain
from tests.benchmarks.search.peers.tantivy_engine import Tantivy, TantivyOneField
from tests.benchmarks.search.peers.whoosh_naive import WhooshNaive
from tests.benchmarks.search.postgres_server import has_postgres, postgres_server
from tests.benchmarks.search.queries import Ask, all_asks
from tests.benchmarks.search.timing import CLOCKS, WALL, Clock, Timing, shown, table, time_asks

SERVED = (PostgresPlain, HocLieuPostgres)
"""Engines that answer in another process: theirs is the wall clock always, and nothing of them is kept."""

MOST_IN_MEMORY = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--documents", type=int, default=45_000)
    parser.add_argument("--library", type=Path, help="a folder with a library, whose documents are taken instead")
    parser.add_argument("--peers", action="store_true", help="measure the other engines as well")
    parser.add_argument("--without", nargs="*", default=[], help="peers to leave out, by a part of their name")
    parser.add_argument("--life", action="store_true", help="measure starts, memory, changes and rebuilds as well")
    parser.add_argument("--data", type=Path, help="a folder with a library, whose pages are measured as well")
    parser.add_argument("--only", nargs="*", default=[], help="kinds of request, by the beginning of their name")
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="cpu where others use the machine")
    parser.add_argument("--keep", type=Path, help="a folder for indexes that are used again")
    parser.add_argument("--processes", type=int, default=1, help="processes that build our index")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hoclieu-search-")))
        own = HocLieu(given.processes)
        peers: list[Peer] = [own]
        if given.peers:
            peers += [Tantivy(), TantivyOneField(), Fts5(), WhooshNaive()]
        if given.peers and has_postgres() and "PostgreSQL" not in given.without:
            server = stack.enter_context(postgres_server())
            peers[3:3] = [HocLieuPostgres(server), PostgresPlain(server)]
        peers[1:] = [peer for peer in peers[1:] if not any(part in peer.name for part in given.without)]
        about = (platform.machine(), f"{cores()} cores", f"Python {platform.python_version()}")
        corpus = Corpus.of_library(given.library) if given.library else Corpus.recombined(given.documents)
        print("\n" + ", ".join((*about, f"{corpus.count:,} documents")) + "\n")
        print(table(("engine", "build", "on disk"), [build_row(peer, folder, corpus) for peer in peers]), "\n")
        asks = all_asks(corpus.questions)
        print(compare(peers, asks, given.only, CLOCKS[given.clock]), "\n")
        texts = [ask.text for ask in asks["natural"]]
        rows = [*measure_typing(own, asks, CLOCKS[given.clock])]
        if given.life:
            rows += measure_life(folder_of(own, folder, corpus.count), texts, corpus.count, given.processes)
        if given.data:
            rows += measure_doors(given.data, texts, CLOCKS[given.clock])
        print(table(("what", "measured", "promised"), rows), "\n")


def cores() -> int:
    return len(os.sched_getaffinity(0))


def folder_of(peer: Peer, folder: Path, count: int) -> Path:
    return folder / f"{type(peer).__name__}-{count}"


@dataclass(frozen=True)
class Corpus:
    """What the engines are filled with, and the questions that queries are drawn from."""

    count: int
    questions: Sequence[RealQuestion]
    documents: Callable[[], Iterable[SearchDocument]]

    @classmethod
    def recombined(cls, count: int) -> "Corpus":
        """Documents put together from the sentences of the real papers; of many, the time it takes is in the builds."""
        make = list if count <= MOST_IN_MEMORY else iter
        return cls(count, real_questions(), lambda: make(large_corpus(count)))

    @classmethod
    def of_library(cls, data: Path) -> "Corpus":
        documents = library_documents(data)
        return cls(len(documents), questions_among(documents), lambda: documents)


def build_row(peer: Peer, folder: Path, corpus: Corpus) -> tuple[str, str, str]:
    """Build the engine's index unless a finished one of this size is kept."""
    own = folder_of(peer, folder, corpus.count)
    done = own / "built"
    if isinstance(peer, (*SERVED, HocLieu)) or not done.exists():
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True)
        documents = corpus.documents()
        started = time.perf_counter()
        peer.build(own, documents)
        done.write_text(f"{time.perf_counter() - started:.1f}")
    peer.open(own)
    megabytes = sum(path.stat().st_size for path in own.rglob("*") if path.is_file()) / 1e6
    return peer.name, f"{float(done.read_text()):.0f} s", f"{megabytes:,.0f} MB" if megabytes > 1 else ""


def compare(peers: Sequence[Peer], asks: Mapping[str, list[Ask]], only: Sequence[str], clock: Clock) -> str:
    """A row per kind of request: medians / p95 in ms, and how many times as long as ours each peer takes."""
    rows = []
    for kind, some in asks.items():
        if kind == "misspelt" or (only and not kind.startswith(tuple(only))):
            continue
        timings = [time_asks(peer, some, WALL if isinstance(peer, SERVED) else clock) for peer in peers]
        print(kind, *timings, sep="; ", file=sys.stderr, flush=True)
        rows.append((kind, *cells(timings)))
    return table(("median / p95, ms", *(peer.name for peer in peers)), rows)


def cells(timings: Sequence[Timing]) -> Iterator[str]:
    own, *others = timings
    yield f"**{own}**"
    for timing in others:
        yield f"{timing} ({shown(timing.median / own.median)}×)"


if __name__ == "__main__":
    main()
