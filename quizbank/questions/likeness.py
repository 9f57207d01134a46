"""How alike two questions are: folded text, 5-grams, MinHash signatures. Pure, and the same on every machine.

Likeness proposes, it never decides: two questions that differ in one name (Sa Pa, Nha Trang) are 90 % alike and ask
different things. Case is kept where it says something: ``AaBb`` and ``AABb`` are different genotypes.

Source: A. Broder, On the resemblance and containment of documents (1997); banding as in J. Leskovec, A. Rajaraman,
J. Ullman, Mining of Massive Datasets, chapter 3.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from quizbank.questions.rules import NUMBER, AnswerKind, QuestionContent, QuestionType

GRAM = 5
BANDS, ROWS = 20, 5
VALUES = BANDS * ROWS
ALIKE = 0.8
"""The smallest similarity that is shown to a person: a word or two of a usual question are different."""
PROMISING = 0.68
"""The smallest estimate that is worth an exact look: three standard errors below ``ALIKE``."""

Signatures = NDArray[np.uint32]
Keys = NDArray[np.int64]

_CHUNK_LETTERS = 50_000
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_MEDIA = re.compile(r"!\[([^\]\n]*)\]\(media:([0-9a-f]{12})[0-9a-f]*\)")
_TEX = re.compile(r"\\(?:left|right|displaystyle|limits)(?![A-Za-z])|\\[,;:! ]")
_FRACTION = re.compile(r"\\[dt]frac(?![A-Za-z])")
_BLANKS = re.compile(r"[.…_]{3,}|…")
MEANING_LETTERS = 2
_CAPITALS = "".join(letter for letter in map(chr, range(0x2000)) if letter.isupper())
_CAPITAL_WORD = re.compile(rf"(?<![^\W\d_])[{_CAPITALS}][^\W\d_]*")


def folded_lines(source: str) -> list[str]:
    """Texts as they are compared: neither tags nor dollars, one kind of blank, plain words in lower case.

    Capitals are kept where they may mean something: in words of one or two Latin letters, and in the middle of a
    word (``Aa``, ``AABb``, ``NaOH``).
    """
    text = unicodedata.normalize("NFC", source).replace("$", " ").replace("~", " ").replace("\u200b", "")
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "](media:" in text:
        text = _MEDIA.sub(r" \1 \2 ", text)
    if "\\" in text:
        text = _FRACTION.sub(r"\\frac", _TEX.sub(" ", text))
    if "…" in text or ".." in text or "__" in text:
        text = _BLANKS.sub("…", text)
    text = _CAPITAL_WORD.sub(_folded_word, text)
    return [" ".join(line.split()).rstrip(" .:") for line in text.split("\n")]


def folded_line(source: str) -> str:
    """One text as one line."""
    return folded_lines(source.replace("\n", " "))[0]


def _folded_word(found: re.Match[str]) -> str:
    """The word in lower case where its capitals only begin it or, with Vietnamese letters, shout it."""
    word = found[0]
    if word.isascii():
        return word.lower() if len(word) > MEANING_LETTERS and word[1:].islower() else word
    return word.lower() if word.isupper() or word[1:].islower() else word


def folded_text(content: QuestionContent) -> str:
    """What is asked, a line each for stem and options, in an order that shuffling does not change.

    The accepted values of a short answer are its key and do not belong here.
    """
    options = () if content.type is QuestionType.SHORT_ANSWER else content.parts
    sources = (content.stem, *(part.text for part in options))
    stem, *lines = folded_lines("\n".join(source.replace("\n", " ") for source in sources))
    return "\n".join(filter(None, (stem, *sorted(lines)))) or "∅"


def padded(text: str) -> str:
    """Every line between blanks, so that short options have grams of their own."""
    return "\n".join(f"  {line}  " for line in text.split("\n"))


def grams_of(text: str) -> frozenset[str]:
    """The 5-grams of a folded text; none reaches over the end of a line."""
    lines = padded(text).split("\n")
    return frozenset([line[start : start + GRAM] for line in lines for start in range(len(line) - GRAM + 1)])


def similarity_of(left: frozenset[str], right: frozenset[str]) -> float:
    """The share of grams that two texts have in common (Jaccard), 0..1."""
    shared = len(left & right)
    union = len(left) + len(right) - shared
    return shared / union if union else 1.0


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finish."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))


_STEPS = np.arange(1, 2 * VALUES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
_FACTORS = (_mixed(_STEPS[:VALUES]) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
_SUMMANDS = (_mixed(_STEPS[VALUES:]) >> np.uint64(32)).astype(np.uint32)


def signatures_of(texts: Sequence[str]) -> Signatures:
    """MinHash signatures of N folded texts: (N, ``VALUES``) of uint32.

    The share of values that two signatures have in common estimates the similarity of the texts.
    """
    found = [_signatures(chunk) for chunk in _chunks(texts)]
    return np.concatenate(found) if found else np.empty((0, VALUES), dtype=np.uint32)


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    letters = 0
    for text in texts:
        chunk.append(padded(text))
        letters += len(text)
        if letters > _CHUNK_LETTERS:
            yield chunk
            chunk, letters = [], 0
    if chunk:
        yield chunk


def _signatures(texts: Sequence[str]) -> Signatures:
    letters = np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    last = len(letters) - GRAM + 1
    hashes = np.zeros(last, dtype=np.uint64)
    is_gram = np.ones(last, dtype=bool)
    for place in range(GRAM):
        window = letters[place : place + last]
        hashes = hashes * np.uint64(0x100000001B3) + window
        is_gram &= window != ord("\n")
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    places = np.flatnonzero(is_gram)
    first = np.searchsorted(places, starts)
    mixed = (_mixed(hashes[places]) >> np.uint64(32)).astype(np.uint32)
    found = np.empty((len(texts), VALUES), dtype=np.uint32)
    values = np.empty_like(mixed)
    for number, (factor, summand) in enumerate(zip(_FACTORS, _SUMMANDS, strict=True)):
        np.multiply(mixed, factor, out=values)
        np.add(values, summand, out=values)
        found[:, number] = np.minimum.reduceat(values, first)
    return found


def bytes_of(signature: NDArray[np.uint32]) -> bytes:
    return signature.astype("<u4").tobytes()


def signatures_from(stored: Iterable[bytes]) -> Signatures:
    """Signatures as ``bytes_of`` wrote them: (N, ``VALUES``)."""
    return np.frombuffer(b"".join(stored), dtype="<u4").astype(np.uint32).reshape(-1, VALUES)


def band_keys(signatures: Signatures) -> Keys:
    """The keys under which signatures are looked up: (N, ``BANDS``) of int64.

    Texts of similarity s share a key with probability 1 - (1 - s^5)^20: 0.9996 at 0.8, 0.47 at 0.5, 0.006 at 0.2.
    """
    rows = signatures.reshape(-1, BANDS, ROWS).astype(np.uint64)
    keys = np.broadcast_to(_STEPS[:BANDS], rows.shape[:2]).copy()
    for place in range(ROWS):
        keys = _mixed(keys * np.uint64(0x100000001B3) + rows[:, :, place])
    return keys.view(np.int64)


def estimates_of(left: Signatures, right: Signatures) -> NDArray[np.float64]:
    """Estimated similarities of N pairs of signatures, row by row, 0..1."""
    return np.asarray((left == right).mean(axis=1), dtype=np.float64)


_CLOSE = 0.85
_LONG_LETTERS = 12
_DIGITS = re.compile(r"\d+")


def keys_disagree(left: QuestionContent, right: QuestionContent) -> bool:
    """Whether one question calls right what the other calls wrong.

    Options are held against each other by what they say, wherever they stand; what only one of them offers says
    nothing. Short answers disagree when they accept no value in common.
    """
    kinds = {left.type, right.type}
    if kinds == {QuestionType.SHORT_ANSWER}:
        return not any(_is_same_value(one, other, left, right) for one in _values(left) for other in _values(right))
    if QuestionType.SHORT_ANSWER in kinds:
        return False
    ours, theirs = _options(left), _options(right)
    for text, is_true in ours:
        twin = _twin_of(text, [other for other, _ in theirs])
        if twin is not None and (twin, not is_true) in theirs:
            return True
    return False


def _options(content: QuestionContent) -> list[tuple[str, bool]]:
    texts = _values(content)
    return [(text, part.is_true) for text, part in zip(texts, content.parts, strict=True)]


def _twin_of(text: str, others: Sequence[str]) -> str | None:
    """The option that says the same; a slip of the pen is forgiven in a long one, never in a number."""
    if text in others:
        return text
    digits, grams = _DIGITS.findall(text), grams_of(text)
    close = [
        (similarity_of(grams, grams_of(other)), other)
        for other in others
        if min(len(text), len(other)) >= _LONG_LETTERS and digits == _DIGITS.findall(other)
    ]
    likeness, twin = max(close, default=(0.0, ""))
    return twin if likeness >= _CLOSE else None


def _values(content: QuestionContent) -> list[str]:
    return folded_lines("\n".join(part.text.replace("\n", " ") for part in content.parts)) if content.parts else []


def _is_same_value(one: str, other: str, left: QuestionContent, right: QuestionContent) -> bool:
    are_numbers = AnswerKind.NUMERIC in (left.answer_kind, right.answer_kind)
    if not (are_numbers and NUMBER.fullmatch(one) and NUMBER.fullmatch(other)):
        return one == other
    allowed = Fraction(max(left.tolerance or 0, right.tolerance or 0))
    return abs(_number(one) - _number(other)) <= allowed


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
