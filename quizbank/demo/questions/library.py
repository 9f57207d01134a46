"""The whole stock of templates, and a balanced stream of different questions drawn from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from quizbank.demo.questions.derived import derive
from quizbank.demo.questions.facts_file import shelf_of_facts
from quizbank.demo.questions.readings import all_readings
from quizbank.demo.questions.shelves import SHAPES, read_shelf, text_of
from quizbank.demo.questions.templates import Shelf, Template
from quizbank.item_templates.drawing import likeness_of
from quizbank.item_templates.rules import NewTemplate
from quizbank.questions.rules import NewQuestion, Placement, QuestionContent, QuestionType

PROGRAMME = "gdpt-2018"
SOURCE = "Thư viện mẫu Học Liệu"
LICENCE = "cc-by-4.0"
TURNS = {"toan": 6, "vat-li": 4, "hoa-hoc": 3, "sinh-hoc": 3, "dia-li": 2, "tieng-anh": 2, "khoa-hoc-tu-nhien": 2}
"""How often a subject comes up in a round; the others once."""

READ, GRADE_READ, TASKS_BEHIND = "ngu-van", 12, 2
"""The subject that has passages: five questions of one, then two writing tasks, as in a paper of 2025."""

ESSAYS = SHAPES[QuestionType.ESSAY]

MATCHED = "/matching_"
"""In the name of templates that follow from a table."""

PATIENCE = 60
"""Draws in a row without a new question, after which a template counts as exhausted."""

FIRST_PATIENCE = 25
"""The same for a template that has given nothing yet: some ways of asking do not suit it."""

WRITTEN = (
    "cong_nghe/electricity_12",
    "cong_nghe/electronics_12",
    "cong_nghe/fishery_12",
    "cong_nghe/forestry_12",
    "dia_li",
    "hoa_hoc/inorganic",
    "hoa_hoc/organic",
    "hoa_hoc/principles",
    "khtn/energy",
    "khtn/matter",
    "kinh_te",
    "sinh_hoc/cells_and_ecology",
    "sinh_hoc/genetics",
    "tieng_anh/sentences",
    "tieng_anh/sounds",
    "tieng_anh/tenses",
    "tin_hoc/machines",
    "tin_hoc/programs",
    "toan/algebra_10",
    "toan/algebra_8_9",
    "toan/analysis_11",
    "toan/derivatives_12",
    "toan/geometry_10",
    "toan/integrals_12",
    "toan/numbers_6_7",
    "toan/probability_12",
    "toan/shapes_and_chance_8_9",
    "toan/shapes_and_data_6_7",
    "toan/space_12",
    "toan/statistics_10_11",
    "toan/trigonometry_11",
    "tu_luan/cong_nghe_12",
    "tu_luan/dia_li_12",
    "tu_luan/hoa_hoc_12",
    "tu_luan/kinh_te_phap_luat_12",
    "tu_luan/lich_su_12",
    "tu_luan/ngu_van_12",
    "tu_luan/sinh_hoc_12",
    "tu_luan/tin_hoc_12",
    "tu_luan/toan_12",
    "tu_luan/vat_li_12",
    "vat_li/circles_and_springs_10",
    "vat_li/electricity_11",
    "vat_li/energy_10",
    "vat_li/heat_12",
    "vat_li/motion_10",
    "vat_li/nuclei_12",
    "vat_li/waves_11",
)
TOLD = (
    "sinh-hoc",
    "hoa-hoc",
    "lich-su",
    "dia-li",
    "tin-hoc",
    "gd-kinh-te-phap-luat",
    "khoa-hoc-tu-nhien",
    "tieng-anh",
    "cong-nghe",
)


def shelf_of(name: str) -> Shelf:
    """The templates of a file."""
    return read_shelf(text_of(name))


@cache
def all_templates() -> list[tuple[str, Template]]:
    """Every template with its full name, ``toan/space_12/meets_plane``."""
    shelves = {name: shelf_of(name) for name in WRITTEN}
    shelves |= {f"{name}/again": derive(shelf.templates) for name, shelf in shelves.items()}
    shelves |= {subject: shelf_of_facts(subject) for subject in TOLD}
    return [(f"{shelf}/{template.name}", template) for shelf, stock in shelves.items() for template in stock.templates]


@dataclass(frozen=True)
class Drawn:
    """A question of the demo, and the ``number``-th of which item template it is; None: it is of none."""

    question: NewQuestion
    item: NewTemplate | None = None
    number: int = 0


@dataclass
class _Source:
    """A template on its way through its parameters."""

    name: str
    template: Template
    random: Random
    given: int = 0
    is_exhausted: bool = False

    def draw(self, seen: set[tuple[str, ...]]) -> QuestionContent | None:
        """A question nobody has seen, or None once the template is exhausted."""
        if self.template.room is not None and self.given >= self.template.room:
            self.is_exhausted = True
        patience = PATIENCE if self.given else FIRST_PATIENCE
        for _ in range(0 if self.is_exhausted else patience):
            content = self.template.draw(self.random)
            if content is None or (alike := self.sameness_of(content)) in seen:
                continue
            seen.add(alike)
            self.given += 1
            return content
        self.is_exhausted = True
        return None

    def sameness_of(self, content: QuestionContent) -> tuple[str, ...]:
        """As a reader sees it; a row of a table is asked about once each way, whatever the wrong options."""
        if MATCHED in self.name and content.type is QuestionType.SINGLE_CHOICE:
            return (content.stem.casefold(), *(part.text.casefold() for part in content.parts if part.is_true))
        return likeness_of(content)


@dataclass
class _Subject:
    """The sources of one subject, taken in turn. ``readings`` come between, all questions of a passage in a row."""

    sources: list[_Source] = field(default_factory=list)
    place: int = 0
    readings: Iterator[NewQuestion | None] = field(default_factory=lambda: iter(()))

    def draw(self, seen: set[tuple[str, ...]]) -> Drawn | None:
        reading = next(self.readings, None)
        if reading is not None:
            seen.add(likeness_of(reading.content))
            return Drawn(reading)
        drawn = self._drawn(seen)
        if drawn is None:
            more = next(self.readings, None)
            return Drawn(more) if more else None
        source, content = drawn
        return Drawn(_as_question(source, content), source.template.item, source.given)

    def _drawn(self, seen: set[tuple[str, ...]]) -> tuple[_Source, QuestionContent] | None:
        while self.sources:
            self.place %= len(self.sources)
            source = self.sources[self.place]
            content = source.draw(seen)
            if content is not None:
                self.place += 1
                return source, content
            self.sources.pop(self.place)
        return None


def generate_questions(count: int, seed: int) -> Iterator[NewQuestion]:
    """The questions of ``draw_questions``."""
    return (drawn.question for drawn in draw_questions(count, seed))


def draw_questions(count: int, seed: int) -> Iterator[Drawn]:
    """Draw ``count`` questions, no two alike, balanced over subjects and then over templates.

    The same ``count`` and ``seed`` give the same questions on any machine; a smaller ``count`` gives a prefix.

    Raises:
        RuntimeError: the templates cannot make that many different questions.
    """
    subjects = _subjects(seed)
    seen: set[tuple[str, ...]] = set()
    made = 0
    while made < count:
        progress = made
        for subject in subjects:
            drawn = subject.draw(seen) if made < count else None
            if drawn is None:
                continue
            made += 1
            yield drawn
        if made == progress:
            raise RuntimeError(f"The templates make {made} different questions, {count} are wanted.")


def _subjects(seed: int) -> list[_Subject]:
    """One entry for every turn of a round, each subject's templates in a seeded order, essays first.

    So a small library has essays of every subject too.
    """
    by_subject: dict[str, list[_Source]] = {}
    for name, template in all_templates():
        source = _Source(name, template, Random(f"{seed}:{name}"))
        by_subject.setdefault(template.subject, []).append(source)
    turns = []
    for subject, sources in by_subject.items():
        Random(f"{seed}:{subject}").shuffle(sources)
        sources.sort(key=lambda source: ESSAYS not in source.template.makers)
        readings = _readings(seed) if subject == READ else iter(())
        turns += [_Subject(sources, readings=readings)] * TURNS.get(subject, 1)
    Random(f"{seed}:turns").shuffle(turns)
    return turns


def _readings(seed: int) -> Iterator[NewQuestion | None]:
    """The passages in a seeded order with all their questions; behind each None for every writing task that follows."""
    passages = all_readings()
    Random(f"{seed}:readings").shuffle(passages)
    for passage in passages:
        for one in passage.questions:
            content = QuestionContent(QuestionType.ESSAY, one.stem, (), one.guide)
            placement = Placement(READ, PROGRAMME, GRADE_READ, passage.topic, one.level)
            place = f"literature/{passage.title}"
            yield NewQuestion(content, placement, passage.text, SOURCE, source_place=place, licence=LICENCE)
        yield from [None] * TASKS_BEHIND


def _as_question(source: _Source, content: QuestionContent) -> NewQuestion:
    template = source.template
    return NewQuestion(
        content=content,
        placement=Placement(template.subject, PROGRAMME, template.grade, template.topic, template.level),
        source=SOURCE,
        source_place=source.name,
        licence=LICENCE,
    )
