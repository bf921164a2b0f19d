"""The check of a set of files: families R, X and, against an older set, L.

This is what ``weibao check`` and the pull request's workflow run, on a working tree or on the files
of a commit: an entry written by hand and one written by a command are judged by the same rules.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from weibao.history.growth.grown import NOTHING, Grown
from weibao.history.integrity import UTC, changes_against
from weibao.model.load import load_records
from weibao.model.paths import ROOT, kind_of
from weibao.rules.catalogue import file_checks, record_checks
from weibao.rules.facts import FileFacts, never_stood
from weibao.rules.judging import judging
from weibao.rules.locate import located

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.references import Reference


def check_files(
    files: Mapping[str, bytes],
    modes: Mapping[str, str],
    now: Instant,
    *,
    base: tuple[str, Mapping[str, bytes]] | None = None,
    branch: Grown = NOTHING,
    committed: Collection[Mapping[str, bytes]] | None = None,
    only: Collection[str] | None = None,
    stood: Callable[[Reference], bool] = never_stood,
) -> tuple[Finding, ...]:
    """Everything wrong with the files, in order of place.

    ``base`` is a revision and its files, and ``branch`` the commits that led to it: of all that they had
    nothing may be lost or changed (L); ``committed`` are the sides of which they were joined, if they are
    not those of the base. ``only`` narrows the check to some paths and what they refer to, so that one file is judged quickly: then ``files``
    need not hold more than :func:`is_needed` says, and ``modes`` has the names of the others. ``stood`` is asked
    what an entry names that is not there now.
    """
    chosen = {path: raw for path, raw in files.items() if only is None or is_needed(path, only)}
    records, findings = load_records(chosen, modes)
    found = list(findings)
    if records is not None:
        if committed is None:
            committed = (base[1],) if base else ()
        found += record_findings(records, files, modes, only, now, committed, stood)
    if base is not None:
        revision, before = base
        zone = records.contract.zone if records else UTC
        found += changes_against(before, files, revision, branch, zone)
    told = (finding for finding in found if only is None or finding.place.path in only)
    return located(told, files, records.documents if records else None)


def is_needed(path: str, only: Collection[str]) -> bool:
    """Whether a file must be read to judge the paths ``only``: one of them, or what they refer to."""
    name = path.removeprefix(ROOT).removesuffix(".yaml")
    return path in only or (name in referred_to(frozenset(only)) and kind_of(path) == name)


@cache
def referred_to(only: frozenset[str]) -> frozenset[str]:
    """The kinds of configuration that the files ``only`` refer to; all of them for a folder."""
    return frozenset().union(*(judging(kind_of(path) or "") for path in only))


def record_findings(
    records: Records,
    files: Mapping[str, bytes],
    names: Iterable[str] = (),
    only: Collection[str] | None = None,
    now: Instant | None = None,
    committed: Collection[Mapping[str, bytes]] | None = None,
    stood: Callable[[Reference], bool] = never_stood,
) -> Iterator[Finding]:
    """What is wrong with records that can be read: in each by itself (R, X), and among them (R, X).

    ``files``, and the ``names`` of files that were not read, may be of more tickets than ``records``
    holds; a reference to one of them is sound. What is wrong in others than ``only`` may be left out.
    Without ``now`` it is what holds whatever the time is. ``committed`` are the files as they were
    committed, on each side; not given, that is what they are.
    """
    there = dict.fromkeys((*names, *files))
    ids = frozenset(path.rpartition("/")[2].removesuffix(".yaml") for path in there)
    standing = (files,) if committed is None else committed
    facts = FileFacts(records, ids, files, there, only, now, standing, stood)
    for check in (*record_checks(), *file_checks()):
        yield from check(facts)
