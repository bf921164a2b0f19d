"""What nobody outside the provider vouches for in time, and whose log is asked (E132–E134)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE, changed, contract_editions
from weibao.history.unwitnessed import grown_on_both_sides
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E132",
        severity=Severity.WARNING,
        title=N_("Grown on both sides, unwitnessed"),
        message=N_(
            "Merge {commit} by {author} joined two lines of history that had both added to this record, and for longer than {allowed} nobody outside vouched for either."
        ),
        help=N_(
            "Push as you record (`weibao sync`), so that the forge sees each step at once. To see what the merge joined: {show}"
        ),
        why=N_(
            "Two accounts of one piece of work that grow apart unseen can be fitted to each other before anybody reads them. An honest week offline looks the same, and is told the same."
        ),
        bad="$ git log --graph --format='%h %cI'\n*   9c01d7e 2026-11-27T09:00:00+08:00\n|\\\n| * 7be0c44 2026-11-20T10:31:00+08:00\n* | 4f2a91c 2026-11-20T10:33:00+08:00\n|/\n",
        good="$ git log --graph --format='%h %cI'\n*   9c01d7e 2026-11-20T10:40:00+08:00\n|\\\n| * 7be0c44 2026-11-20T10:31:00+08:00\n* | 4f2a91c 2026-11-20T10:33:00+08:00\n|/\n",
        facts=("commit", "author", "allowed", "show"),
    ),
    Rule(
        code="E133",
        severity=Severity.ERROR,
        title=N_("Log of what was seen first renamed"),
        message=N_(
            "The contract named the log of what the forge saw first that begins with commit {old}; {author} changed that at {time}, and it is {new} now."
        ),
        dropped=N_(
            "The contract named the log of what the forge saw first that begins with commit {old}; {author} took that out at {time}."
        ),
        help=N_(
            "Bring back `evidence.seen` as it was first given: the log that is named first is asked all the same. To see the change: {show}"
        ),
        why=N_(
            "Any edition may name the log; once named it stands, or whoever came late could name a younger one. The first commit of a log is what tells it from one that was begun anew."
        ),
        bad="-  seen: {ref: refs/weibao/seen, first: 4f2a91c…}\n+  seen: {ref: refs/weibao/seen, first: 9c01d7e…}\n",
        good="   seen: {ref: refs/weibao/seen, first: 4f2a91c…}\n",
        facts=(*CHANGE, "old", "new"),
    ),
    Rule(
        code="E134",
        severity=Severity.WARNING,
        title=N_("Unwitnessed"),
        message=N_(
            "What was recorded from {start} to {end} (records: {records}) rests on the provider's own clocks: nobody outside it vouches for it within seven days."
        ),
        help=N_(
            "Keep the forge's log of what it saw first (`weibao seen record`, in the workflow seen.yml), or have a checkpoint stamped at least every week (`weibao checkpoint stamp`). What is past stays as it is; from now on it is witnessed."
        ),
        why=N_(
            "Whoever holds the only copies can make a history of any dates, consistent in itself. A witness is an instant, given by somebody outside the provider, by which a commit existed; without one, records are consistent and no more."
        ),
        bad="$ git for-each-ref refs/weibao/seen\n$ ls checkpoints\n",
        good="$ git for-each-ref refs/weibao/seen\n4f2a91c… commit\trefs/weibao/seen\n",
        facts=("start", "end", "records"),
    ),
)


def check_witnesses(facts: BookFacts) -> Iterator[Finding]:
    """The time for which nobody vouches, once for the whole Book (E134)."""
    if (found := facts.unwitnessed) is not None:
        zone = facts.records.contract.zone
        shown = {
            "start": format_instant(found.start, zone),
            "end": format_instant(found.end, zone),
            "records": found.records,
        }
        yield Finding("E134", Place("records"), "", shown)


def check_sides(facts: BookFacts) -> Iterator[Finding]:
    """Records that both sides of a merge on the line added to, unseen for too long (E132)."""
    allowed = facts.records.contract.evidence.landing_within
    records = {path: record for record, path in facts.paths.items()}
    for path, merge in grown_on_both_sides(facts.ledger, allowed, facts.as_of):
        commit = facts.ledger.history.commits[merge]
        shown = {
            "commit": merge,
            "author": commit.author.email,
            "allowed": allowed,
            "show": f"git log --graph {' '.join(commit.parents)} -- {path}",
        }
        yield Finding("E132", Place(path), records.get(path, ""), shown)


def check_named_log(facts: BookFacts) -> Iterator[Finding]:
    """Editions that name another log than the first that named one, or none (E133)."""
    named = before = None
    for edition in contract_editions(facts.ledger.history):
        seen = edition.contract.evidence.seen
        named = named or seen
        if named is not None and seen not in {named, before}:
            texts = {"old": named.first, "new": seen.first if seen else ""}
            yield changed("E133", ("evidence", "seen"), edition, texts)
        before = seen
