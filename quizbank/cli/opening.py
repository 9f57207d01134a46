"""The search index by itself: to ask it needs no web and, where it lies in the data folder, no database."""

import os

from quizbank.cli.loading import loaded
from repository.search.embedded.index import WhooshIndex, folder_of
from repository.search.engine import SearchIndex
from repository.settings import read_settings


def open_search() -> SearchIndex:
    """The index of the settings, as it is: nothing is brought up to date first."""
    settings = read_settings(os.environ)
    if settings.search == "whoosh":
        return WhooshIndex(folder_of(settings.data_dir))
    index: SearchIndex = loaded("quizbank.cli.context:open_product")().search
    return index
