"""Commands that are loaded when they are called. Loading all of the product takes longer than most commands do."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from repository import logs


class LazyGroup(click.Group):
    """A group that knows where its commands are; click's own pattern for this.

    ``places`` maps the name of a command to ``module:name``.
    """

    def __init__(self, *args: Any, places: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        command = loaded(self.places[cmd_name])
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.places[cmd_name]} is no command")
        return command


def loaded(place: str) -> Any:
    """What stands under ``module:name``, which is imported only now."""
    module, _, name = place.partition(":")
    found = getattr(import_module(module), name)
    logs.settle()
    return found
