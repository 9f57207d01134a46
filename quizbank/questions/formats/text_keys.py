"""Read the key of a question: the key line, and what the explanation says beside it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quizbank.questions.formats.text_lines import (
    CHOSEN,
    CONCLUDED,
    EXPLANATION,
    KEY,
    REASONED,
    SAID,
    Line,
    PartKind,
    tidy,
)
from quizbank.questions.formats.text_options import read_options

_LETTERS = re.compile(r"\(?[A-H](?:\s*(?:[,;&+]|và|and)?\s*[A-H])*\)?\s*\.?", re.IGNORECASE)
_TRUTH = re.compile(r"đúng|sai|true|false|[đstf]", re.IGNORECASE)
_STATEMENT_MARK = re.compile(r"\b[a-h]\s*[).:\-–]", re.IGNORECASE)
_JUDGEMENT = re.compile(
    r"\s*(?:ý\s*)?\(?(?P<letter>[a-dA-D])\s?[).:]\s*(?:[-–:]\s*)?(?P<said>đúng|sai|true|false|(?-i:[ĐS]))(?![\w’'])",
    re.IGNORECASE,
)
_TRUTHS = re.compile(r"(?:đúng|sai|true|false|[đstf]|[\s,;/.|–-])+", re.IGNORECASE)

_AROUND = " \t*\"“”'‘’[](){}<>;,/"
_REMARKED = re.compile(r"(?P<key>[A-H])\s*(?:[.,;:)]\s*|[-–—]\s+|\s(?=[(\[]))(?P<remark>\S.*)")
_ARROW = re.compile(r"[ \t]*(?:=>|->|→|⇒)\s*[A-H]\s*\.?\s*")
_OPTION = re.compile(r"(?:^|(?<=\s))\*?\(?(?P<letter>[A-H])\s?[.):]")


@dataclass(frozen=True)
class Answer:
    """What stands below the options.

    ``key`` is None without a key line; ``said`` are the letters of “Chọn X” phrases in the explanation, ``chosen``
    those that have a line of their own; ``locked`` are the letters of options that keep their place.
    """

    body: tuple[Line, ...]
    key: str | None
    explanation: tuple[str, ...]
    said: tuple[str, ...]
    chosen: tuple[str, ...]
    keys: tuple[str, ...] = ()
    is_key_from_explanation: bool = False
    locked: str = ""


@dataclass(frozen=True)
class MarkedBody:
    """What decides whether looks are a key: the part's kind, the lines above the key, the key that stands below them.

    ``usual``: how many options most questions of the paper have.
    """

    kind: PartKind | None
    lines: tuple[Line, ...]
    key: str | None
    usual: int


@dataclass(frozen=True)
class Marked:
    """What looks say of one question: keys as a key line would give them, and the letters whose place is locked."""

    keys: tuple[str, ...] = ()
    locked: str = ""


KeyMarks = Callable[[Sequence[MarkedBody]], Sequence[Marked]]
"""Reads the marks of all questions of a paper at once; one answer a question."""


def with_marks(answer: Answer, marked: Marked) -> Answer:
    """The answer with the keys that looks give behind those that are written."""
    keys = (*answer.keys, *marked.keys)
    return replace(answer, keys=keys, key=keys[0] if keys else None, locked=marked.locked)


def read_answer(lines: Sequence[Line]) -> Answer:
    """Cut a question's lines into body, key and explanation.

    A key line stands above the explanation (``Đáp án: B``, ``Đáp án B``, ``Chọn B``), or inside it as a line of
    its own with a colon. “Chọn B” inside the explanation is no key line, but must not contradict one.
    """
    ends = (row for row, line in enumerate(lines) if row and (_is_key_line(line) or EXPLANATION.match(line.text)))
    end = next((row for row in ends if not _is_of_the_question(lines, row)), len(lines))
    keys, rest = _take_keys(lines[end:])
    keys, remarks = _without_remarks(keys, lines[:end])
    explanation = (*remarks, *(line.text for line in rest))
    text = "\n".join(explanation)
    chosen = tuple(found["value"].upper() for line in explanation if (found := CHOSEN.fullmatch(line)))
    chosen = chosen or tuple(found["value"] for line in explanation if (found := CONCLUDED.search(line)))
    said = tuple(found["value"] for found in SAID.finditer(text))
    return Answer(tuple(lines[:end]), keys[0] if keys else None, explanation, said, chosen, tuple(keys))


def _is_of_the_question(lines: Sequence[Line], row: int) -> bool:
    """Whether the line only looks like the end of a question, for its options stand below.

    ``-> A`` may belong to a scheme: a key of this shape stands below the options, and none begins after it. So do
    ``Phương án đúng là:`` and ``Gợi ý: …``.
    """
    text = lines[row].text
    is_arrow = _ARROW.fullmatch(text) is not None
    heading, key = EXPLANATION.match(text), KEY.fullmatch(text)
    if not is_arrow and not (heading and heading["weak"]) and (key is None or key["value"].strip()):
        return False
    begun = {found["letter"] for line in lines[:row] for found in _OPTION.finditer(line.text)}
    below = (_OPTION.match(line.text) for line in lines[row + 1 :])
    is_first = not begun and is_arrow
    return is_first or any(found is not None and found["letter"] not in begun for found in below)


def _without_remarks(keys: Sequence[str], body: Sequence[Line]) -> tuple[list[str], list[str]]:
    """The keys without brackets around them and remarks behind them: ``B. hai`` -> ``B`` where B is *hai*.

    Returns:
        the keys, and the remarks that say something else than the option does; one that is another option's text
        stays with its key, for the two disagree.
    """
    found: list[str] = []
    remarks: list[str] = []
    for key in keys:
        bare = key.strip(_AROUND)
        remarked = _REMARKED.fullmatch(key.strip(" *[({"))
        if is_key(bare):
            key = bare if not is_key(key) else key
        elif remarked and letters_of(bare) is None:
            options = [_bare(text) for text in read_options(body).texts]
            place, remark = ord(remarked["key"]) - ord("A"), _bare(remarked["remark"])
            is_same = place < len(options) and remark == options[place]
            is_other = remark in options or re.match(r"[A-H]\b", remarked["remark"])
            if is_same or (place < len(options) and not is_other):
                key = remarked["key"]
                remarks += [] if is_same else [remarked["remark"].strip()]
        found.append(key)
    return found, remarks


def _bare(text: str) -> str:
    return "".join(tidy([text]).rstrip(".").split()).lower()


def _is_key_line(line: Line) -> bool:
    found = KEY.fullmatch(line.text)
    if REASONED.fullmatch(line.text):
        return True
    if found is None:
        return CHOSEN.fullmatch(line.text) is not None
    return bool(found["colon"]) or not found["value"].strip() or is_key(found["value"].strip(_AROUND))


def is_key(text: str) -> bool:
    """Whether the text can be nothing but a key: letters, or a row of Đ and S."""
    return bool(_LETTERS.fullmatch(text.strip()) or truths_of(text))


def _take_keys(lines: Sequence[Line]) -> tuple[list[str], list[Line]]:
    """The keys found, and the lines of the explanation without its heading and without key lines."""
    keys: list[str] = []
    rest: list[Line] = []
    in_explanation, in_key = False, False
    for line in lines:
        heading = EXPLANATION.match(line.text)
        key = KEY.fullmatch(line.text) if not heading else None
        if heading and not in_explanation:
            in_explanation, in_key = True, False
            rest.append(line.after(heading.end()))
        elif not in_explanation and (reasoned := REASONED.fullmatch(line.text)):
            keys.append(reasoned["value"])
            in_explanation, in_key = True, False
            rest.append(line.after(reasoned.start("reason")))
        elif not in_explanation and (chosen := CHOSEN.fullmatch(line.text)):
            keys.append(chosen["value"].upper())
            in_key = False
        elif (
            key and _is_key_line(line) and (not in_explanation or (key["colon"] and is_key(key["value"]) and not keys))
        ):
            keys.append(key["value"].strip())
            in_key = not in_explanation
        elif in_key and not line.is_blank and _continues(keys[-1], line.text):
            keys[-1] = f"{keys[-1]} {line.text.strip()}".strip()
        else:
            in_key = False
            rest.append(line)
    return [key for key in keys if key], rest


def _continues(key: str, text: str) -> bool:
    """Whether the line belongs to a key that goes on: nothing yet, or one true/false judgement a line."""
    return not key or bool(_STATEMENT_MARK.match(text.strip()) and truths_of(text))


def letters_of(key: str) -> str | None:
    """``"C"`` for ``c.``, ``"AC"`` for ``A, C``; None when it isn't letters only."""
    if not _LETTERS.fullmatch(key.strip()):
        return None
    return "".join(sorted(set(re.findall(r"[A-H]", key.replace("và", "").replace("and", "").upper()))))


def truths_of(key: str) -> tuple[bool, ...] | None:
    """The judgements of a true/false key: ``ĐSĐS``, ``Đ, S, Đ, S``, ``a) Đúng b) Sai …``; None when it is none."""
    bare = _STATEMENT_MARK.sub(" ", key)
    if not bare.strip() or not _TRUTHS.fullmatch(bare.strip()):
        return None
    return tuple(found[0].lower() in ("đúng", "đ", "true", "t") for found in _TRUTH.finditer(bare))


def values_of(key: str) -> tuple[str, ...]:
    """The accepted values of a short answer, separated by ``hoặc``, ``;`` or ``|``."""
    return tuple(
        value.strip().removesuffix(".") for value in re.split(r"\s+hoặc\s+|\s*[;|]\s*", key) if value.strip(" .")
    )


def judgements_in(explanation: Sequence[str]) -> str:
    """``ĐSĐS`` where the explanation judges the statements ``a)`` to ``d)`` one a line, each once; else nothing."""
    found = [match for line in explanation if (match := _JUDGEMENT.match(line))]
    if [match["letter"].lower() for match in found] != list("abcd"):
        return ""
    return "".join("Đ" if match["said"].lower() in ("đúng", "đ", "true") else "S" for match in found)
