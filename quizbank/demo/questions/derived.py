"""One template, asked another way: so that every topic has questions of every type at every level.

=====================  ==========================================================================
a choice of numbers    asked without options, as a short answer
choices of one topic   four of them told as statements, each true or false
a short answer         asked with options, wrong ones from mistakes that any calculation invites
a true/false cluster   which of the four statements is right, or wrong
=====================  ==========================================================================
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from random import Random

from quizbank.demo.questions.templates import (
    BIET,
    HIEU,
    VAN_DUNG,
    Draft,
    Draw,
    Shelf,
    Statement,
    Template,
    Wrong,
    choice,
    cluster,
    short,
)
from quizbank.item_templates.writing import plain
from quizbank.questions.rules import AnswerKind, QuestionContent, QuestionType
from repository.curriculum.queries import curriculum

OPEN_ENDED = re.compile(r"\$?(-?\d{1,4})\$?(| [^\d$]+|%|°)")
"""An option that is a whole number with its unit: rounding never made it."""

UNITS_IN_WORDS = {"%": " phần trăm", "°": " độ"}
ENDINGS = ("là", "bằng")
STATEMENT_ENDINGS = (*ENDINGS, "xấp xỉ", "khoảng")
LEVELS = (BIET, HIEU, VAN_DUNG)
TASK = "Mỗi phát biểu sau đúng hay sai?"
PROBES = 6


def derive(stock: Sequence[Template]) -> Shelf:
    """The templates that follow from these, in the order of those they follow from."""
    shelf = Shelf()
    by_place: dict[tuple[str, str], list[Template]] = {}
    for template in stock:
        makers = template.makers
        if "choice" in makers:
            by_place.setdefault((template.topic, template.level), []).append(template)
            if template.level in {BIET, HIEU}:
                shelf.put(f"{template.name}_open", template.topic, template.level, opened(template.draw), template.room)
        elif "short" in makers:
            shelf.put(f"{template.name}_closed", template.topic, template.level, closed(template.draw), template.room)
        elif "cluster" in makers:
            shelf.put(f"{template.name}_single", template.topic, VAN_DUNG, singled(template.draw), template.room)
    for place, (topic, level) in enumerate(by_place):
        beside = [one for other in LEVELS for one in by_place.get((topic, other), ())]
        shelf.put(f"statements_{place}", topic, level, told(by_place[topic, level], beside, topic))
    return shelf


def opened(base: Draw) -> Draw:
    def draw(r: Random) -> Draft:
        content = base(r)
        return open_form(content) if content else None

    return draw


def open_form(content: QuestionContent) -> Draft:
    """A choice of numbers without its options, where the key fits the answer sheet."""
    if content.type is not QuestionType.SINGLE_CHOICE:
        return None
    key = next(part.text for part in content.parts if part.is_true)
    found = OPEN_ENDED.fullmatch(key)
    if found is None or not content.stem.endswith(ENDINGS):
        return None
    unit = UNITS_IN_WORDS.get(found[2], found[2])
    return short(f"{content.stem} bao nhiêu{unit}?", int(found[1]), reason_of(content))


def closed(base: Draw) -> Draw:
    def draw(r: Random) -> Draft:
        content = base(r)
        return closed_form(r, content) if content else None

    return draw


def closed_form(r: Random, content: QuestionContent) -> Draft:
    """A short answer with options."""
    if content.answer_kind is not AnswerKind.NUMERIC:
        return None
    value = Fraction(content.key.replace(",", "."))
    slips = [
        (value * 2, "tính thừa hệ số 2"),
        (value / 2, "tính thiếu hệ số 2"),
        (value * 10, "đặt sai dấu phẩy"),
        (value / 10, "đặt sai dấu phẩy"),
    ]
    if value.denominator == 1:
        slips += [(value + 1, "đếm thừa một đơn vị"), (value - 1, "đếm thiếu một đơn vị")]
        slips = [row for row in slips if row[0].denominator == 1]
    if value < 0:
        slips.append((-value, "sai dấu"))
    r.shuffle(slips)
    wrongs: list[Wrong] = [(plain(wrong, 3), slip) for wrong, slip in slips]
    return choice(r, content.stem, content.key, wrongs, reason_of(content))


def told(templates: Sequence[Template], beside: Sequence[Template], topic: str) -> Draw:
    """A cluster of choices told as statements, the easiest first: one of ``templates``, the others of the topic."""
    name = curriculum().get_topic(topic).name

    @cache
    def tellable() -> tuple[list[Template], list[Template]]:
        sayable = [template for template in beside if is_tellable(template)]
        return [template for template in sayable if template in templates], sayable

    def draw(r: Random) -> Draft:
        own, others = tellable()
        statements = [statement_of(r, stock) for stock in (own, others, others, others)] if own else []
        sure = sorted((one for one in statements if one), key=lambda one: LEVELS.index(one.level))
        return cluster(f"Về chủ đề «{name}», mỗi khẳng định sau đúng hay sai?", sure) if len(sure) == 4 else None

    return draw


def is_tellable(template: Template) -> bool:
    """Whether the template's stems, followed by an option, are sentences."""
    drawn = (template.draw(Random(place)) for place in range(PROBES))
    return any(content is not None and content.stem.endswith(STATEMENT_ENDINGS) for content in drawn)


def statement_of(r: Random, templates: Sequence[Template]) -> Statement | None:
    """A choice told as a statement with its key or one of its wrong options."""
    template = r.choice(templates)
    content = template.draw(r)
    if content is None or not content.stem.endswith(STATEMENT_ENDINGS):
        return None
    holds = r.random() < 0.5
    part = r.choice([one for one in content.parts if one.is_true is holds])
    return Statement(f"{content.stem} {part.text.removesuffix('.')}.", part.is_true, reason_of(content), template.level)


def singled(base: Draw) -> Draw:
    def draw(r: Random) -> Draft:
        content = base(r)
        return single_form(r, content) if content else None

    return draw


def single_form(r: Random, content: QuestionContent) -> Draft:
    """Which statement of a cluster is right, where one is; which is wrong, where three are right."""
    truths = [part.is_true for part in content.parts]
    if content.type is not QuestionType.TRUE_FALSE or TASK not in content.stem or truths.count(True) == 2:
        return None
    wanted = truths.count(True) == 1
    whys = [line.partition(". ")[2] for line in content.explanation.split("\n\n")]
    rows = list(zip((part.text for part in content.parts), truths, whys, strict=True))
    key, why = next((text, why) for text, truth, why in rows if truth is wanted)
    others = [(text, why) for text, truth, why in rows if truth is not wanted]
    wrongs: list[Wrong] = [(text, why.removesuffix(".") if wanted else "") for text, why in others]
    task = f"Phát biểu nào sau đây {'đúng' if wanted else 'sai'}?"
    return choice(r, content.stem.replace(TASK, task), key, wrongs, why)


def reason_of(content: QuestionContent) -> str:
    """The first paragraph of the explanation: the reasoning without the mistakes."""
    return content.explanation.partition("\n\n")[0]
