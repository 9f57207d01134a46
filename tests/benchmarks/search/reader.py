"""What one web process does with an index, in a process of its own ; prints JSON.

``first``: opens the index and answers one query. ``memory``: answers what stands in a file, then says how much memory
it holds. ``load``: answers for some seconds, as often as it can. ``watch``: asks without end until standard input
closes; says the longest answers and when each title was seen first.
"""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

from repository.search.documents import SearchQuery
from repository.search.embedded.index import WhooshIndex

BEGAN = time.perf_counter()
PAUSE_SECONDS = 0.002
WARM_UP = 2


def main() -> None:
    mode, folder, *rest = sys.argv[1:]
    print(json.dumps(MODES[mode](WhooshIndex(Path(folder)), *rest)))


def first(index: WhooshIndex, text: str) -> dict[str, Any]:
    index.find(SearchQuery(text, limit=20, wants_facets=True))
    return {"seconds": time.perf_counter() - BEGAN}


def memory(index: WhooshIndex, file: str) -> dict[str, Any]:
    before = memory_of_process()
    for query in queries_of(file):
        index.find(query)
    return {"before": before, "after": memory_of_process()}


def memory_of_process() -> dict[str, float]:
    """Megabytes: ``Rss`` resident, ``Private`` nobody else's, as the kernel has it."""
    held: dict[str, float] = {"Rss": 0.0, "Private": 0.0}
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        name = "Private" if line.startswith("Private_") else "Rss" if line.startswith("Rss:") else ""
        if name:
            held[name] += int(line.split()[1]) / 1024
    return held


def load(index: WhooshIndex, file: str, seconds: str) -> dict[str, Any]:
    queries = list(queries_of(file))
    for query in queries:
        index.find(query)
    print("ready", flush=True)
    sys.stdin.readline()
    ends, count = time.perf_counter() + float(seconds), 0
    while time.perf_counter() < ends:
        index.find(queries[count % len(queries)])
        count += 1
    return {"answers": count}


def watch(index: WhooshIndex, text: str, file: str) -> dict[str, Any]:
    """Asks in turn for ``text``, which finds the changed document only, whose title says which change it is, and for
    what stands in a file, without highlights, which take their time whether anything changes or not. All was asked
    before, as in a process that has served for a while."""
    stop = Event()
    Thread(target=stop_at_end, args=(stop,), daemon=True).start()
    marked = SearchQuery(text, limit=1, wants_facets=True)
    others = [replace(query, wants_highlights=False) for query in queries_of(file)]
    for query in [marked, *others] * WARM_UP:
        index.find(query)
    seen: dict[str, float] = {}
    times: list[float] = []
    print("ready", flush=True)
    while not stop.is_set():
        for query in (marked, others[len(times) // 2 % len(others)]):
            started = time.perf_counter()
            hits = index.find(query).hits
            times.append((time.perf_counter() - started) * 1000)
            for hit in hits if query is marked else ():
                seen.setdefault(hit.title, time.time())
            time.sleep(PAUSE_SECONDS)
    times.sort()
    return {"longest_ms": times[-5:], "median_ms": times[len(times) // 2], "asked": len(times), "seen": seen}


def stop_at_end(stop: Event) -> None:
    sys.stdin.read()
    stop.set()


def queries_of(file: str) -> Iterator[SearchQuery]:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        yield SearchQuery(line, limit=20, wants_facets=True)


MODES: Mapping[str, Any] = {"first": first, "memory": memory, "load": load, "watch": watch}

if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
