"""The key of a QTI item: what earns most, by its response processing, held against the response it declares right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations

from quizbank.questions.formats.qti_values import Declared, Scores, Unscorable, Value, mapped
from quizbank.questions.problems import Problem, problem
from quizbank.questions.rules import MAX_OPTIONS


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


def multiple_key(
    scoring: Scores,
    declared: Declared,
    candidates: Sequence[str],
    others: Mapping[str, Value],
    hints: Iterable[frozenset[str]] = (),
) -> Key:
    """The right set of options: the smallest that earns most.

    Args:
        hints: sets that the processing names; with the declared response and the options that earn by themselves they
            are tried before all the others.
    """
    correct = _texts(declared.correct)
    if len(candidates) > MAX_OPTIONS:
        return _declared_key(declared, correct)
    sets = _Sets(scoring, declared.identifier, tuple(candidates), others)
    try:
        return _set_key(sets, frozenset(correct), hints) or _declared_key(declared, correct)
    except Unscorable:
        return _declared_key(declared, correct)


@dataclass(frozen=True)
class _Sets:
    """What each set of options earns, asked for once."""

    scoring: Scores
    identifier: str
    candidates: tuple[str, ...]
    others: Mapping[str, Value]
    known: dict[frozenset[str], Fraction] = field(default_factory=dict)

    def score(self, chosen: frozenset[str]) -> Fraction:
        if chosen not in self.known:
            value = tuple(name for name in self.candidates if name in chosen)
            self.known[chosen] = self.scoring.score({**self.others, self.identifier: value or None})
        return self.known[chosen]

    def in_order(self, chosen: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self.candidates if name in chosen)

    def is_best_nearby(self, chosen: frozenset[str]) -> bool:
        """Whether it earns more than nothing, no other option adds to it, and each of its own is needed."""
        score = self.score(chosen)
        rest = [name for name in self.candidates if name not in chosen]
        return (
            score > self.score(frozenset())
            and all(self.score(chosen | {name}) <= score for name in rest)
            and all(self.score(chosen - {name}) < score for name in chosen)
        )


def _set_key(sets: _Sets, correct: frozenset[str], hints: Iterable[frozenset[str]]) -> Key | None:
    worths = {name: sets.score(frozenset({name})) for name in sets.candidates}
    nothing = sets.score(frozenset())
    earning = frozenset(name for name, worth in worths.items() if worth > nothing)
    tried = [correct] if correct else [earning, *hints]
    found = [chosen for chosen in tried if chosen <= set(sets.candidates) and chosen and sets.is_best_nearby(chosen)]
    if found:
        return Key(sets.in_order(max(found, key=sets.score)), worths)
    everything = [
        frozenset(chosen) for size in range(len(sets.candidates) + 1) for chosen in combinations(sets.candidates, size)
    ]
    best = max(map(sets.score, everything))
    winners = [chosen for chosen in everything if sets.score(chosen) == best and best > nothing]
    smallest = [chosen for chosen in winners if not any(other < chosen for other in winners)]
    if not winners:
        return None
    if correct and correct not in winners:
        return Key(tuple(correct), worths, (_two_keys(sorted(correct), sets.in_order(smallest[0])),))
    if not correct and len(smallest) > 1:
        first, second = map(sets.in_order, smallest[:2])
        return Key(first, worths, (_two_keys(first, second),))
    return Key(sets.in_order(correct or smallest[0]), worths)


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
