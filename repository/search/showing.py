"""Hits as the search page shows them. The names of facet values are looked up once a process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _
from markupsafe import Markup

from repository.search.descriptions import html_of, label_of, place_name, title_html
from repository.search.documents import SearchHit, Segment
from repository.search.exchange import address_of

SHOWN_FACETS = ("media", "type", "subject", "grade", "topic", "level", "difficulty")
VALUES_EACH = 3


@dataclass(frozen=True)
class ShownHit:
    """A hit in the reader's language; ``place`` says where in the lecture the words stand."""

    kind: str
    id: int
    href: str
    title: Markup
    meta: tuple[str, ...]
    excerpts: tuple[Markup, ...]
    place: str
    media: str


def shown_hits(hits: Iterable[SearchHit], locale: str) -> tuple[ShownHit, ...]:
    return tuple(shown_hit(hit, locale) for hit in hits)


def shown_hit(hit: SearchHit, locale: str) -> ShownHit:
    values = ((name, value) for name in SHOWN_FACETS for value in hit.facets.get(name, ())[:VALUES_EACH])
    place = place_name(hit.where) if hit.where else ""
    return ShownHit(
        kind=hit.kind,
        id=hit.id,
        href=address_of(hit),
        title=title_html(hit),
        meta=(kind_name(hit.kind, locale), *(shown_label(name, value, locale) for name, value in values)),
        excerpts=tuple(html_of(segments) for segments in hit.highlights if place or not says_no_more(segments, hit)),
        place=place[:1].upper() + place[1:],
        media=next(iter(hit.facets.get("media", ())), ""),
    )


@lru_cache(maxsize=64)
def kind_name(kind: str, locale: str) -> str:
    return str(_("Bài giảng") if kind == "lecture" else _("Câu hỏi"))


def says_no_more(segments: Sequence[Segment], hit: SearchHit) -> bool:
    """Whether an excerpt only repeats the title, as that of a question of one line does."""
    return "".join(segment.text for segment in segments).strip() in hit.title


def shown_label(facet: str, value: str, locale: str) -> str:
    return difficulty_label(value, locale) if facet == "difficulty" else label_of(facet, value, locale)


@lru_cache(maxsize=64)
def difficulty_label(band: str, locale: str) -> str:
    return str(_("Độ khó: %(band)s", band=label_of("difficulty", band, locale).lower()))
