"""Timing requests, and tables of what came of it."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.search.peers.base import Peer
from tests.benchmarks.search.queries import Ask

Clock = Callable[[], float]
ROUNDS = 3
FEWEST = 10
SECONDS = 8.0
"""An engine that needs longer than this for a round is asked fewer queries, the first of the list, at least 10."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each request: the median of its rounds."""

    times: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    def __str__(self) -> str:
        return f"{shown(self.median)} / {shown(self.p95)}"


WALL: Clock = time.perf_counter
CLOCKS: Mapping[str, Clock] = {"wall": WALL, "cpu": time.process_time}
"""On a machine that others use, the processor's time of this process says more; a server's is not in it."""


def time_asks(peer: Peer, asks: Sequence[Ask], clock: Clock = WALL) -> Timing:
    """Ask everything once to warm up, then in rounds.

    Each round wants one more hit than the last, so that no engine answers from a cache of results.
    """
    started, count = time.perf_counter(), 0
    for ask in asks:
        peer.ask(replace(ask, limit=ask.limit + ROUNDS))
        count += 1
        if count >= FEWEST and time.perf_counter() - started > SECONDS:
            break
    rounds = [
        [milliseconds(lambda ask=ask: peer.ask(ask), clock) for ask in wanting_more(asks[:count], more)]  # type: ignore[misc]
        for more in range(ROUNDS)
    ]
    return Timing(tuple(statistics.median(times) for times in zip(*rounds, strict=True)))


def wanting_more(asks: Sequence[Ask], more: int) -> list[Ask]:
    return [replace(ask, limit=ask.limit + more) for ask in asks]


def milliseconds(act: Callable[[], object], clock: Clock = WALL) -> float:
    started = clock()
    act()
    return (clock() - started) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def shown(value: float) -> str:
    """Two significant digits below ten, whole numbers from ten on."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
