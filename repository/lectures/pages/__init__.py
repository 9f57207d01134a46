"""Pages of lectures: browse and look, prepare, review."""

from repository.lectures.pages import browsing, preparing, reviewing
from repository.lectures.pages.blueprint import pages
from repository.lectures.pages.showing import shown_cards

__all__ = ["browsing", "pages", "preparing", "reviewing", "shown_cards"]
