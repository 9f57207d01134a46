"""One query, understood: as typed; else as keystrokes or better spelt, if that finds what the words as typed do not."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from repository.search.documents import SearchQuery
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import Evaluation, evaluate
from repository.search.language import Asked, asked_of
from repository.search.suggestions.helper import Helper

FEW = 5


@dataclass(frozen=True)
class Answer:
    """``read_as`` is the text that was searched for where it is not the one typed."""

    asked: Asked
    evaluation: Evaluation
    read_as: str | None = None
    did_you_mean: str | None = None


def answered(collection: Collection, query: SearchQuery, helper: Callable[[], Helper]) -> Answer:
    """Find what is asked for. Where nothing has all the words, another reading of them may have more.

    Args:
        collection: the index.
        query: as typed; its text may be anything.
        helper: called only where few documents match.
    """
    asked = asked_of(query.text)
    found = evaluate(collection, query, asked)
    if query.as_typed or not asked.terms.folded or (found.total >= FEW and not found.relaxed):
        return Answer(asked, found)
    help = helper()
    if found.relaxed or not found.total:
        for read in (help.read_keystrokes(query.text), help.correct(query.text)):
            if read is not None and read != query.text:
                other = asked_of(read)
                found_so = evaluate(collection, replace(query, text=read), other)
                if found_so.total and not found_so.relaxed:
                    return Answer(other, found_so, read_as=read)
    return Answer(asked, found, did_you_mean=help.correct(query.text))
