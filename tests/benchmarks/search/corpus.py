"""A large library put together from the sentences of the real papers: seeded, the same on every machine.

A question is sentences of its subject with the options of another; a lecture is 500 to 3,000 words of stems and
solutions of its subject, cut into pages, slides, chapters or seconds. Subjects come up by the square root of what the
papers have of them (there is little of the sciences), topics and organisations by Zipf's law, and every topic of a
subject speaks of its own share of the sentences three times out of four, so that words go together as they really do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random

from repository.curriculum.queries import curriculum
from repository.curriculum.rules import Topic
from repository.markup import excerpt
from repository.search.documents import PlacedText, SearchDocument, Where
from tests.benchmarks.search.papers import RealQuestion, real_questions

SEED = 2025
LECTURE_SHARE = 1 / 9
OPENED = datetime(2023, 9, 4, tzinfo=UTC)
DAYS = 1_100
SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+|\n+")
LETTERS = re.compile(r"[^\W\d_]{2}")
SHORTEST, LONGEST = 4, 60
PLACE_WORDS = 110
OWN_SHARE = 0.75
PLACED = {"pdf": "page", "pptx": "slide", "epub": "chapter", "video": "second", "audio": "second"}
MEDIA = {"pptx": 30, "pdf": 25, "video": 15, "scorm": 10, "html": 8, "epub": 5, "h5p": 4, "audio": 2, "link": 1}
TYPES = {"single-choice": 82, "true-false": 8, "short-answer": 7, "multiple-response": 3}
LEVELS = {"biet": 40, "hieu": 35, "van-dung": 25}
LICENCES = {"cc-by-4.0": 60, "cc-by-sa-4.0": 20, "cc-by-nc-4.0": 15, "all-rights": 5}
GRADES = {12: 50, 11: 30, 10: 20}
ORGANISATIONS = tuple(f"Sở Giáo dục và Đào tạo số {number}" for number in range(1, 64))
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lò")
GIVEN = ("Thị An", "Văn Bình", "Minh Châu", "Thu Dung", "Ngọc Hà", "Quang Hùng", "Thanh Lan", "Bảo Nam", "Hải Sơn")


@dataclass(frozen=True)
class Material:
    """What one subject's documents are made of, and how its sentences are shared out over its topics."""

    subject: str
    stems: tuple[str, ...]
    sentences: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    topics: tuple[Topic, ...]

    def some(self, chance: Random, place: int, pool: Sequence[str]) -> str:
        """A sentence, three times in four from the share of the topic at ``place``."""
        if chance.random() >= OWN_SHARE:
            return chance.choice(pool)
        shares = len(self.topics)
        return pool[(chance.randrange(max(1, len(pool) // shares)) * shares + place) % len(pool)]


def large_corpus(count: int, seed: int = SEED) -> Iterator[SearchDocument]:
    """``count`` documents, every ninth a lecture; needs the real papers."""
    chance = Random(f"corpus {seed}")
    stock = materials(real_questions())
    weights = [sqrt(len(one.stems)) for one in stock]
    lectures = 0
    for number in range(1, count + 1):
        material = chance.choices(stock, weights)[0]
        if int(number * LECTURE_SHARE) > lectures:
            lectures += 1
            yield a_lecture(chance, material, lectures)
        else:
            yield a_question(chance, material, number - lectures)


def materials(questions: Sequence[RealQuestion]) -> list[Material]:
    """The materials by subject; topics are those of the high school."""
    made = []
    for subject in sorted({question.subject for question in questions}):
        own = [question for question in questions if question.subject == subject]
        topics = tuple(topic for grade in GRADES for topic in curriculum().topics_of(subject, grade))
        made.append(
            Material(
                subject=subject,
                stems=distinct(sentence for one in own for sentence in sentences_of(one.stem)),
                sentences=distinct(
                    sentence
                    for one in own
                    for text in (one.passage, one.stem, one.explanation)
                    for sentence in sentences_of(text)
                ),
                options=tuple(one.options for one in own if len(one.options) == 4),
                topics=topics,
            )
        )
    return made


def distinct(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text that have words in them; an overlong one is cut."""
    for sentence in SENTENCE_END.split(text):
        words = sentence.split()
        if len(words) >= SHORTEST and LETTERS.search(sentence):
            yield " ".join(words[:LONGEST])


def a_question(chance: Random, material: Material, number: int) -> SearchDocument:
    place, topic = zipf_topic(chance, material)
    stem = " ".join(distinct(material.some(chance, place, material.stems) for _ in range(chance.choice((1, 2, 2, 3)))))
    type = pick(chance, TYPES)
    is_explained = chance.random() < 0.6
    lines = (material.some(chance, place, material.sentences) for _ in range(chance.randint(1, 4)))
    answered = chance.random() < 0.4
    difficulty = round(chance.betavariate(2, 3), 2) if answered else None
    return SearchDocument(
        kind="question",
        id=number,
        title=excerpt(stem, 120),
        body=stem,
        more="" if type == "short-answer" else "\n".join(chance.choice(material.options)),
        keywords=(curriculum().name_of(material.subject, "vi"), topic.name),
        explanation="\n".join(lines) if is_explained else "",
        facets={
            **common_facets(chance, material, topic),
            "level": (pick(chance, LEVELS),),
            "type": (type,),
            "explained": ("yes",) if is_explained else (),
            "difficulty": (band_of(difficulty),) if difficulty is not None else (),
        },
        published_at=moment(chance),
        uses=int(chance.paretovariate(1.2)) - 1,
        difficulty=difficulty,
        quality_fraction=round(chance.uniform(0.4, 1.0), 2),
    )


def a_lecture(chance: Random, material: Material, number: int) -> SearchDocument:
    place, topic = zipf_topic(chance, material)
    media = pick(chance, MEDIA)
    opening = material.some(chance, place, material.stems).rstrip(".:?!;")
    author = f"{chance.choice(SURNAMES)} {chance.choice(GIVEN)}"
    parts = cut(lecture_text(chance, material, place), PLACE_WORDS)
    organisation = ORGANISATIONS[zipf(chance, len(ORGANISATIONS))]
    step = 45 if PLACED.get(media) == "second" else 1
    kind = PLACED.get(media, "")
    return SearchDocument(
        kind="lecture",
        id=number,
        title=f"{topic.name}: {' '.join(opening.split()[:8])}",
        body=" ".join(material.some(chance, place, material.sentences) for _ in range(3)),
        more="" if kind else "\n\n".join(parts),
        keywords=(curriculum().name_of(material.subject, "vi"), topic.name, author, organisation),
        facets={
            **common_facets(chance, material, topic),
            "media": (media,),
            "year": (str(chance.randint(2020, 2026)),),
            "organisation": (organisation,),
            "language": ("en",) if material.subject == "tieng-anh" and chance.random() < 0.5 else ("vi",),
        },
        published_at=moment(chance),
        places=tuple(PlacedText(Where(kind, 1 + at * step), part) for at, part in enumerate(parts)) if kind else (),
        people=(author, organisation),
        uses=int(3 * chance.paretovariate(1.1)) - 3,
        quality_fraction=round(chance.uniform(0.4, 1.0), 2),
    )


def lecture_text(chance: Random, material: Material, place: int) -> list[str]:
    """500 to 3,000 words."""
    wanted = chance.randint(500, 3_000)
    words: list[str] = []
    while len(words) < wanted:
        words += material.some(chance, place, material.sentences).split()
    return words[:wanted]


def cut(words: Sequence[str], size: int) -> list[str]:
    return [" ".join(words[first : first + size]) for first in range(0, len(words), size)]


def common_facets(chance: Random, material: Material, topic: Topic) -> dict[str, tuple[str, ...]]:
    return {
        "subject": (material.subject,),
        "grade": (str(topic.grade),),
        "topic": (topic.id,),
        "programme": ("gdpt-2018",) if chance.random() < 0.8 else ("ct-2006",),
        "licence": (pick(chance, LICENCES),),
    }


def band_of(difficulty: float) -> str:
    return "easy" if difficulty < 0.3 else "medium" if difficulty < 0.6 else "hard"


def moment(chance: Random) -> datetime:
    return OPENED + timedelta(seconds=chance.randrange(DAYS * 86_400))


def zipf_topic(chance: Random, material: Material) -> tuple[int, Topic]:
    place = zipf(chance, len(material.topics))
    return place, material.topics[place]


def zipf(chance: Random, count: int) -> int:
    """A place from 0, the first ones often: the chance of place n falls as 1 / (n + 2)."""
    return chance.choices(range(count), [1 / (place + 2) for place in range(count)])[0]


def pick(chance: Random, shares: dict[str, int]) -> str:
    return chance.choices(tuple(shares), tuple(shares.values()))[0]
