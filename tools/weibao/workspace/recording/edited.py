"""Configuration that is edited and not committed: what is judged by it is not what is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.load import read_record
from weibao.model.paths import ROOT
from weibao.refusal import Exit, Refusal
from weibao.rules.judging import judging
from weibao.workspace.recording.commit import standing_of
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from weibao.workspace.recording.clone import Desk


_LOGS = frozenset({"actions", "agreements", "reviews"})
"""Kinds that are nothing but their log: no other record is judged by them as it is recorded."""


def judging_paths(kind: str) -> tuple[str, ...]:
    """The files by which a record of this kind is judged, itself not among them."""
    return tuple(f"{ROOT}{name}.yaml" for name in sorted(judging(kind) - {kind, *_LOGS}))


def edits_judging(desk: Desk, kind: str, changed: Collection[str] | None = None) -> tuple[str, ...]:
    """The edited files by which a record of this kind is judged, to be committed along with it.

    ``changed`` are files that git has just said are not as HEAD has them, those among them.

    Raises:
        Refusal: as ``taken_along`` does.
    """
    paths, own = judging_paths(kind), f"{ROOT}{kind}.yaml"
    if kind == "spares" and _settings_edited(desk, own):
        paths = (*paths, own)
    return tuple(path for path in taken_along(desk, paths, changed) if path != own)


def _settings_edited(desk: Desk, path: str) -> bool:
    """Whether a file that holds settings and a log is edited in more than its log."""
    committed = run_git(desk.root, "show", f"HEAD:{path}")
    if committed.returncode:
        return False
    before = read_record(path, committed.stdout.encode()).document
    now = read_record(path, (desk.root / path).read_bytes()).document
    if before is None or now is None:
        return before is not now
    return {**before.data, "log": None} != {**now.data, "log": None}


def taken_along(
    desk: Desk, paths: Sequence[str], changed: Collection[str] | None = None
) -> tuple[str, ...]:
    """Which of the files are edited and not committed, all of them to be committed along.

    ``changed`` are those that git has just named, among them; git is asked where it was not.

    Raises:
        Refusal: there are some, and nobody said that they are to go along.
    """
    if changed is None:
        changed = standing_of(desk.root, paths).changed
    edited = tuple(path for path in changed if path.startswith(tuple(paths)))
    if edited and not desk.with_edits:
        raise Refusal(
            N_(
                "{paths} is edited here and not committed: what is recorded would be judged by what its commit has not."
            ),
            mend=N_(
                "Nothing was written. Commit the edit (git commit -m TEXT {paths}), take it back (git restore "
                "{paths}), or let it go along: --with-edits"
            ),
            exit_code=Exit.USAGE,
            paths=" ".join(edited),
        )
    return edited
