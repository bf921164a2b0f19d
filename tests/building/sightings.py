"""The forge's log of what it saw first, put into a repository as a run of the forge would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.first_sight.log import SeenLog, Sighting, seen_files
from weibao.history.git.refs import SEEN_REF
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from building.repository import Repository

BEGAN = "2026-11-20T08:00:00+08:00"


def keep_log(repository: Repository, seen: Mapping[str, str], by: str = "run@forge.example") -> str:
    """A commit of the log, on the last one, that says when each commit was first seen."""
    sightings = {
        commit: Sighting(parse_instant(at), "refs/heads/main", "") for commit, at in seen.items()
    }
    return keep_files(repository, seen_files(SeenLog(parse_instant(BEGAN), {}, sightings)), by)


def keep_files(
    repository: Repository,
    files: Mapping[str, bytes],
    by: str = "run@forge.example",
    parents: Iterable[str] = (),
) -> str:
    """A commit on the log's ref, on the last one, with these files; the first is on ``parents``."""
    rows = "".join(
        f"100644 blob {repository.git('hash-object', '-w', '--stdin', given=raw)}\t{name}\n"
        for name, raw in sorted(files.items())
    )
    tree = repository.git("mktree", given=rows.encode())
    last = repository.git("rev-parse", "-q", "--verify", SEEN_REF, check=False)
    who = {
        "GIT_AUTHOR_NAME": "run",
        "GIT_AUTHOR_EMAIL": by,
        "GIT_COMMITTER_NAME": "run",
        "GIT_COMMITTER_EMAIL": by,
    }
    behind = [word for one in ([last] if last else parents) for word in ("-p", one)]
    made = repository.git("commit-tree", *behind, "-m", "首见", tree, environment=who)
    repository.git("update-ref", SEEN_REF, made)
    return made
