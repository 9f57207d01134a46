"""Four templates to start from, from the file beside this one."""

from functools import cache
from pathlib import Path

from quizbank.item_templates.drafts import TemplateDraft, draft_of
from quizbank.item_templates.template_file import read_templates
from repository.curriculum.queries import curriculum

FILE = Path(__file__).with_name("examples.toml")
NAMES = ("numbers", "short", "cluster", "story")


@cache
def examples() -> dict[str, TemplateDraft]:
    """Name in the address -> draft."""
    read = read_templates(FILE.read_text(encoding="utf-8"))
    return {name: draft_of(new, curriculum()) for name, new in zip(NAMES, read, strict=True)}


def example_of(name: str) -> TemplateDraft | None:
    return examples().get(name)
