"""QTI 3.0 exports in a player by others, in a real browser: it loads them, scores the right answer 1, a wrong one 0."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from quizbank.questions.formats.qti_writing import write_qti30
from quizbank.questions.formats.writing import Export
from quizbank.questions.rules import AnswerKind, NewQuestion, Part, Placement, QuestionContent, QuestionType
from tests.quizbank.questions.formats.generated import SHA256, media

PLAYER = Path(__file__).parent / "qti_player"
START = """() => {
    const on = {
        notifyQti3PlayerReady: player => { window.player = player; },
        notifyQti3ItemReady: () => { window.isReady = true; },
        notifyQti3EndAttemptCompleted: data => { window.result = JSON.parse(JSON.stringify(data.state)); },
    };
    const props = { suppressAlertMessages: true };
    new Vue({ render: create => create(window.qti3Player, { props, on }) }).$mount("#app");
}"""
LOAD = """xml => window.player.loadItemFromXml(xml, {
    guid: "item", status: "interacting",
    sessionControl: { max_attempts: 0, show_feedback: true, validate_responses: false },
})"""


@pytest.fixture(scope="module")
def player_files() -> list[Path]:
    """The player and what it stands on, installed from its lock file when they are not there."""
    modules = PLAYER / "node_modules"
    if not (modules / "qti3-item-player").is_dir():
        scripts = Path(sys.executable).parent
        path = os.pathsep.join((str(scripts), os.environ.get("PATH", "")))
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=PLAYER, check=True, env={**os.environ, "PATH": path}, timeout=300)
    return [
        modules / "vue/dist/vue.min.js",
        modules / "qti3-item-player/dist/qti3Player.umd.min.js",
        modules / "qti3-item-player/dist/qti3Player.css",
    ]


@pytest.fixture
def player(browser: Browser, player_files: list[Path]) -> Iterator[Callable[[QuestionContent], Page]]:
    """Shows a question in the player, in a browser that reaches no network and reports every error of a script."""
    context = browser.new_context()
    context.set_default_timeout(20_000)
    errors: list[str] = []

    def show(content: QuestionContent) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/*", lambda route: route.abort())
        page.set_content('<!doctype html><meta charset="utf-8"><body><div id="app"></div>')
        for path in player_files:
            page.add_style_tag(path=path) if path.suffix == ".css" else page.add_script_tag(path=path)
        page.evaluate(START)
        page.wait_for_function("window.player")
        page.evaluate(LOAD, item_of(content))
        page.wait_for_function("window.isReady")
        return page

    yield show
    context.close()
    assert errors == []


def item_of(content: QuestionContent) -> str:
    output = io.BytesIO()
    write_qti30(Export("Đề", [("q-1", NewQuestion(content, Placement("toan", "2018")))], media), output)
    with zipfile.ZipFile(output) as files:
        return files.read("items/q-1.xml").decode()


def score_of(page: Page) -> float:
    page.evaluate("window.result = null; window.player.endAttempt('test')")
    page.wait_for_function("window.result")
    outcomes: list[dict[str, Any]] = page.evaluate("window.result.outcomeVariables")
    (score,) = (outcome["value"] for outcome in outcomes if outcome["identifier"] == "SCORE")
    return float(score)


def choose(page: Page, letters: str) -> None:
    for letter in letters:
        page.locator(f"[data-identifier={letter}]").click()


def judge(page: Page, truths: str) -> None:
    for letter, truth in zip("ABCD", truths, strict=True):
        page.locator(f"[data-pair='{letter} {'DUNG' if truth == 'T' else 'SAI'}']").click()


CHOICES = (Part(r"$\frac{1}{2}$", is_true=True), Part("hai"), Part("ba"), Part("Tất cả đều sai", is_locked=True))
SINGLE = QuestionContent(
    QuestionType.SINGLE_CHOICE, f"Cho $x^2 < 1$ và ![hình](media:{SHA256}). Chọn:", CHOICES, "Vì $x^2 \\ge 0$"
)
MULTIPLE = QuestionContent(
    QuestionType.MULTIPLE_RESPONSE, "Chọn hai ý đúng", (Part("a", is_true=True), Part("b"), Part("c", is_true=True))
)
STATEMENTS = QuestionContent(
    QuestionType.TRUE_FALSE, "Xét:", tuple(Part(text, text in "ac") for text in "abcd"), "a và c đúng"
)


@pytest.mark.parametrize(("letters", "score"), [("A", 1), ("B", 0), ("", 0)])
def test_a_single_choice_scores_the_right_option_alone(
    player: Callable[[QuestionContent], Page], letters: str, score: float
) -> None:
    page = player(SINGLE)
    choose(page, letters)
    assert score_of(page) == score


@pytest.mark.parametrize(("letters", "score"), [("AC", 1), ("A", 0), ("AB", 0), ("ABC", 0)])
def test_a_multiple_response_is_all_or_nothing(
    player: Callable[[QuestionContent], Page], letters: str, score: float
) -> None:
    page = player(MULTIPLE)
    choose(page, letters)
    assert score_of(page) == score


@pytest.mark.parametrize(("truths", "score"), [("TFTF", 1), ("TFTT", 0.5), ("TFFT", 0.25), ("TTFT", 0.1), ("FTFT", 0)])
def test_statements_score_by_the_rule_of_2025(
    player: Callable[[QuestionContent], Page], truths: str, score: float
) -> None:
    page = player(STATEMENTS)
    judge(page, truths)
    assert score_of(page) == score


@pytest.mark.parametrize(
    ("kind", "accepted", "tolerance", "typed", "score"),
    [
        (AnswerKind.NUMERIC, "2,5", None, "2,5", 1),
        (AnswerKind.NUMERIC, "2,5", None, "2.5", 1),
        (AnswerKind.NUMERIC, "2,5", None, "2.6", 0),
        (AnswerKind.NUMERIC, "2,5", Decimal("0.1"), "2.6", 1),
        (AnswerKind.NUMERIC, "2,5", Decimal("0.1"), "2.7", 0),
        (AnswerKind.TEXT, "Hà Nội", None, "hà nội", 1),
        (AnswerKind.TEXT, "Hà Nội", None, "Huế", 0),
        (AnswerKind.TEXT, "AaBb", None, "AABB", 0),
    ],
)
def test_a_short_answer_is_compared_as_the_bank_does(
    player: Callable[[QuestionContent], Page],
    kind: AnswerKind,
    accepted: str,
    tolerance: Decimal | None,
    typed: str,
    score: float,
) -> None:
    parts = (Part(accepted, is_true=True),)
    page = player(QuestionContent(QuestionType.SHORT_ANSWER, "Trả lời:", parts, "", kind, tolerance))
    page.locator("input[type=text]").fill(typed)
    page.locator("input[type=text]").press("Tab")
    assert score_of(page) == score


def test_formulas_are_formulas_and_the_explanation_is_shown(player: Callable[[QuestionContent], Page]) -> None:
    page = player(SINGLE)
    names = page.locator("math msup").evaluate_all("found => found.map(one => one.namespaceURI)")
    assert set(names) == {"http://www.w3.org/1998/Math/MathML"}
    choose(page, "A")
    score_of(page)
    assert "Vì" in page.locator(".qti3-player-modal-body").inner_text()


def test_an_essay_has_room(player: Callable[[QuestionContent], Page]) -> None:
    page = player(QuestionContent(QuestionType.ESSAY, "Trình bày.", (), "Hướng dẫn"))
    box = page.locator("textarea").bounding_box()
    assert box is not None
    assert box["height"] > 200
    assert "Hướng dẫn" not in page.locator("body").inner_text()
