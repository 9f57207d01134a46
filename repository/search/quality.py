"""How good the results are: judged queries asked, and the usual measures of what came.

A file of judged queries is tab-separated text in UTF-8, one query a line; empty lines and lines that begin with ``#``
are left out::

    query <TAB> kind <TAB> relevant ids <TAB> grade <TAB> group

``kind`` is ``lecture``, ``question`` or ``any``; ids are separated by spaces or commas, of ``any`` they are written
``lecture:12``. ``grade`` says how relevant, one number above 0 for all ids or one for each; 1 where it is left out.
``group`` (a class of queries) may be left out too; scores are then given for everything together only.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from repository.errors import Invalid
from repository.search.documents import SearchQuery, SearchResults
from repository.search.embedded.schema import KINDS

CUT = 10
ANY = "any"
MOST_GRADE = 10.0
BETWEEN_IDS = re.compile(r"[\s,]+")

Key = tuple[str, int]
"""Kind and id of a thing that can be found."""


@dataclass(frozen=True)
class Judged:
    """A query, and what ought to be found: how relevant each thing is, above 0."""

    query: str
    kind: str | None
    relevant: Mapping[Key, float]
    group: str = ""
    line: int = 0


@dataclass(frozen=True)
class Scores:
    """Means over ``queries``: of the first relevant hit's reciprocal rank, of recall and of nDCG, all at ten."""

    queries: int
    mrr: float
    recall: float
    ndcg: float


@dataclass(frozen=True)
class Outcome:
    """What one query came to. ``rank`` of the first relevant hit from 1, None where ten hits have none."""

    judged: Judged
    hits: tuple[Key, ...]
    rank: int | None
    recall: float
    ndcg: float


def read_judged(text: str) -> list[Judged]:
    """Read a file of judged queries.

    Raises:
        Invalid: a line that is not as it should be; ``facts["line"]`` counts from 1.
    """
    lines = enumerate(text.removeprefix("\ufeff").splitlines(), 1)
    judged = [judged_of(line, number) for number, line in lines if line.strip() and not line.startswith("#")]
    if not judged:
        raise Invalid("The file has no judged queries.")
    return judged


def judged_of(line: str, number: int) -> Judged:
    query, kind, ids, grades, group = [*map(str.strip, line.split("\t")), *[""] * 5][:5]
    if not query or not ids:
        raise broken(number, "a query, a kind and relevant ids are needed, parted by tabs")
    if kind not in (*KINDS, ANY):
        raise broken(number, f"the kind is {', '.join(KINDS)} or {ANY}, not “{kind}”")
    keys = [key_of(part, kind, number) for part in BETWEEN_IDS.split(ids) if part]
    relevant = dict(zip(keys, grades_of(grades, len(keys), number), strict=True))
    if len(relevant) < len(keys):
        raise broken(number, "an id stands there twice")
    return Judged(query, None if kind == ANY else kind, relevant, group, number)


def key_of(part: str, kind: str, number: int) -> Key:
    named, _, digits = part.rpartition(":")
    chosen = named or kind
    if chosen not in KINDS or kind not in (ANY, chosen) or not digits.isascii() or not digits.isdigit():
        raise broken(number, f"“{part}” is no id" + (", it needs its kind: lecture:12" if kind == ANY else ""))
    return chosen, int(digits)


def grades_of(text: str, count: int, number: int) -> list[float]:
    try:
        grades = [float(part) for part in BETWEEN_IDS.split(text) if part] or [1.0]
    except ValueError:
        raise broken(number, f"“{text}” are no grades") from None
    if not all(0 < grade <= MOST_GRADE for grade in grades):
        raise broken(number, f"a grade is above 0 and at most {MOST_GRADE:g}")
    if len(grades) not in (1, count):
        raise broken(number, f"{len(grades)} grades for {count} ids; give one, or one for each")
    return grades * count if len(grades) == 1 else grades


def broken(number: int, reason: str) -> Invalid:
    return Invalid("Line {line} of the judged queries: {reason}.", line=number, reason=reason)


def evaluate(
    find: Callable[[SearchQuery], SearchResults], judged: Iterable[Judged], *, sees_explanations: bool = False
) -> list[Outcome]:
    """Ask everything and see what came."""
    plain = SearchQuery(limit=CUT, wants_highlights=False, sees_explanations=sees_explanations)
    return [outcome_of(one, find(replace(plain, text=one.query, kind=one.kind))) for one in judged]


def outcome_of(judged: Judged, results: SearchResults) -> Outcome:
    hits = tuple((hit.kind, hit.id) for hit in results.hits)
    rank = next((place for place, key in enumerate(hits, 1) if key in judged.relevant), None)
    return Outcome(judged, hits, rank, recall_of(hits, judged.relevant), ndcg_of(hits, judged.relevant))


def recall_of(hits: Sequence[Key], relevant: Mapping[Key, float], cut: int = CUT) -> float:
    """The share of the relevant that is among the first hits, or of the places where there are more relevant."""
    return sum(key in relevant for key in hits[:cut]) / min(cut, len(relevant))


def ndcg_of(hits: Sequence[Key], relevant: Mapping[Key, float], cut: int = CUT) -> float:
    """Discounted gain over that of the best order; the gain of a grade is ``2 ** grade - 1``.

    Source: Järvelin & Kekäläinen 2002, with the exponential gain of Burges et al. 2005.
    """
    ideal = sorted(relevant.values(), reverse=True)[:cut]
    return gain_of([relevant.get(key, 0.0) for key in hits[:cut]]) / gain_of(ideal)


def gain_of(grades: Sequence[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def scores_of(outcomes: Sequence[Outcome]) -> Scores:
    """The means; ``outcomes`` must not be empty."""
    count = len(outcomes)
    return Scores(
        queries=count,
        mrr=sum(1 / outcome.rank for outcome in outcomes if outcome.rank) / count,
        recall=sum(outcome.recall for outcome in outcomes) / count,
        ndcg=sum(outcome.ndcg for outcome in outcomes) / count,
    )


def scores_by_group(outcomes: Sequence[Outcome]) -> dict[str, Scores]:
    """Group -> scores, in the order in which the groups first occur; queries without one are in none."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.judged.group:
            groups.setdefault(outcome.judged.group, []).append(outcome)
    return {name: scores_of(some) for name, some in groups.items()}
