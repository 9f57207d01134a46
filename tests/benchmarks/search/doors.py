"""The pages and the API of search on a library in a folder, asked in this process; and help while typing."""

import os
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from quizbank.app import create_product
from quizbank.jobs import open_services
from repository.search.documents import SearchQuery
from tests.benchmarks.search.peers.hoclieu import HocLieu
from tests.benchmarks.search.queries import Ask
from tests.benchmarks.search.timing import Clock, milliseconds, percentile, shown

WARM_UP = 5
Row = tuple[str, str, str]


def measure_doors(data: Path, texts: Sequence[str], clock: Clock) -> Iterator[Row]:
    """Medians and p95 of whole requests by a stranger, one query after another."""
    os.environ["HOCLIEU_DATA_DIR"] = str(data)
    services = open_services()
    app = create_product(services)
    app.testing = False
    client = app.test_client()
    for name, path, promised in (
        ("page `/search`", "/search", "25 ms"),
        ("`GET /api/search`, 20 hits", "/api/search", "8 ms"),
        ("`GET /api/suggest`", "/api/suggest", ""),
    ):
        yield name, times_of([partial(client.get, path, query_string={"q": text}) for text in texts], clock), promised


def measure_typing(own: HocLieu, asks: Mapping[str, Sequence[Ask]], clock: Clock) -> Iterator[Row]:
    """Suggestions to a word begun; a spelling mended; the whole answer to a query with a slip."""
    index = own.opened()
    begun, slips = ([ask.text for ask in asks[name]] for name in ("prefix", "misspelt"))
    index.suggest("a")
    helper = index._readers.reader.helper
    yield "suggestions to a word begun", times_of([partial(index.suggest, text) for text in begun], clock), "0.5 ms"
    yield "did you mean", times_of([partial(helper.correct, text) for text in slips], clock), "0.1 ms"
    queries = [SearchQuery(text, wants_highlights=False) for text in slips]
    yield (
        "a misspelt query, mended and answered",
        times_of([partial(index.find, query) for query in queries], clock),
        "",
    )


def times_of(acts: Sequence[Callable[[], object]], clock: Clock) -> str:
    for act in acts[:WARM_UP]:
        act()
    times = [milliseconds(act, clock) for act in acts]
    return f"{shown(statistics.median(times))} / {shown(percentile(times, 0.95))} ms"
