"""Decide which looks of option letters are marks of the right answer, and which are only how the paper is set.

A look that all options of a question have says nothing there; one that all have in most questions of a paper is the
paper's style and says nothing anywhere. What is left is a key. Two marks that disagree are both given on, for a person
to decide: nothing here chooses between them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quizbank.questions.formats.text_keys import Marked, MarkedBody, letters_of, truths_of
from quizbank.questions.formats.text_lines import PartKind
from quizbank.questions.formats.text_options import Options, read_options, read_statements
from quizbank.questions.formats.word_lines import OptionLook

Looks = Mapping[tuple[int, str], OptionLook]
"""(number of a line, letter of an option on it) -> its look."""

_Sets = dict[str, frozenset[str]]
WORDS = {
    "underline": "gạch chân",
    "bold": "in đậm",
    "colour": "tô màu chữ",
    "shade": "tô nền",
    "border": "đóng khung",
    "italic": "in nghiêng",
}


@dataclass(frozen=True)
class _Question:
    """The options of one question: letters, and for each kind of mark which letters have it."""

    letters: str
    is_cluster: bool
    sets: _Sets


def key_marks(looks: Looks) -> Callable[[Sequence[MarkedBody]], list[Marked]]:
    """The reader of marks for a paper whose options look like that."""

    def read(bodies: Sequence[MarkedBody]) -> list[Marked]:
        has_capitals = any(read_options(body.lines, body.usual).texts for body in bodies)
        questions = [_question_of(body, looks, has_capitals) for body in bodies]
        paper = _Paper.of(questions)
        return [_marked(question, paper) for question in questions]

    return read


@dataclass(frozen=True)
class _Paper:
    """Over all questions of a kind: how often a mark is on some of the options, and how often on all."""

    some: Counter[tuple[bool, str]]
    every: Counter[tuple[bool, str]]

    @staticmethod
    def of(questions: Sequence[_Question]) -> "_Paper":
        some: Counter[tuple[bool, str]] = Counter()
        every: Counter[tuple[bool, str]] = Counter()
        for question in questions:
            for name, marked in question.sets.items():
                if marked:
                    (every if len(marked) == len(question.letters) else some)[question.is_cluster, name] += 1
        return _Paper(some, every)

    def is_mark(self, is_cluster: bool, name: str) -> bool:
        place = is_cluster, name
        return self.some[place] > 0 and self.some[place] >= self.every[place]


def _question_of(body: MarkedBody, looks: Looks, has_capitals: bool) -> _Question:
    options = read_options(body.lines, body.usual)
    is_cluster = body.kind is PartKind.TRUE_FALSE or not options.texts
    if is_cluster:
        statements = read_statements(body.lines)
        if body.kind is PartKind.TRUE_FALSE or statements.texts:
            options = statements
    found = [(letter, looks[number, letter]) for number, letter in options.places if (number, letter) in looks]
    sets = _sets_of(found) if len(found) > 1 else {}
    is_cluster = is_cluster and _is_judged(body, options, sets, has_capitals)
    return _Question("".join(letter for letter, _ in found), is_cluster, sets)


def _is_judged(body: MarkedBody, statements: Options, sets: _Sets, has_capitals: bool) -> bool:
    """Whether ``a)`` to ``d)`` are statements to judge, and not options written small."""
    if body.kind is not None:
        return body.kind is PartKind.TRUE_FALSE
    if body.key is not None:
        return bool(truths_of(body.key)) and letters_of(body.key) is None
    several = any(1 < len(marked) < len(statements.texts) for marked in sets.values())
    stem = " ".join(statements.stem).lower()
    return len(statements.texts) == 4 and (has_capitals or several or ("đúng" in stem and "sai" in stem))


def _sets_of(options: Sequence[tuple[str, OptionLook]]) -> _Sets:
    """For each mark the letters that have it; a letter's own look and that of its text are two marks."""
    sets: _Sets = {}
    for name in ("underline", "bold", "border", "italic"):
        sets[name] = frozenset(letter for letter, look in options if getattr(look.letter, name))
        whole = frozenset(letter for letter, look in options if getattr(look.text, name))
        if name == "underline" and any(look.has_underline and not look.text.underline for _, look in options):
            whole = frozenset()
        sets[f"{name}-text"] = whole if name != "italic" else frozenset()
    for name in ("colour", "shade"):
        sets[name] = _unlike_the_rest([(letter, getattr(look.letter, name)) for letter, look in options])
        texts = [(letter, getattr(look.text, name)) for letter, look in options if not look.is_bare]
        sets[f"{name}-text"] = _unlike_the_rest(texts) if len(texts) == len(options) else frozenset()
    return sets


def _unlike_the_rest(values: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The letters whose colour is not that of most; of two equally common ones the ordinary colour is the ground."""
    counts = Counter(value for _, value in values)
    most = max(counts.values())
    common = [value for value, count in counts.items() if count == most]
    ground = "" if "" in common else common[0] if len(common) == 1 else None
    if ground is None:
        return frozenset()
    unlike = frozenset(letter for letter, value in values if value != ground)
    return unlike or (frozenset(letter for letter, _ in values) if ground else frozenset())


def _marked(question: _Question, paper: _Paper) -> Marked:
    keys = []
    for name in question.sets:
        letters = question.sets[name]
        if name == "italic" or not letters or not paper.is_mark(question.is_cluster, name):
            continue
        is_whole = len(letters) == len(question.letters)
        if question.is_cluster:
            keys.append("".join("Đ" if letter in letters else "S" for letter in question.letters))
        elif not is_whole:
            keys.append(", ".join(sorted(letters)))
    locked = question.sets.get("italic", frozenset())
    is_style = paper.every[question.is_cluster, "italic"] > max(1, paper.some[question.is_cluster, "italic"])
    return Marked(tuple(dict.fromkeys(keys)), "" if is_style or question.is_cluster else "".join(sorted(locked)))


def words_of(look: OptionLook) -> str:
    """The marks of an option in words, for people who see the source without its looks."""
    names = [name for name in WORDS if getattr(look.letter, name) or (getattr(look.text, name) and name != "italic")]
    return ", ".join(WORDS[name] for name in names)
