"""Whether words stand together in a text: the index knows neighbouring pairs, longer runs are looked up in the text."""

from collections.abc import Iterator

from repository.search.embedded.schema import StoredTexts
from repository.search.text import Form, words_of

Phrase = tuple[Form, ...]


def has_phrase(texts: StoredTexts, phrase: Phrase, *, minds_accents: bool, sees_explanations: bool) -> bool:
    """Whether the words stand together in one of the texts; if accents matter, as accented as they were typed."""
    return any(is_in(phrase, words_of(text), minds_accents) for text in searched(texts, sees_explanations))


def searched(texts: StoredTexts, sees_explanations: bool) -> Iterator[str]:
    """The texts that may be searched, each as it was indexed."""
    yield texts.title
    yield texts.keywords
    yield texts.body[0]
    yield "\n".join((texts.more[0], *(text for _, _, text in texts.places[0])))
    if sees_explanations:
        yield texts.explanation[0]


def is_in(phrase: Phrase, words: list[Form], minds_accents: bool) -> bool:
    first = phrase[0].folded
    for place in range(len(words) - len(phrase) + 1):
        if words[place].folded == first:
            run = words[place : place + len(phrase)]
            if all(is_word(wanted, had, minds_accents) for wanted, had in zip(phrase, run, strict=True)):
                return True
    return False


def is_word(wanted: Form, had: Form, minds_accents: bool) -> bool:
    """A word typed without accents means any."""
    if minds_accents and wanted.exact != wanted.folded:
        return wanted.exact == had.exact
    return wanted.folded == had.folded
