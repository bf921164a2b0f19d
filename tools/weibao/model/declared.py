"""What the modules of a folder declare: a thing is registered by its file being there."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

Kind = TypeVar("Kind")


def declared(folder: str, kind: type[Kind]) -> tuple[Kind, ...]:
    """Every value of a kind that a module of the package ``folder`` holds, by the modules' names."""
    names = sorted(module.name for module in iter_modules(import_module(folder).__path__))
    return tuple(
        value
        for name in names
        for value in vars(import_module(f"{folder}.{name}")).values()
        if isinstance(value, kind)
    )
