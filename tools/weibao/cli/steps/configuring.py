"""What every command does around a change of the configuration: show it, ask, commit it, send it."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from rich.text import Text

from weibao.cli.framework import terminal
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.terminal.book import finding_lines
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain
from weibao.rules.locate import located
from weibao.workspace.recording.configuring import commit_change, drafted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.cli.framework.session import Session
    from weibao.model.yaml.document import Keys
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.configuring import DraftedChange

_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_APPROVED = frozenset({"records/contract.yaml", "records/staff.yaml"})


def change(
    session: Session,
    desk: Desk,
    puts: Mapping[str, Iterable[tuple[Keys, Any]]],
    message: str,
    given: dict[str, Any],
    told: Iterable[str] = (),
) -> None:
    """Put values under keys of files, by path, once whoever asked for it has seen the difference.

    ``told`` is what else is to be known of it. Raises as ``drafted`` and ``commit_change`` do.
    """
    words = session.language
    made = drafted(desk, session.git, puts, message)
    if not made.changed:
        session.console.print(Text(words.text(N_("It says so already: nothing was changed."))))
        return
    approvals = (said for path in made.changed for said in _approval(session, desk, path))
    _show(session, made, (*told, *approvals))
    if not given["yes"]:
        _ask(session)
    commit = commit_change(desk, made)
    head = words.text(N_("Changed: {path}"), path=words.listing(made.changed))
    session.console.print(Text(f"✓ {head}", style="bold green"))
    session.console.print(Text("  " + words.text(N_("Commit: {commit}"), commit=commit[:12])))
    _send(session, desk, given)


def _show(session: Session, made: DraftedChange, told: Iterable[str]) -> None:
    for path in made.changed:
        before, after = (raw[path].decode().splitlines() for raw in (made.before, made.after))
        for line in unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm="", n=1):
            style = "bold" if line.startswith(("---", "+++")) else _STYLES.get(line[:1], "")
            session.console.print(Text(plain(line), style=style), soft_wrap=True)
    for line in told:
        session.console.print(Text(f"  ! {line}", style="yellow"), soft_wrap=True)
    for finding in located(made.warnings, made.after):
        session.console.print(finding_lines(tell(finding, session.language), session.language))


def _ask(session: Session) -> None:
    from weibao.cli.prompts.asking import ask_consent

    if not terminal.can_ask():
        raise UsageRefusal(
            N_("Nobody is here to be asked whether this is meant; nothing was written."),
            mend=N_("See the difference above, and give the command with --yes."),
        )
    ask_consent(session.language.text(N_("Record this?")), session.language)


def _approval(session: Session, desk: Desk, path: str) -> tuple[str, ...]:
    """That an edition to which the customer agreed goes on to count, where they agreed to one."""
    agreed = any(entry.data.get("path") == path for entry in desk.records.agreements)
    if path not in _APPROVED or not agreed:
        return ()
    said = N_(
        "The customer agreed to an earlier edition of {path}. Until they agree to this one nobody gains "
        "a right by it: weibao agreement approve {path}"
    )
    return (session.language.text(said, path=path),)


def _send(session: Session, desk: Desk, given: dict[str, Any]) -> None:
    if given["propose"] or (desk.sends_by_itself if given["push"] is None else given["push"]):
        from weibao.cli.steps.sending import send_recorded

        must = bool(given["push"] or given["propose"])
        send_recorded(session, desk, must=must, as_request=given["propose"])
