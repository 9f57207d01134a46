"""The demo's questions come from files of item templates, all of which can be read, drawn from and trusted."""

import tomllib
from random import Random

import pytest

from quizbank.demo.questions.families import stands_alone, templates_of
from quizbank.demo.questions.library import WRITTEN, shelf_of
from quizbank.demo.questions.shelves import makers_of, read_shelf, text_of
from quizbank.item_templates.checking import try_template
from quizbank.item_templates.drawing import draw
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.rules import NewTemplate
from quizbank.item_templates.template_file import read_document

THEORY = {
    "name": "cells",
    "topic": "sinh-hoc.l10.te-bao",
    "level": "biet",
    "about": "tế bào",
    "claims": [[f"Câu đúng {n}.", f"Câu sai {n}.", f"nhầm {n}"] for n in range(6)],
}
LAW = {
    "name": "ohm",
    "topic": "vat-li.l11.dong-dien",
    "about": "cường độ dòng điện",
    "result": ["I", "cường độ dòng điện", "A"],
    "inputs": [
        {"symbol": "U", "name": "hiệu điện thế", "unit": "V", "exponent": 1, "values": [10, 200, 10, 1]},
        {"symbol": "R", "name": "điện trở", "unit": "Ω", "exponent": -1, "values": ["5", "10", "5/2"]},
    ],
    "stories": {"I": "Đặt <U> vào điện trở <R>. Dòng điện là", "U": "Dòng <I> chạy qua điện trở <R>. Hiệu điện thế là"},
}


def written_in(name: str) -> list[NewTemplate]:
    """The templates that a file writes out, without those of its families."""
    document = tomllib.loads(text_of(name))
    for used in document.pop("uses", []):
        common = tomllib.loads(text_of(used))
        document["tables"] = common.get("tables", {}) | document.get("tables", {})
        document["definitions"] = common.get("definitions", "") + document.get("definitions", "")
    plain = [entry for entry in document.get("template", []) if "family" not in entry]
    for entry in plain:
        entry.pop("alone", None)
    return read_document(document | {"template": plain})


@pytest.mark.parametrize("name", WRITTEN)
def test_every_template_of_a_file_is_sound(name: str) -> None:
    faults = {
        new.name: [str(problem) for problem in problems]
        for new in written_in(name)
        if (problems := [one for one in try_template(new.template, draws=60).problems if one.code != "few-questions"])
    }
    assert faults == {}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_template_of_a_shelf_gives_a_question(name: str) -> None:
    for template in shelf_of(name).templates:
        random = Random(1)
        assert any(template.draw(random) for _ in range(300)), template.name


def test_a_family_makes_its_templates_with_rooms_counted_for_every_row() -> None:
    templates = templates_of("theory", THEORY)
    assert [new.name for new in templates] == ["cells_right", "cells_wrong", "cells_all", "cells_cluster"]
    assert {(new.topic, new.level, new.room) for new in templates} == {("sinh-hoc.l10.te-bao", "biet", 24)}
    for new in templates:
        assert try_template(new.template, draws=40).problems == ()


def test_a_law_is_asked_in_five_ways_at_three_levels() -> None:
    templates = templates_of("law", LAW)
    assert [(new.name, new.level, new.room) for new in templates] == [
        ("ohm_formula", "biet", 2),
        ("ohm_value", "hieu", None),
        ("ohm_ratio", "hieu", 12),
        ("ohm_short", "van-dung", None),
        ("ohm_cluster", "van-dung", None),
    ]
    content = next(content for seed in range(50) if (content := draw(templates[0].template, Random(seed))))
    assert next(part.text for part in content.parts if part.is_true) == r"$I = \frac{U}{R}$"
    assert stands_alone("law", LAW, "ohm_formula")
    assert not stands_alone("law", LAW, "ohm_value")


def test_what_follows_from_a_template_hangs_on_its_shape_and_its_picks() -> None:
    (new,) = read_document({"template": [{"name": "x", "type": "short-answer", "stem": "s", "value": "n"}]})
    assert makers_of(new.template) == {"short"}
    (picked,) = read_document(
        {
            "template": [
                {"name": "x", "type": "short-answer", "stem": "s", "value": "n", "parameters": "n = pick((1, 2))"}
            ]
        }
    )
    assert makers_of(picked.template) == {"short", "choice"}


def test_a_wrong_file_is_told_when_it_is_drawn_from() -> None:
    text = "[[template]]\nname='x'\ntopic='t'\nlevel='biet'\ntype='short-answer'\nstem='s'\nvalue='missing'\n"
    (template,) = read_shelf(text).templates
    with pytest.raises(TemplateError, match="missing"):
        template.draw(Random(1))
