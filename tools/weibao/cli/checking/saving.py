"""``weibao check --watch``: what was saved is judged at once, by a process that is already there.

An editor's background task reads this: a round begins with one sign and ends with another, and all
that is known to be wrong stands between them, since an editor forgets a round when the next begins.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from weibao.cli.checking.judging import Saved, judged
from weibao.cli.framework.printing import print_findings
from weibao.history.snapshot import top_of
from weibao.language import N_
from weibao.model.paths import ROOT, kind_of, may_be_filed
from weibao.refusal import Refusal
from weibao.render.words.plain import plain
from weibao.workspace.saves import saves

if TYPE_CHECKING:
    from weibao.cli.checking.judging import JudgedFiles, Named
    from weibao.cli.framework.session import Session
    from weibao.model.finding import Finding

BEGINS, ENDS = "▷", "◇"
"""How the first and the last line of a round begin, in every language."""


def judge_saves(session: Session, named: Named, base: str) -> None:
    """Tell what is wrong with everything that is ``named``, and again whenever some of it is saved.

    A ticket or an inspection is judged as ``weibao check FILE`` judges it; where others refer to
    what was saved, everything is judged after it. Ends when it is interrupted.

    Raises:
        Refusal: the repository cannot be read or trusted. Once it could, a refusal is told and the
            next save waited for.
    """
    with saves(top_of(session.git)) as saved:
        known = judged(session, named, base)
        everything = session.language.text(N_("everything"))
        _tell(session, everything, known)
        for names in saved:
            ours = frozenset(filter(named.holds, names))
            if ours:
                what = session.language.listing(sorted(ours))
                known = _judged_again(session, Saved(ours), base, known, what)
            if any(map(_is_referred_to, names)):
                known = _judged_again(session, named, base, known, everything)


def _is_referred_to(name: str) -> bool:
    """Whether other files are judged by this one: by all but tickets, inspections and strays."""
    is_stray = name.startswith(ROOT) and not may_be_filed(name)
    return not is_stray and kind_of(name) not in {"ticket", "inspection"}


def _judged_again(
    session: Session, asked: JudgedFiles, base: str, known: tuple[Finding, ...], what: str
) -> tuple[Finding, ...]:
    """Judge what is asked for as it is now; tell, and return, all that is known then."""
    session = replace(session)  # which reads the clock, and finds the repository, anew
    try:
        found = judged(session, asked, base)
    except Refusal as refusal:
        from weibao.cli.framework.refusing import show_refusal

        show_refusal(session, refusal)
        return known
    if isinstance(asked, Saved):
        others = (finding for finding in known if finding.place.path not in asked.names)
        found = tuple(sorted((*found, *others), key=lambda finding: finding.order))
    _tell(session, what, found)
    return found


def _tell(session: Session, what: str, found: tuple[Finding, ...]) -> None:
    """A round: what was judged and when, all that is known, and what is waited for."""
    words = session.language
    if not session.colourless:
        click.clear()
    here = datetime.now().astimezone().tzinfo or UTC
    click.echo(f"{BEGINS} {words.moment(session.now, here, pattern='HH:mm:ss')}  {plain(what)}")
    print_findings(session, found, "text")
    waiting = words.text(N_("Waiting for the next save. Ctrl-C ends."))
    click.echo(f"{ENDS} {waiting}")
    sys.stdout.flush()
