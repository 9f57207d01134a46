"""The key of a QTI item: what earns most, by its response processing, held against the response it declares right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from typing import Protocol

from quizbank.questions.formats.qti_expressions import Declared, Unscorable, Value, mapped
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import MAX_OPTIONS


class Scores(Protocol):
    """Whatever can score a response, of any version of QTI."""

    def score(self, given: Mapping[str, Value]) -> Fraction:
        """What these answers earn.

        Raises:
            Unscorable: something in the processing is not known.
        """
        ...


@dataclass(frozen=True)
class Key:
    """Which of the candidates are right, what each alone earns (empty where unknown), and what is doubtful."""

    right: tuple[str, ...]
    worths: dict[str, Fraction]
    problems: tuple[Problem, ...] = ()


def single_key(scoring: Scores, declared: Declared, candidates: Sequence[str], others: Mapping[str, Value]) -> Key:
    """The one right option."""
    correct = _texts(declared.correct)
    try:
        worths = {name: scoring.score({**others, declared.identifier: (name,)}) for name in candidates}
        nothing = scoring.score(others)
    except Unscorable:
        return _declared_key(declared, correct)
    best = max(worths.values(), default=Fraction(0))
    winners = tuple(name for name in candidates if worths[name] == best and best > nothing)
    if not winners:
        return _declared_key(declared, correct) if correct else Key((), worths, (problem("no-key"),))
    if correct and set(correct) & set(candidates) and not set(correct) & set(winners):
        return Key(correct, worths, (_two_keys(correct, winners),))
    if len(winners) > 1:
        chosen = tuple(name for name in correct if name in winners)
        return Key(chosen or winners, worths, (_two_keys(winners[:1], winners[1:]),))
    return Key(winners, worths)


def multiple_key(scoring: Scores, declared: Declared, candidates: Sequence[str], others: Mapping[str, Value]) -> Key:
    """The right set of options: the smallest that earns most."""
    correct = _texts(declared.correct)
    if len(candidates) > MAX_OPTIONS:
        return _declared_key(declared, correct)
    try:
        scores = {
            chosen: scoring.score({**others, declared.identifier: chosen or None})
            for size in range(len(candidates) + 1)
            for chosen in combinations(candidates, size)
        }
    except Unscorable:
        return _declared_key(declared, correct)
    best = max(scores.values())
    worths = {name: scores[(name,)] for name in candidates}
    winners = [set(chosen) for chosen, score in scores.items() if score == best and best > scores[()]]
    smallest = [chosen for chosen in winners if not any(other < chosen for other in winners)]
    if not winners:
        return _declared_key(declared, correct)
    if correct and set(correct) not in winners:
        return Key(correct, worths, (_two_keys(correct, sorted(smallest[0])),))
    if not correct and len(smallest) > 1:
        return Key(tuple(sorted(smallest[0])), worths, (_two_keys(sorted(smallest[0]), sorted(smallest[1])),))
    right = set(correct) or smallest[0]
    return Key(tuple(name for name in candidates if name in right), worths)


def text_key(scoring: Scores, declared: Declared, candidates: Sequence[str], others: Mapping[str, Value]) -> Key:
    """The accepted answers, the declared one first."""
    from_mapping = _texts(entry[0] for entry in declared.mapping.entries) if declared.mapping else ()
    correct = _texts(declared.correct)
    tried = tuple(dict.fromkeys((*correct, *from_mapping, *candidates)))
    try:
        values = {name: _value(name, declared) for name in tried}
        worths = {name: scoring.score({**others, declared.identifier: (values[name],)}) for name in tried}
        nothing = scoring.score(others)
    except Unscorable:
        return _by_mapping(declared, correct, from_mapping)
    best = max(worths.values(), default=Fraction(0))
    winners = tuple(name for name in tried if worths[name] == best and best > nothing)
    if not winners:
        return _by_mapping(declared, correct, from_mapping)
    if correct and not set(correct) & set(winners):
        return Key((*correct, *winners), worths, (_two_keys(correct, winners),))
    return Key(winners, worths)


def _by_mapping(declared: Declared, correct: tuple[str, ...], mapped_texts: tuple[str, ...]) -> Key:
    if declared.mapping is None or not mapped_texts:
        return _declared_key(declared, correct)
    mapping = declared.mapping
    worths = {text: mapped(mapping, (_value(text, declared),)) for text in mapped_texts}
    best = max(worths.values())
    winners = tuple(text for text in mapped_texts if worths[text] == best and best > 0)
    return Key(tuple(dict.fromkeys((*correct, *winners))), worths) if winners else _declared_key(declared, correct)


def _declared_key(declared: Declared, correct: tuple[str, ...]) -> Key:
    if correct:
        return Key(correct, {})
    if declared.mapping is not None:
        worths = {text_of_value(key): worth for key, worth, _ in declared.mapping.entries}
        right = [key for key, worth in worths.items() if worth > 0]
        if declared.cardinality == "single" and right:
            best = max(worths.values())
            right = [key for key in right if worths[key] == best]
        if right:
            doubts = () if declared.cardinality != "single" or len(right) == 1 else (_two_keys(right[:1], right[1:]),)
            return Key(tuple(right), worths, doubts)
    return Key((), {}, (problem("no-key"),))


def _value(text: str, declared: Declared) -> str | Fraction:
    from_text = declared.base_type in ("integer", "float")
    return Fraction(text) if from_text else text


def _texts(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text_of_value(value) for value in values or ()))


def text_of_value(value: object) -> str:
    """A value as people write it: a number with as many decimals as it has."""
    if not isinstance(value, Fraction):
        return str(value)
    with localcontext(prec=60):
        written = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def with_letters(doubt: Problem, letters: Mapping[str, str]) -> Problem:
    """The doubt with the letters of options instead of their identifiers."""
    return replace(doubt, facts={name: _lettered(text, letters) for name, text in doubt.facts.items()})


def _lettered(text: str, letters: Mapping[str, str]) -> str:
    groups = ([letters.get(name, name) for name in group.split(", ")] for group in text.split("; "))
    return "; ".join(", ".join(group) for group in groups)


def _two_keys(first: Iterable[str], second: Iterable[str]) -> Problem:
    return problem("two-keys", keys=f"{', '.join(first)}; {', '.join(second)}")


def weights_note(key: Key, names: Mapping[str, str], *, is_single: bool) -> Problem | None:
    """A note where not only the whole right answer earns: other options too, or right ones one by one."""
    right = {key.worths[name] for name in key.right if name in key.worths}
    others = {worth for name, worth in key.worths.items() if name not in key.right}
    if len(right) > 1 or (is_single and any(worth > 0 for worth in others)):
        said = ", ".join(f"{names.get(name, name)}: {float(worth):g}" for name, worth in key.worths.items() if worth)
        return problem("dropped", what=f"điểm từng phần ({said})")
    if not is_single and len(key.right) > 1 and any(worth > 0 for worth in right):
        return problem("changed", what="Điểm chia theo từng phương án", meant="đúng hết mới có điểm")
    return None
