"""Pages of item templates: the list, one template with its questions, the editor, the making of questions."""

from quizbank.item_templates.pages import editing, generating, listing
from quizbank.item_templates.pages.blueprint import pages

__all__ = ["editing", "generating", "listing", "pages"]
