"""``undo``: the last step that was recorded here is taken back, as long as nobody else has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.cli.framework.nouns import record_named
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument
from weibao.language import N_

if TYPE_CHECKING:
    import click

    from weibao.cli.framework.nouns import Noun


def add_undo(group: click.Group, noun: Noun) -> None:
    """Add the command to the group of a kind of record; which record may be named where there are several."""

    @pass_session
    def undo(session: Session, /, suffix: str | None = None) -> None:
        from rich.text import Text

        from weibao.render.words.findings import event_title
        from weibao.workspace.recording.undoing import take_back

        desk, words = session.desk(), session.language
        record = record_named(desk, noun.kind, suffix) if suffix else ""
        last = take_back(desk, session.git, noun.kind, record)
        event = event_title(noun.kind, last.entry.event, words)
        session.console.print(
            Text.assemble(
                (f"✓ {last.record}", "bold green"),
                "  ",
                words.text(N_("Taken back: {event}"), event=event),
            )
        )
        if last.opens:
            session.console.print(Text("  " + words.text(N_("The record is there no more."))))
        said = words.text(N_("To have it again: git cherry-pick {commit}"), commit=last.commit[:12])
        session.console.print(Text(f"  {said}"))

    if noun.metavar:
        undo = argument(
            "suffix", metavar=f"[{noun.metavar}]", required=False, explained=noun.explained
        )(undo)
    help_text = N_(
        "Take back the last step that was recorded here, while nobody else has it: not sent, not on "
        "another branch. What others may have is corrected by a further step."
    )
    group.command("undo", cls=Command, help=help_text)(undo)
