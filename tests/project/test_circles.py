"""No module is imported by what it imports, be it at the top or within a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import grimp
import pytest

if TYPE_CHECKING:
    from pathlib import Path


def circles(package: str) -> list[list[str]]:
    """The modules that import one another in a circle; what only a type checker reads counts not."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    reached = {module: graph.find_upstream_modules(module) for module in graph.modules}
    joined = {
        tuple(sorted({module, *(far for far in reached[module] if module in reached[far])}))
        for module in graph.modules
    }
    return sorted(list(circle) for circle in joined if len(circle) > 1)


def test_the_package_has_no_circle() -> None:
    assert circles("weibao") == []


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("from planted import first", [["planted.first", "planted.second"]]),
        ("def late():\n    from planted.first import x", [["planted.first", "planted.second"]]),
        ("import typing\nif typing.TYPE_CHECKING:\n    from planted.first import x", []),
    ],
)
def test_a_circle_is_seen_wherever_it_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: str, expected: list[list[str]]
) -> None:
    folder = tmp_path / "planted"
    folder.mkdir()
    for name, text in (
        ("__init__", ""),
        ("first", "from planted import second\nx = 1"),
        ("second", back),
    ):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert circles("planted") == expected
