"""A match as the reader sees it: its title and at most two stretches of its text, and where in a lecture they stand."""

from collections.abc import Iterator

from repository.search.documents import PlacedText, SearchHit, SearchQuery, Segment, Where
from repository.search.embedded.collection import Collection
from repository.search.embedded.evaluation import Ranked
from repository.search.embedded.schema import StoredTexts, kind_and_id_of
from repository.search.highlights import excerpt, excerpt_of_places, mark, opening
from repository.search.terms import Terms
from repository.search.text import bare_of

Stretch = tuple[Segment, ...]
MOST_STRETCHES = 2


def hit_of(collection: Collection, ranked: Ranked, terms: Terms, query: SearchQuery) -> SearchHit:
    kind, id = kind_and_id_of(int(collection.idents[ranked.doc]))
    facets = collection.facets.values_of(ranked.doc)
    if not query.wants_highlights:
        title = collection.title_of(ranked.doc)
        return SearchHit(kind, id, title, ranked.rank, facets=facets, parts=ranked.parts)
    texts = collection.texts_of(ranked.doc)
    shown, where = highlights_of(texts, terms, sees_explanations=query.sees_explanations)
    return SearchHit(
        kind=kind,
        id=id,
        title=texts.title,
        score=ranked.rank,
        title_segments=mark(texts.title, terms),
        highlights=shown,
        facets=facets,
        where=where,
        parts=ranked.parts,
    )


def highlights_of(
    texts: StoredTexts, terms: Terms, *, sees_explanations: bool
) -> tuple[tuple[Stretch, ...], Where | None]:
    """At most two stretches of the texts that show why, and the place of one; else how the texts begin."""
    found: list[Stretch] = []
    where: Where | None = None
    if terms.folded:
        placed = placed_stretch(texts, terms)
        for stretch in stretches_of(texts, terms, sees_explanations=sees_explanations):
            if not any(says(other, stretch) for other in found):
                found = [*without(found, stretch), stretch]
            if len(found) == MOST_STRETCHES - bool(placed) or says_all(stretch, terms):
                break
        if placed:
            found, where = [*without(found, placed[0]), placed[0]], placed[1]
    return (tuple(found) if found else opening_of(texts)), where


def without(found: list[Stretch], stretch: Stretch) -> list[Stretch]:
    """The stretches that say something which another does not."""
    return [other for other in found if not says(stretch, other)]


def says(stretch: Stretch, other: Stretch) -> bool:
    """Whether all of another stretch stands in one, however its lines break: an abstract often stands in the file."""
    return said_by(other) in said_by(stretch)


def said_by(stretch: Stretch) -> str:
    return " ".join("".join([segment.text for segment in stretch]).split())


def says_all(stretch: Stretch, terms: Terms) -> bool:
    """Whether a stretch shows as many different words as were asked for."""
    return len({bare_of(segment.text) for segment in stretch if segment.is_match}) >= len(terms.folded)


def stretches_of(texts: StoredTexts, terms: Terms, *, sees_explanations: bool) -> Iterator[Stretch]:
    shown = (texts.body, texts.more, texts.explanation) if sees_explanations else (texts.body, texts.more)
    return filter(None, (excerpt(text, bare, terms, texts.title) for text, bare in shown))


def placed_stretch(texts: StoredTexts, terms: Terms) -> tuple[Stretch, Where] | None:
    places, bare = texts.places
    if not places:
        return None
    return excerpt_of_places([PlacedText(Where(kind, number), text) for kind, number, text in places], terms, bare)


def opening_of(texts: StoredTexts) -> tuple[Stretch, ...]:
    """How the first text begins that is not empty."""
    placed = ((text, "") for _, _, text in texts.places[0][:1])
    begins = next(filter(None, (opening(text, texts.title) for text, _ in (texts.body, texts.more, *placed))), ())
    return (begins,) if begins else ()
