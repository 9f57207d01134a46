"""The whole stock of templates, and a balanced stream of different questions drawn from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from quizbank.demo.questions import dia_li, kinh_te
from quizbank.demo.questions.derived import derive
from quizbank.demo.questions.facts_file import shelf_of_facts
from quizbank.demo.questions.hoa_hoc import inorganic as hoa_hoc_inorganic
from quizbank.demo.questions.hoa_hoc import organic as hoa_hoc_organic
from quizbank.demo.questions.hoa_hoc import principles as hoa_hoc_principles
from quizbank.demo.questions.khtn import energy as khtn_energy
from quizbank.demo.questions.khtn import matter as khtn_matter
from quizbank.demo.questions.sinh_hoc import cells_and_ecology as sinh_hoc_cells_and_ecology
from quizbank.demo.questions.sinh_hoc import genetics as sinh_hoc_genetics
from quizbank.demo.questions.templates import Template
from quizbank.demo.questions.tieng_anh import sentences as tieng_anh_sentences
from quizbank.demo.questions.tieng_anh import sounds as tieng_anh_sounds
from quizbank.demo.questions.tieng_anh import tenses as tieng_anh_tenses
from quizbank.demo.questions.tin_hoc import machines as tin_hoc_machines
from quizbank.demo.questions.tin_hoc import programs as tin_hoc_programs
from quizbank.demo.questions.toan import algebra_8_9 as toan_algebra_8_9
from quizbank.demo.questions.toan import algebra_10 as toan_algebra_10
from quizbank.demo.questions.toan import analysis_11 as toan_analysis_11
from quizbank.demo.questions.toan import derivatives_12 as toan_derivatives_12
from quizbank.demo.questions.toan import geometry_10 as toan_geometry_10
from quizbank.demo.questions.toan import integrals_12 as toan_integrals_12
from quizbank.demo.questions.toan import numbers_6_7 as toan_numbers_6_7
from quizbank.demo.questions.toan import probability_12 as toan_probability_12
from quizbank.demo.questions.toan import shapes_and_chance_8_9 as toan_shapes_and_chance_8_9
from quizbank.demo.questions.toan import shapes_and_data_6_7 as toan_shapes_and_data_6_7
from quizbank.demo.questions.toan import space_12 as toan_space_12
from quizbank.demo.questions.toan import statistics_10_11 as toan_statistics_10_11
from quizbank.demo.questions.toan import trigonometry_11 as toan_trigonometry_11
from quizbank.demo.questions.vat_li import circles_and_springs_10 as vat_li_circles_and_springs_10
from quizbank.demo.questions.vat_li import electricity_11 as vat_li_electricity_11
from quizbank.demo.questions.vat_li import energy_10 as vat_li_energy_10
from quizbank.demo.questions.vat_li import heat_12 as vat_li_heat_12
from quizbank.demo.questions.vat_li import motion_10 as vat_li_motion_10
from quizbank.demo.questions.vat_li import nuclei_12 as vat_li_nuclei_12
from quizbank.demo.questions.vat_li import waves_11 as vat_li_waves_11
from quizbank.questions.rules import NewQuestion, Placement, QuestionContent

PROGRAMME = "gdpt-2018"
SOURCE = "Thư viện mẫu Học Liệu"
LICENCE = "cc-by-4.0"
TURNS = {"toan": 6, "vat-li": 4, "hoa-hoc": 3, "sinh-hoc": 3, "dia-li": 2, "tieng-anh": 2, "khoa-hoc-tu-nhien": 2}
"""How often a subject comes up in a round; the others once."""

PATIENCE = 60
"""Draws in a row without a new question, after which a template counts as exhausted."""

FIRST_PATIENCE = 25
"""The same for a template that has given nothing yet: some ways of asking do not suit it."""

WRITTEN = {
    "dia_li": dia_li.SHELF,
    "hoa_hoc/inorganic": hoa_hoc_inorganic.SHELF,
    "hoa_hoc/organic": hoa_hoc_organic.SHELF,
    "hoa_hoc/principles": hoa_hoc_principles.SHELF,
    "khtn/energy": khtn_energy.SHELF,
    "khtn/matter": khtn_matter.SHELF,
    "kinh_te": kinh_te.SHELF,
    "sinh_hoc/cells_and_ecology": sinh_hoc_cells_and_ecology.SHELF,
    "sinh_hoc/genetics": sinh_hoc_genetics.SHELF,
    "tieng_anh/sentences": tieng_anh_sentences.SHELF,
    "tieng_anh/sounds": tieng_anh_sounds.SHELF,
    "tieng_anh/tenses": tieng_anh_tenses.SHELF,
    "tin_hoc/machines": tin_hoc_machines.SHELF,
    "tin_hoc/programs": tin_hoc_programs.SHELF,
    "toan/algebra_10": toan_algebra_10.SHELF,
    "toan/algebra_8_9": toan_algebra_8_9.SHELF,
    "toan/analysis_11": toan_analysis_11.SHELF,
    "toan/derivatives_12": toan_derivatives_12.SHELF,
    "toan/geometry_10": toan_geometry_10.SHELF,
    "toan/integrals_12": toan_integrals_12.SHELF,
    "toan/numbers_6_7": toan_numbers_6_7.SHELF,
    "toan/probability_12": toan_probability_12.SHELF,
    "toan/shapes_and_chance_8_9": toan_shapes_and_chance_8_9.SHELF,
    "toan/shapes_and_data_6_7": toan_shapes_and_data_6_7.SHELF,
    "toan/space_12": toan_space_12.SHELF,
    "toan/statistics_10_11": toan_statistics_10_11.SHELF,
    "toan/trigonometry_11": toan_trigonometry_11.SHELF,
    "vat_li/circles_and_springs_10": vat_li_circles_and_springs_10.SHELF,
    "vat_li/electricity_11": vat_li_electricity_11.SHELF,
    "vat_li/energy_10": vat_li_energy_10.SHELF,
    "vat_li/heat_12": vat_li_heat_12.SHELF,
    "vat_li/motion_10": vat_li_motion_10.SHELF,
    "vat_li/nuclei_12": vat_li_nuclei_12.SHELF,
    "vat_li/waves_11": vat_li_waves_11.SHELF,
}
TOLD = (
    "sinh-hoc",
    "hoa-hoc",
    "lich-su",
    "dia-li",
    "tin-hoc",
    "gd-kinh-te-phap-luat",
    "khoa-hoc-tu-nhien",
    "tieng-anh",
)


def all_templates() -> list[tuple[str, Template]]:
    """Every template with its full name, ``toan/space_12/meets_plane``."""
    shelves = dict(WRITTEN)
    shelves |= {f"{name}/again": derive(shelf.templates) for name, shelf in WRITTEN.items()}
    shelves |= {subject: shelf_of_facts(subject) for subject in TOLD}
    return [(f"{shelf}/{template.name}", template) for shelf, stock in shelves.items() for template in stock.templates]


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
            if content is None or (alike := likeness(content)) in seen:
                continue
            seen.add(alike)
            self.given += 1
            return content
        self.is_exhausted = True
        return None


@dataclass
class _Subject:
    """The sources of one subject, taken in turn."""

    sources: list[_Source] = field(default_factory=list)
    place: int = 0

    def draw(self, seen: set[tuple[str, ...]]) -> tuple[_Source, QuestionContent] | None:
        while self.sources:
            self.place %= len(self.sources)
            source = self.sources[self.place]
            content = source.draw(seen)
            if content is not None:
                self.place += 1
                return source, content
            self.sources.pop(self.place)
        return None


def likeness(content: QuestionContent) -> tuple[str, ...]:
    """What makes two questions the same to a reader: the stem and the set of options, whatever their order and case."""
    return (content.stem.casefold(), *sorted(part.text.casefold() for part in content.parts))


def generate_questions(count: int, seed: int) -> Iterator[NewQuestion]:
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
            yield _as_question(*drawn)
        if made == progress:
            raise RuntimeError(f"The templates make {made} different questions, {count} are wanted.")


def _subjects(seed: int) -> list[_Subject]:
    """One entry for every turn of a round, each subject's templates in a seeded order."""
    by_subject: dict[str, list[_Source]] = {}
    for name, template in all_templates():
        source = _Source(name, template, Random(f"{seed}:{name}"))
        by_subject.setdefault(template.subject, []).append(source)
    turns = []
    for subject, sources in by_subject.items():
        Random(f"{seed}:{subject}").shuffle(sources)
        turns += [_Subject(sources)] * TURNS.get(subject, 1)
    Random(f"{seed}:turns").shuffle(turns)
    return turns


def _as_question(source: _Source, content: QuestionContent) -> NewQuestion:
    template = source.template
    return NewQuestion(
        content=content,
        placement=Placement(template.subject, PROGRAMME, template.grade, template.topic, template.level),
        source=SOURCE,
        source_place=source.name,
        licence=LICENCE,
    )
