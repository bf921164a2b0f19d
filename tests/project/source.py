"""The package's own source, and what of the world around it each module names."""

from __future__ import annotations

import ast
import builtins
import sys
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from project.pages import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "tools" / "weibao"

_OPENED_TO_WRITE = set("wax+")


def modules(package: Path = PACKAGE) -> dict[str, str]:
    """The source of every module of a package, by its dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path.read_text(encoding="utf-8")
    return found


@cache
def libraries(source: str) -> frozenset[str]:
    """The modules of the standard library that a module imports, with their dots."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module)
    return frozenset(name for name in found if name.partition(".")[0] in sys.stdlib_module_names)


@cache
def names_used(source: str) -> frozenset[str]:
    """What a module names: ``time.time`` however it was imported, ``.unlink()`` of any value.

    Of ``os.path.join`` also ``os.path`` and ``os``. A method is told by its name, as the type of
    its value is not known here; ``open`` only where it writes, ``.replace`` only with one argument
    (a path's; that of a text has two), and ``.astimezone`` only without one (it asks the machine
    for its zone).
    """
    tree = ast.parse(source)
    imported: dict[str, str] = {}
    bound: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                used.add(alias.name)
                top = alias.name.partition(".")[0]
                imported[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                used.add(f"{node.module}.{alias.name}")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    known = {name: name for name in dir(builtins) if name not in bound} | imported
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            used.add(_dotted(node, known))
        elif isinstance(node, ast.Call):
            used.update(_called(node))
    return frozenset(within for name in used for within in _prefixes(name))


def _prefixes(name: str) -> Iterator[str]:
    return iter([name]) if name.startswith(".") else accumulate(name.split("."), "{}.{}".format)


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    first = known.get(node.id, "") if isinstance(node, ast.Name) else ""
    return ".".join([first, *reversed(parts)])


def _called(node: ast.Call) -> Iterator[str]:
    """The methods that a call names, and a builtin ``open`` that writes."""
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(node.func, ast.Name):
        if node.func.id == "open" and _writes(node.args[1:], node.keywords):
            yield "open()"
    elif isinstance(node.func, ast.Attribute):
        method = node.func.attr
        if method == "open":
            if _writes(node.args[:1], node.keywords):
                yield "open()"
        elif method == "replace":
            if len(given) == 1 and node.args:
                yield ".replace()"
        elif method != "astimezone" or not given:
            yield f".{method}()"


def _writes(modes: list[ast.expr], keywords: list[ast.keyword]) -> bool:
    modes = [*modes[:1], *(keyword.value for keyword in keywords if keyword.arg == "mode")]
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and not _OPENED_TO_WRITE.isdisjoint(mode.value)
        for mode in modes
    )
