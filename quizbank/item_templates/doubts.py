"""What reads badly in a question that was made of a template, though nothing in it is wrong. Pure."""

import re
from collections.abc import Collection, Iterator

from quizbank.questions.rules import QuestionContent

FORMULA = re.compile(r"\$[^$]*\$")
TWO_SIGNS = re.compile(r"[-+−]\s*[-−]\s*[0-9.]+")
BARE = re.compile(r"\{(\w+)\}", re.ASCII)
DOUBLED = (
    "Câu số {number} có hai dấu liền nhau ({text}): viết số đứng sau một dấu bằng {{@ signed(a) @}}, "
    "hoặc đặt số âm trong ngoặc."
)
NOT_INSERTED = "Câu số {number} có {{{name}}}: muốn chèn giá trị thì viết {{@ {name} @}}."


def doubts_of(content: QuestionContent, names: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Messages with their facts; ``names``: of the parameters."""
    for text in (content.stem, content.explanation, *(part.text for part in content.parts)):
        for formula in FORMULA.findall(text):
            if found := TWO_SIGNS.search(formula):
                yield DOUBLED, {"text": found[0]}
        for name in BARE.findall(FORMULA.sub("", text)):
            if name in names:
                yield NOT_INSERTED, {"name": name}
