"""A question of a foreign format under work: its texts in our markup, its pictures, its problems, and the result."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from quizbank.questions.formats.package_files import Files, Pictures
from quizbank.questions.formats.paper import ParsedQuestion, Said
from quizbank.questions.formats.qti_markup import source_of_flow
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import OPTION_LETTERS, QuestionContent, check_content

MAX_SOURCE = 200_000
NOTHING_SAID = Said()
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\((?P<target>[^()\s]{1,500})\)")
_TRUE = frozenset("đúng đ true t yes y correct right có phải waar ja juist vrai oui verdadero richtig wahr v".split())  # noqa: SIM905
_FALSE = frozenset("sai s false f no n incorrect wrong không onwaar nee onjuist faux non falso falsch".split())  # noqa: SIM905


@dataclass
class Draft:
    """What is gathered while a question is read.

    ``at`` is its place in the file (``item Q12``), ``line`` its first line where the file has lines; ``label``,
    ``number``, ``source`` and ``said`` are those of the question it becomes.
    """

    files: Files
    base: str
    at: str
    line: int = 0
    label: str = ""
    number: int = 0
    source: str = ""
    said: Said = NOTHING_SAID
    problems: list[Problem] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    passage: str = ""
    pictures: Pictures = field(init=False)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.files, self.base)

    def source_of(self, html: str, base: str = "") -> str:
        """Our markup of an HTML fragment; what it could not hold is noted."""
        pictures = self.pictures
        if base and base != self.base:
            pictures = Pictures(self.files, base)
            pictures.found = self.pictures.found
        source, problems = source_of_flow(html, pictures)
        for found in problems:
            self.note(found)
        return source

    def note(self, found: Problem) -> None:
        if found not in self.problems:
            self.problems.append(found)

    def say(self, code: str, **facts: object) -> None:
        self.note(problem(code, **facts))

    def explain(self, text: str) -> None:
        """Add a line to the explanation, once."""
        if text.strip() and text.strip() not in self.explanation:
            self.explanation.append(text.strip())

    def explain_option(self, place: int, text: str) -> None:
        """What the source says to whoever chose this option becomes a line of the explanation."""
        if text.strip():
            self.explain(f"{letter_of(place)}: {text.strip()}")
            self.say("changed", what="Phản hồi của từng phương án", meant="lời giải")


def letter_of(place: int) -> str:
    return OPTION_LETTERS[place] if place < len(OPTION_LETTERS) else str(place + 1)


def truth_in(text: str) -> bool | None:
    """Whether an option says true or false, or None when it says neither."""
    word = re.sub(r"<[^<>]*>|[\s.!:()]+", " ", text).strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def are_truths(texts: Iterable[str]) -> bool:
    """Whether these options are “true” and “false”, each once."""
    return sorted(map(str, map(truth_in, texts))) == ["False", "True"]


def finished(draft: Draft, content: QuestionContent | None) -> ParsedQuestion:
    """The question as read, with what the rules of content have against it."""
    problems = list(draft.problems)
    texts = [draft.passage]
    if content is not None:
        codes = {found.code for found in problems}
        problems += [found for found in check_content(content) if found.code not in codes or found.code == "changed"]
        problems = _without_repetition(problems)
        texts += [content.stem, content.explanation, *(part.text for part in content.parts)]
    images = tuple(dict.fromkeys(found["target"] for text in texts for found in _IMAGE.finditer(text)))
    return ParsedQuestion(
        label=draft.label[:200],
        part="",
        number=draft.number,
        lines=(draft.line, draft.line),
        source=draft.source if len(draft.source) <= MAX_SOURCE else draft.source[:MAX_SOURCE] + "…",
        draft=content,
        problems=tuple(problems),
        passage=draft.passage,
        is_passage_shared=bool(draft.passage),
        images=images,
        pictures={target: data for target, data in draft.pictures.found.items() if target in images},
        said=draft.said,
        at=draft.at,
    )


def _without_repetition(problems: list[Problem]) -> list[Problem]:
    """Two keys are not also no key."""
    codes = {found.code for found in problems}
    return [found for found in problems if not (found.code == "no-key" and codes & {"two-keys", "key-not-an-option"})]


def unsupported(draft: Draft, kind: str) -> ParsedQuestion:
    """A question that the bank can't hold, with its source whole."""
    draft.problems = [problem("unsupported-type", kind=kind)]
    return finished(draft, None)


BLANK = "______"
