"""Integrity: whether anything was ever lost, over the whole history or in what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from weibao.history.descent import check_roots
from weibao.history.growth.grown import NOTHING, Grown, standing_among, with_uncommitted
from weibao.history.growth.losses import Loss, losses
from weibao.history.shell_words import one_line, shell_word
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.model.versions import Law, is_record, keeps_log, law_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.commit import Commit
    from weibao.history.ledger import Ledger
    from weibao.model.contract import EvidencePolicy
    from weibao.model.instant import Instant


UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class IntegrityCheck:
    """One check over the history.

    Attributes:
        name: a word of the kind ``check``.
        examined: how many things it looked at (commits, versions of files, entries …).
        findings: what it found.
    """

    name: str
    examined: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether it found nothing."""
        return not self.findings


def integrity(
    ledger: Ledger, policy: EvidencePolicy, as_of: Instant, zone: ZoneInfo = UTC
) -> tuple[IntegrityCheck, ...]:
    """The checks of a whole history, as of an instant; findings write times in ``zone``."""
    history = ledger.history
    watched = [change for change in history.changes if keeps_log(change.path)]
    versions = sum(change.after is not None for change in watched)
    headers = sum(change.after is not None and is_record(change.path) for change in watched)

    kept = {change.path for change in history.changes if law_of(change.path)}
    told = _Teller(history.commits, ledger.losses, zone)

    def found(*codes: str) -> tuple[Finding, ...]:
        return tuple(told.committed(loss) for loss in ledger.losses if loss.code in codes)

    return (
        # A history that is not whole is refused when it is read, so here it is whole; it may still
        # be two that were joined.
        IntegrityCheck(
            "commits_whole", len(history.commits), tuple(check_roots(history, policy.roots, zone))
        ),
        IntegrityCheck("append_only", versions, found("L101", "L102")),
        IntegrityCheck("headers_unchanged", headers, found("L103")),
        IntegrityCheck("records_kept", len(kept), found("L104", "L105", "L106", "L114", "L115")),
        IntegrityCheck(
            "commit_times", len(history.commits), tuple(_commit_times(ledger, policy, as_of, zone))
        ),
    )


def changes_against(
    committed: Mapping[str, bytes],
    files: Mapping[str, bytes],
    revision: str,
    branch: Grown = NOTHING,
    zone: ZoneInfo = UTC,
) -> tuple[Finding, ...]:
    """What is lost in ``files``: of all that the commits of a ``branch`` had, and was ``committed`` last.

    ``revision`` is what git is told in order to show what is not committed; of that, the place is the line
    as it stands now, and facts about commits are empty.
    """
    grown = with_uncommitted(branch, committed, files)
    lost = losses(grown, standing_among(grown, files))
    told = _Teller(branch.commits, lost, zone)
    return tuple(
        told.committed(loss)
        if loss.commit
        else _finding(loss, {"show": f"git diff {shell_word(revision)} -- {shell_word(loss.path)}"})
        for loss in lost
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells losses with their commits, and the command of git that shows each."""

    commits: Mapping[str, Commit]
    losses: tuple[Loss, ...]
    zone: ZoneInfo

    def committed(self, loss: Loss) -> Finding:
        """The finding of a loss that a commit has made."""
        from weibao.history.growth.proposal import proposed_range

        commit = self.commits[loss.commit]
        paths = [_text(loss.before)] if loss.code == "L105" else []
        named = " ".join(shell_word(path) for path in (*paths, loss.path))
        if between := proposed_range(commit):
            how = f"diff {between}"
        elif loss.after and self._put_back(loss):
            # What stood before the gap is in another commit than what came after.
            *_, tip = self.commits.values()
            how = f"log -p -m {' '.join(tip.parents) if proposed_range(tip) else tip.id}"
        else:
            # Of a merge git shows nothing that one of its sides had, unless it is asked for each.
            how = f"{'show -m' if len(commit.parents) > 1 else 'show'} {commit.id}"
        if law_of(loss.path) is Law.CONTENT:
            how = how.replace("show", "show --raw --no-abbrev", 1)
        return _finding(loss, _facts(commit, self.zone) | {"show": f"git {how} -- {named}"})

    def _put_back(self, loss: Loss) -> bool:
        """Whether the commit took away a file that stands again."""
        whole = ("L106", loss.path, loss.commit, loss.path.encode())
        return any((put.code, put.path, put.commit, put.before) == whole for put in self.losses)


def _finding(loss: Loss, facts: Mapping[str, object]) -> Finding:
    nothing = {"commit": "", "author": "", "time": "", "show": ""}
    texts = {"old": _text(loss.before), "new": _text(loss.after)}
    if loss.code in {"L105", "L114"}:
        texts = {key: one_line(path) for key, path in texts.items()}
    record = loss.path.rsplit("/", 1)[-1].removesuffix(".yaml") if is_record(loss.path) else ""
    place = Place(loss.path, loss.place, 1 if loss.place else 0)
    return Finding(loss.code, place, record, nothing | dict(facts) | texts)


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace").strip()


def _facts(commit: Commit, zone: ZoneInfo) -> dict[str, object]:
    time = format_instant(commit.commit_time, zone)
    return {"commit": commit.id, "author": commit.author.email, "time": time}


def _commit_times(
    ledger: Ledger, policy: EvidencePolicy, as_of: Instant, zone: ZoneInfo
) -> Iterator[Finding]:
    """Clocks set back (E103) and ahead (E107), but for commits the contract already distrusts.

    Of the commits that are ahead only the first is told: those after it follow from it.
    """
    history = ledger.history
    ahead = False
    first_path = history.records_changed()
    for commit in history.commits.values():
        if commit.id in policy.distrusted:
            continue
        before = max((history.time[parent] for parent in commit.parents), default=0)
        set_back = before - commit.commit_time > policy.clock_skew
        first_ahead = not ahead and commit.commit_time - as_of > policy.clock_skew
        if not set_back and not first_ahead:
            continue
        place = Place(first_path.get(commit.id, "records"))
        facts = _facts(commit, zone) | {"show": f"git cat-file commit {commit.id}"}
        if set_back:
            yield Finding("E103", place, "", facts | {"parent_time": format_instant(before, zone)})
        if first_ahead:
            ahead = True
            yield Finding("E107", place, "", facts | {"now": format_instant(as_of, zone)})
