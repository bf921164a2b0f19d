"""Rules on a contract changed when it was already worked by (E111–E113, E121, E122)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

_COMMIT = ("commit", "author", "time", "show")
_CHANGE = (*_COMMIT, "setting", "old", "new")

ROWS = (
    Rule(
        code="E111",
        severity=Severity.WARNING,
        title=N_("Calendar changed too late"),
        message=N_(
            "Calendar “{calendar}” was changed by {author} at {time} for days that had already begun: {days}."
        ),
        help=N_(
            "Enter holidays and make-up days before they come, with the notice that they rest on. If the change was not agreed, bring the old hours back. To see it: {show}"
        ),
        why=N_(
            "Working time is what is left when the calendar has taken off the rest, so a holiday entered afterwards gives time that nobody had. Like terms (E106), days must stand in the contract before they begin; a sudden holiday that both sides know of stays as a warning that says so."
        ),
        bad=(
            "  overrides:\n"
            "    - {days: [2026-11-20], hours: [], why: 临时放假}\n"
            "# commit 3ad51f0  2026-11-23T09:00:00+08:00\n"
        ),
        good=(
            "  overrides:\n"
            "    - {days: [2026-11-20], hours: [], why: 临时放假}\n"
            "# commit 3ad51f0  2026-11-18T09:00:00+08:00\n"
        ),
        facts=(*_COMMIT, "calendar", "days"),
    ),
    Rule(
        code="E112",
        severity=Severity.WARNING,
        title=N_("Rules of evidence loosened"),
        message=N_(
            "“{setting}” was loosened while the contract was running, by {author} at {time}: from {old} to {new}."
        ),
        help=N_(
            "If both sides agreed, say where in the commit's message. Otherwise bring the old value back: everything recorded so far is judged by it. To see the change: {show}"
        ),
        why=N_(
            "How late a step may be recorded and still be believed, and who is told when a promise is near its end, are agreed before the work begins. The policy holds for the whole history, so a looser one makes old claims good that did not count when they were made."
        ),
        bad="-  tolerance: 15m\n+  tolerance: 4h\n",
        good="   tolerance: 15m\n",
        facts=_CHANGE,
    ),
    Rule(
        code="E113",
        severity=Severity.ERROR,
        title=N_("Beginning of the evidence moved on"),
        message=N_(
            "`evidence.since` was moved from {old} to {new} by {author} at {time}, when it had already passed."
        ),
        help=N_(
            "Bring the old time back: what was recorded since then is judged at its evidence. To see the change: {show}"
        ),
        why=N_(
            "What is claimed before that time counts as brought along from an old register and is judged at its claim. Moved over work that was done under the contract, it would make every late claim in it good. It may be put off only while it has not come."
        ),
        bad="-  since: 2026-01-01T00:00:00+08:00\n+  since: 2026-11-01T00:00:00+08:00\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        good="   since: 2026-01-01T00:00:00+08:00\n",
        facts=_CHANGE,
    ),
    Rule(
        code="E121",
        severity=Severity.NOTE,
        title=N_("Rules of evidence changed"),
        message=N_(
            "“{setting}” was changed while the contract was running, by {author} at {time}: from {old} to {new}. Nothing became looser."
        ),
        help=N_(
            "There is nothing to mend; say in the commit's message where both sides agreed. To see the change: {show}"
        ),
        why=N_(
            "The policy holds for the whole history. A stricter one cannot favour the provider, but it changes what old entries are worth, and so it is shown."
        ),
        bad="-  tolerance: 15m\n+  tolerance: 10m\n",
        good="   tolerance: 15m\n",
        facts=_CHANGE,
    ),
    Rule(
        code="E122",
        severity=Severity.WARNING,
        title=N_("Another official branch"),
        message=N_(
            "The official branch was changed from “{old}” to “{new}” by {author} at {time}."
        ),
        help=N_(
            "If both sides agreed, say where in the commit's message, and protect the new branch as the old one was. Otherwise bring the old name back. To see the change: {show}"
        ),
        why=N_(
            "When an entry landed is told by this branch, and audits and checkpoints go along it. Whoever names another may put one in its place that the other side has never seen."
        ),
        bad="-  main: main\n+  main: release\n",
        good="   main: main\n",
        facts=(*_COMMIT, "old", "new"),
    ),
)
