"""What the other modules of this folder share."""

from dataclasses import dataclass

FILL = "Choose the word or phrase that best completes the sentence: {}"


@dataclass(frozen=True)
class Verb:
    base: str
    third: str
    past: str
    participle: str
    gerund: str
    rest: str


VERBS = tuple(
    Verb(*row.split("|"))
    for row in (
        "write|writes|wrote|written|writing|a letter to a pen friend",
        "buy|buys|bought|bought|buying|some fresh vegetables",
        "read|reads|read|read|reading|an interesting story",
        "take|takes|took|taken|taking|some photos of the lake",
        "make|makes|made|made|making|a cake for the party",
        "draw|draws|drew|drawn|drawing|a picture of the village",
        "sing|sings|sang|sung|singing|a traditional song",
        "eat|eats|ate|eaten|eating|a bowl of noodles",
        "teach|teaches|taught|taught|teaching|English to young children",
        "build|builds|built|built|building|a small wooden house",
        "clean|cleans|cleaned|cleaned|cleaning|the classroom",
        "visit|visits|visited|visited|visiting|the history museum",
        "repair|repairs|repaired|repaired|repairing|an old bicycle",
        "plant|plants|planted|planted|planting|trees near the school",
        "watch|watches|watched|watched|watching|a documentary about whales",
        "cook|cooks|cooked|cooked|cooking|dinner for the family",
        "give|gives|gave|given|giving|a talk about the environment",
        "speak|speaks|spoke|spoken|speaking|English with foreign visitors",
        "grow|grows|grew|grown|growing|flowers in the garden",
        "choose|chooses|chose|chosen|choosing|a book from the library",
        "prepare|prepares|prepared|prepared|preparing|a presentation",
        "collect|collects|collected|collected|collecting|waste paper for recycling",
    )
)


PEOPLE = (
    "Lan",
    "Minh",
    "Mai",
    "Nam",
    "Mr Hung",
    "Ms Hoa",
    "my sister",
    "my father",
    "our teacher",
    "the student",
    "her cousin",
    "Peter",
)


def begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def gap(sentence: str) -> str:
    return FILL.format(begin(sentence))


SHE = {"Lan", "Mai", "Ms Hoa", "my sister"}


HE = {"Minh", "Nam", "Mr Hung", "my father", "Peter"}
