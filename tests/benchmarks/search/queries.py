"""What is asked of every engine: about 200 queries of each kind, drawn from the real papers and the curriculum."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from repository.curriculum.queries import curriculum
from repository.search.text import strip_marks
from tests.benchmarks.search.corpus import SEED, sentences_of
from tests.benchmarks.search.papers import RealQuestion
from tests.spelling import misspelt

EACH = 200
TOPIC_SHARE = 60
OFTEN_ENOUGH = 3
SHORTEST, LONGEST = 2, 5
LONG_WORDS = range(20, 41)
FILTER_FACETS = ("subject", "grade", "level")
EDGES = """
của và là các những nào sau đây đúng không được có trong cho với về từ theo đến để khi ở do bị này một ra vào
thì mà như nhất trên dưới nếu đã sẽ hay hoặc người a b c d the of to a in and is
"""
EDGE_WORDS = frozenset(EDGES.split())
"""People do not begin or end a query with these."""


@dataclass(frozen=True)
class Ask:
    """One request, which every engine answers in its own way.

    ``shape``: ``words`` (all of them), ``phrase`` (together, in this order), ``prefix`` (the last word is unfinished).
    """

    text: str
    shape: str = "words"
    filters: Mapping[str, str] = field(default_factory=dict)
    limit: int = 10
    facets: bool = False
    highlights: bool = False


def all_asks(questions: Sequence[RealQuestion], seed: int = SEED) -> dict[str, list[Ask]]:
    """Kind of request -> requests, in the order of the table."""
    chance = Random(f"queries {seed}")
    natural = natural_queries(chance, questions)
    long = long_queries(chance, questions)
    return {
        "natural": [Ask(text) for text in natural],
        "natural, all facet counts": [Ask(text, facets=True) for text in natural],
        "no accents": [Ask(without_marks(text)) for text in natural],
        "phrase": [Ask(text, "phrase") for text in natural],
        "prefix": [Ask(unfinished(chance, text), "prefix") for text in natural],
        "3 filters": [Ask(text, filters=some_filters(chance)) for text in natural],
        "top 20 with highlights": [Ask(text, limit=20, highlights=True) for text in natural],
        "long query": [Ask(text) for text in long],
        "misspelt": [Ask(misspelt(chance, text)) for text in natural],
    }


def natural_queries(chance: Random, questions: Sequence[RealQuestion]) -> list[str]:
    """Names of topics and turns of phrase of 2 to 5 syllables that several questions have, the frequent ones often."""
    names = [topic.name for topic in curriculum().topics if SHORTEST <= len(topic.name.split()) <= LONGEST]
    chosen = [name.lower() for name in chance.sample(names, TOPIC_SHARE)]
    counts = Counter(phrase for question in questions for phrase in set(phrases_of(question)))
    common = {phrase: count for phrase, count in sorted(counts.items()) if count >= OFTEN_ENOUGH}
    while len(chosen) < EACH:
        phrase = chance.choices(tuple(common), tuple(common.values()))[0]
        if phrase not in chosen:
            chosen.append(phrase)
    return chosen


def phrases_of(question: RealQuestion) -> Iterator[str]:
    for sentence in sentences_of("\n".join((question.stem, *question.options))):
        words = sentence.lower().split()
        for first in range(len(words)):
            for length in range(SHORTEST, min(LONGEST, len(words) - first) + 1):
                phrase = words[first : first + length]
                if all(word.isalpha() for word in phrase) and not EDGE_WORDS & {phrase[0], phrase[-1]}:
                    yield " ".join(phrase)


def long_queries(chance: Random, questions: Sequence[RealQuestion]) -> list[str]:
    """Whole stems, as they are pasted to see whether a question is known."""
    fitting = [question.stem for question in questions if len(question.stem.split()) in LONG_WORDS]
    return [" ".join(stem.split()) for stem in chance.sample(fitting, EACH)]


def unfinished(chance: Random, text: str) -> str:
    """Without the end of the last word, down to one letter."""
    *before, last = text.split()
    return " ".join((*before, last[: chance.randint(1, max(1, len(last) - 1))]))


def some_filters(chance: Random) -> dict[str, str]:
    values = {
        "subject": ("lich-su", "dia-li", "gd-kinh-te-phap-luat"),
        "grade": ("12", "11"),
        "level": ("biet", "hieu"),
    }
    return {name: chance.choice(values[name]) for name in FILTER_FACETS}


def without_marks(text: str) -> str:
    return " ".join(strip_marks(word) for word in text.split())
