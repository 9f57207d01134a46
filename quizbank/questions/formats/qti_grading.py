"""Where an item of QTI scores otherwise than the bank would: its own processing is run for the key, for wrong answers
and for none, and what differs is reported, answer by answer. Nothing is changed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quizbank.questions.formats.foreign_question import Draft
from quizbank.questions.formats.qti_scoring import Scoring
from quizbank.questions.formats.qti_values import Declared, Scores, Unscorable, Value, mapped, number_of, simple_of
from quizbank.questions.problems import Problem, problem

MAX_CASES = 6
NO_ANSWER = "bỏ trống"
STATEMENT_SHARES = (Fraction(0), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(1))
"""What the bank gives for none to four right judgements."""


@dataclass(frozen=True)
class Probe:
    """An answer to try: how people write it, how the item takes it, and the share of the marks that the bank gives."""

    label: str
    given: Mapping[str, Value]
    share: Fraction


@dataclass(frozen=True)
class MappedOnly:
    """The scoring of an item that says what each value is worth, and leaves it to others to add up."""

    declared: Declared

    def score(self, given: Mapping[str, Value]) -> Fraction:
        """The sum by the mapping.

        Raises:
            Unscorable: there is none.
        """
        if self.declared.mapping is None:
            raise Unscorable("mapping")
        return mapped(self.declared.mapping, given.get(self.declared.identifier))


def scored_otherwise(scoring: Scores, probes: Sequence[Probe]) -> Problem | None:
    """What the item gives for these answers where the bank gives another share; the first of them is the key.

    Shares are of what the key earns. Where the scoring can't be run, that is what is reported.
    """
    try:
        scores = [scoring.score(probe.given) for probe in probes]
    except Unscorable as error:
        return problem("unchecked-scoring", what=str(error)[:100])
    if not scores or scores[0] <= 0:
        return problem("scored-otherwise", cases=f"{probes[0].label}: 0 thay vì 1") if scores else None
    cases = [
        f"{probe.label}: {_written(score / scores[0])} thay vì {_written(probe.share)}"
        for probe, score in zip(probes, scores, strict=True)
        if score / scores[0] != probe.share
    ]
    if len(cases) > MAX_CASES:
        cases[MAX_CASES:] = ["…"]
    return problem("scored-otherwise", cases="; ".join(cases)) if cases else None


def note_otherwise(scoring: Scores, declared: Declared, probes: Sequence[Probe], draft: Draft) -> None:
    """Note on the draft what the item scores otherwise; an item that leaves scoring to others has its mapping."""
    if isinstance(scoring, Scoring) and scoring.processing is None:
        if declared.mapping is None:
            return
        scoring = MappedOnly(declared)
    if probes and (found := scored_otherwise(scoring, probes)) is not None:
        draft.note(found)


def _written(share: Fraction) -> str:
    """A share as people write it: a decimal of at most three places, otherwise a fraction."""
    if 1000 % share.denominator:
        return str(share)
    return format(Decimal(share.numerator) / share.denominator, "f").replace(".", ",")


def choice_probes(
    identifier: str, letters: Mapping[str, str], right: Sequence[str], *, is_single: bool
) -> tuple[Probe, ...]:
    """The key, nothing, every wrong option; for several right ones also each alone, one fewer, one more, and all."""
    key = frozenset(right)
    sets = [key, frozenset[str](), *(frozenset({name}) for name in letters)]
    if not is_single:
        sets += [key - {name} for name in letters if name in key]
        sets += [key | {name} for name in letters if name not in key]
        sets.append(frozenset(letters))
    return tuple(
        Probe(
            ", ".join(letters[name] for name in letters if name in chosen) or NO_ANSWER,
            {identifier: tuple(name for name in letters if name in chosen) or None},
            Fraction(chosen == key),
        )
        for chosen in dict.fromkeys(sets)
    )


def text_probes(
    declared: Declared,
    accepted: Sequence[str],
    others: Iterable[str],
    tolerance: Decimal | None,
    *,
    is_text: bool,
    is_folded: bool = False,
) -> tuple[Probe, ...]:
    """Every accepted value, nothing, values that count less, capitals, and the edges of the tolerance.

    ``is_folded``: the item changes a text before it compares, so that a mark more may not matter to it.
    """
    shares = {value: Fraction(1) for value in accepted}
    free = {value.casefold() for value in accepted if is_text and _has_free_case(value)}
    if free:
        shares |= {_in_other_case(accepted[0]): Fraction(accepted[0].casefold() in free)}
    if is_folded and is_text:
        shares |= {_with_mark(accepted[0]): Fraction(0)}
    if tolerance:
        numbers = [Decimal(value) for value in accepted if number_of(value) is not None]
        edges = (number + sign * tolerance for number in numbers for sign in (1, -1))
        shares |= {format(edge.normalize(), "f"): Fraction(1) for edge in edges}
    shares |= {value: Fraction(value.casefold() in free) for value in others if value not in shares}
    probes = [
        Probe(f"“{value[:60]}”", {declared.identifier: taken}, share)
        for value, share in shares.items()
        if (taken := _taken(value, declared)) is not None
    ]
    return (*probes, Probe(NO_ANSWER, {declared.identifier: None}, Fraction(0)))


def _has_free_case(value: str) -> bool:
    """Whether the bank takes the value in any capitals: none stand inside of a word."""
    return not any(sign.isupper() for word in value.split() for sign in word[1:])


def _with_mark(value: str) -> str:
    """The value with an acute on its first plain vowel."""
    return unicodedata.normalize("NFC", re.sub("[aeiouAEIOU]", lambda found: found[0] + "\u0301", value, count=1))


def _in_other_case(value: str) -> str:
    return value.upper() if value.upper() != value else value.lower()


def _taken(value: str, declared: Declared) -> Value:
    try:
        return (simple_of(value, declared.base_type),)
    except Unscorable:
        return None


def statement_probes(right: Sequence[Mapping[str, Value]], wrong: Sequence[Mapping[str, Value]]) -> tuple[Probe, ...]:
    """All judgements right, three, two, one and none of them with the others wrong, no answer, and one left out.

    Args:
        right: the right judgement of each of the four statements, as answers to put together.
        wrong: the wrong one of each.
    """
    if len(right) != len(STATEMENT_SHARES) - 1:
        return ()
    count = len(right)
    mixed = [
        Probe(f"{good} ý đúng, {count - good} ý sai", _together([*right[:good], *wrong[good:]]), STATEMENT_SHARES[good])
        for good in range(count, -1, -1)
    ]
    missing = Probe("3 ý đúng, 1 ý bỏ trống", _together(right[:3]), STATEMENT_SHARES[3])
    return (*mixed, missing, Probe(NO_ANSWER, {}, Fraction(0)))


def _together(answers: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    given: dict[str, Value] = {}
    for answer in answers:
        for identifier, value in answer.items():
            given[identifier] = (*(given.get(identifier) or ()), *(value or ())) or None
    return given
