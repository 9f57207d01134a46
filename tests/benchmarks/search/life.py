"""The index in use: cold starts, memory, several processes, changes and rebuilds under the eyes of a reader."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from repository.search.documents import SearchDocument
from repository.search.embedded.index import WhooshIndex
from repository.settings import PROJECT_ROOT
from tests.benchmarks.search.corpus import large_corpus

READER = (sys.executable, "-m", "tests.benchmarks.search.reader")
MARK = "zyxwvut"
STARTS, CHANGES, LOAD_SECONDS = 5, 20, 8
COMMITS, COMMIT_SIZE, COMMITS_PER_TIDYING = 40, 100, 4
Row = tuple[str, str, str]


def measure_life(folder: Path, texts: Sequence[str], count: int, processes: int) -> Iterator[Row]:
    """What is measured, what came of it, what was promised. ``folder`` holds an index, which stays as it is."""
    file = folder.parent / "queries.txt"
    file.write_text("\n".join(texts), encoding="utf-8")
    yield from measure_cold(folder, texts[0])
    yield from measure_command(folder, texts[0])
    yield from measure_memory(folder, file)
    yield from measure_throughput(folder, file)
    copy = folder.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    yield from measure_changes(copy, file)
    yield from measure_merges(copy, file)
    yield from measure_rebuild(copy, file, count, processes)
    shutil.rmtree(copy)


def measure_cold(folder: Path, text: str) -> Iterator[Row]:
    """A new process, its files in the system's cache: opening and the first answer; imports too."""
    inside, whole = [], []
    for _ in range(STARTS):
        started = time.perf_counter()
        inside.append(ask_reader("first", folder, text)["seconds"] * 1000)
        whole.append((time.perf_counter() - started) * 1000)
    yield "cold process: open and answer, 5 facets and highlights", f"{statistics.median(inside):.0f} ms", "700 ms"
    yield "the same, interpreter and imports included", f"{statistics.median(whole):.0f} ms", ""


def measure_command(folder: Path, text: str) -> Iterator[Row]:
    """``hoclieu search find``, from the start of the interpreter to its end; modules compiled, files in the cache."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiling = (sys.executable, "-m", "compileall", "-q", "repository", "quizbank")
    subprocess.run(compiling, cwd=PROJECT_ROOT, env=environ, check=True)
    with TemporaryDirectory() as data_dir:
        Path(data_dir, "search").symlink_to(folder.absolute())
        command = (sys.executable, "-m", "quizbank.cli", "search", "find", text, "--facets", "--json")
        whole = []
        for _ in range(STARTS):
            started = time.perf_counter()
            environ["HOCLIEU_DATA_DIR"] = data_dir
            subprocess.run(command, cwd=PROJECT_ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
            whole.append((time.perf_counter() - started) * 1000)
    yield "hoclieu search find, the whole process", f"{statistics.median(whole):.0f} ms", "700 ms"


def measure_memory(folder: Path, file: Path) -> Iterator[Row]:
    held = ask_reader("memory", folder, str(file))
    before, after = held["before"], held["after"]
    yield "memory of a process that answered all queries", f"{after['Rss']:.0f} MB", "300 MB"
    yield "of it private", f"{after['Private']:.0f} MB", ""
    yield "before the first query", f"{before['Rss']:.0f} MB", ""


def measure_throughput(folder: Path, file: Path) -> Iterator[Row]:
    rates = {count: answers_per_second(folder, file, count) for count in (1, 4)}
    yield "answers a second, one process (20 hits, all facets)", f"{rates[1]:,.0f}", ""
    yield "four processes", f"{rates[4]:,.0f} ({rates[4] / rates[1]:.1f}×)", "3×"


def answers_per_second(folder: Path, file: Path, count: int) -> float:
    readers = [start_reader("load", folder, str(file), str(LOAD_SECONDS)) for _ in range(count)]
    for reader in readers:
        reader.stdout.readline()
    for reader in readers:
        reader.stdin.write("go\n")
        reader.stdin.flush()
    answers = [int(json.loads(reader.communicate()[0])["answers"]) for reader in readers]
    return sum(answers) / LOAD_SECONDS


def measure_changes(folder: Path, file: Path) -> Iterator[Row]:
    """One document changed, twenty times, seen by another process."""
    index, took, sent = WhooshIndex(folder), [], {}
    reader = start_reader("watch", folder, MARK, str(file))
    reader.stdout.readline()
    for number in range(CHANGES):
        document = marked(number)
        sent[document.title] = time.time()
        started = time.perf_counter()
        index.update([document])
        took.append((time.perf_counter() - started) * 1000)
        time.sleep(0.1)
    watched = json.loads(reader.communicate()[0])
    delays = [(watched["seen"][title] - at) * 1000 for title, at in sent.items()]
    yield "one change written", f"{statistics.median(took):.0f} ms, at most {max(took):.0f} ms", ""
    yield (
        "until another process finds it",
        f"{statistics.median(delays):.0f} ms, at most {max(delays):.0f} ms",
        "2,000 ms",
    )
    yield "longest answers to a reader meanwhile", longest_of(watched), "50 ms"


def measure_merges(folder: Path, file: Path) -> Iterator[Row]:
    """New documents in many commits, the segments merged in between, while another process asks."""
    index = WhooshIndex(folder)
    reader = start_reader("watch", folder, MARK, str(file))
    reader.stdout.readline()
    documents = (replace(document, id=50_000_000 + document.id) for document in large_corpus(COMMITS * COMMIT_SIZE))
    for number in range(COMMITS):
        index.update(list(islice(documents, COMMIT_SIZE)))
        if number % COMMITS_PER_TIDYING == COMMITS_PER_TIDYING - 1:
            index.tidy()
    watched = json.loads(reader.communicate()[0])
    what = f"longest answers while {COMMITS * COMMIT_SIZE:,} documents come in and are merged"
    yield what, longest_of(watched), "50 ms"


def longest_of(watched: dict[str, Any]) -> str:
    longest = ", ".join(f"{value:.0f}" for value in reversed(watched["longest_ms"]))
    return f"{longest} ms; median of {watched['asked']:,} {watched['median_ms']:.1f} ms"


def measure_rebuild(folder: Path, file: Path, count: int, processes: int) -> Iterator[Row]:
    """Built anew beside the index in use, then swapped, while another process asks."""
    reader = start_reader("watch", folder, MARK, str(file))
    reader.stdout.readline()
    started = time.perf_counter()
    WhooshIndex(folder).rebuild([*large_corpus(count), marked(CHANGES)], processes=processes)
    seconds = time.perf_counter() - started
    time.sleep(1)
    watched = json.loads(reader.communicate()[0])
    yield f"full rebuild, {processes} processes, corpus included", f"{seconds:.0f} s", "120 s"
    yield "longest answers to a reader meanwhile", longest_of(watched), "50 ms"


def marked(number: int) -> SearchDocument:
    """A document that only ``MARK`` finds, the title of which is new every time."""
    first = next(large_corpus(1))
    return replace(first, id=99_000_000, title=f"{MARK} {number}", published_at=datetime(2026, 9, 1, tzinfo=UTC))


def ask_reader(mode: str, folder: Path, *rest: str) -> dict[str, Any]:
    out, _ = start_reader(mode, folder, *rest).communicate()
    told: dict[str, Any] = json.loads(out.splitlines()[-1])
    return told


def start_reader(mode: str, folder: Path, *rest: str) -> Any:
    command = [*READER, mode, str(folder), *rest]
    return subprocess.Popen(command, cwd=PROJECT_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
