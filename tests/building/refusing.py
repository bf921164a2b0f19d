"""What a refused command may not change: the clone, its index, its branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from building.commands import Ran, Weibao


def refused(weibao: Weibao, *arguments: str) -> Ran:
    """The command, having changed nothing."""
    before = _state(weibao)
    ran = weibao(*arguments)
    assert ran.code != 0
    assert ran.err.startswith("Refused: ")
    assert _state(weibao) == before
    return ran


def _state(weibao: Weibao) -> tuple[object, ...]:
    repository = weibao.repository
    return (
        repository.git("status", "--porcelain", "--untracked-files=all"),
        repository.git("ls-files", "--stage"),
        repository.git("for-each-ref"),
        {path: path.read_bytes() for path in repository.path.glob("records/**/*.*")},
    )
