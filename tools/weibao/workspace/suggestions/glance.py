"""What can be seen of a clone at a glance: the names of its files, and a few lines of one of them.

For what must answer while somebody types. Nothing is judged here: a glance may be wrong about a
damaged file, and whoever records a step reads the record whole.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

READ_AT_ONCE = 200
"""How many tickets are looked into, the latest first, to tell the open ones from the others."""

_TITLE = re.compile(rb"^title: *(.+?) *$", re.MULTILINE)
_TURN = re.compile(rb"^ *- \{ *at: *[^,]*, *event: *(closed|cancelled|reopened)\b", re.MULTILINE)
_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A ticket as it looks from its lines: its title, and whether it has surely ended."""

    id: str
    title: str
    ended: bool


def clone_around(folder: str) -> str | None:
    """The nearest folder, from ``folder`` up, that has a contract's records; None without one."""
    here = os.path.abspath(folder)  # noqa: PTH100 - pathlib costs more than all that is done here
    while not os.path.isfile(os.path.join(here, "records", "contract.yaml")):  # noqa: PTH113, PTH118
        above = os.path.dirname(here)  # noqa: PTH120
        if above == here:
            return None
        here = above
    return here


def glimpse(root: str, path: str) -> Glimpse | None:
    """The ticket at ``path`` as its lines look; None where it cannot be read."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123 - see clone_around
            raw = stream.read()
    except OSError:
        return None
    title = _TITLE.search(raw)
    told = title[1].decode(errors="replace").strip(_QUOTES) if title else ""
    turns = _TURN.findall(raw)
    record = path.rpartition("/")[2].removesuffix(".yaml")
    return Glimpse(record, told, bool(turns) and b"reopened" not in turns)


def names_in(root: str, name: str, key: str, language: str) -> dict[str, str]:
    """The ids under ``key`` in ``records/<name>.yaml``, each with its name; {} where none is seen.

    Read by its lines where it is written as such files mostly are, since loading a YAML parser
    takes longer than all the rest; by the parser where it is not.
    """
    try:
        with open(f"{root}/records/{name}.yaml", encoding="utf-8") as stream:  # noqa: PTH123
            text = stream.read().partition("\nlog:")[0]
    except (OSError, UnicodeDecodeError):
        return {}
    section = re.search(
        rf"^{key}:[ \t]*(?:#.*)?\n((?:[ \t]+.*\n|[ \t]*\n|#.*\n)+)", text + "\n", re.MULTILINE
    )
    indent = re.match(r"(?:[ \t]*(?:#.*)?\n)*([ \t]+)[^ \t#\n]", section[1]) if section else None
    if section and indent:
        entries = re.split(rf"^{indent[1]}([a-z0-9][a-z0-9._-]*):", section[1], flags=re.MULTILINE)
        return {
            name: _name(body, language)
            for name, body in zip(entries[1::2], entries[2::2], strict=True)
        }
    return _parsed_names(text, key, language)


def _name(body: str, language: str) -> str:
    """What follows ``name:``, in the language where there are several."""
    _, found, rest = body.partition("name:")
    if not found:
        return ""
    rest = rest.lstrip()
    several = re.match(r"(?:\{[^}]*?|(?:\w+:.*\n\s+)*?)\b" + (language or "zh") + r": *", rest)
    value = rest[several.end() :] if several else rest.lstrip("{")
    plain = re.match(r"\"([^\"\n]*)\"|'([^'\n]*)'|([^,}\n]*)", value)
    told = next((group for group in plain.groups() if group), "") if plain else ""
    return told.partition(" #")[0].strip()


def _parsed_names(text: str, key: str, language: str) -> dict[str, str]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(text, loader)  # noqa: S506 - a safe loader
        named = found[key].items()
    except (yaml.YAMLError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}
    names = {str(key): value.get("name", "") for key, value in named if isinstance(value, dict)}
    return {
        identifier: str(name.get(language) or next(iter(name.values()), ""))
        if isinstance(name, dict)
        else str(name)
        for identifier, name in names.items()
    }
