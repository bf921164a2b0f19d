"""Sending what was recorded, and saying what came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.words.plain import plain, plain_facts
from weibao.workspace.together.sync import Clone, synchronise

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.language import Language
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.together.exchange import Amount
    from weibao.workspace.together.sync import Synced


def send_recorded(session: Session, desk: Desk, *, must: bool) -> None:
    """Send the step that was just committed.

    Unless it ``must`` arrive, one that cannot be sent now is no failure: it is committed, and told
    to be still here.

    Raises:
        Refusal: it must, and did not.
    """
    try:
        synced = synchronise(Clone(desk.root, desk.git_dir, session.git), session.now)
    except Refusal as refusal:
        if must:
            raise
        words = session.language
        why = words.text(refusal.message, **plain_facts(refusal.facts, words))
        said = words.text(N_("Not sent yet: {why}"), why=why)
        session.errors.print(Text(f"  {said}", style="yellow"), soft_wrap=True)
        return
    for line in told(synced, session.language):
        session.console.print(Text(f"  {line}"), soft_wrap=True)


def told(synced: Synced, words: Language) -> list[str]:
    """What was received, sent and merged, a sentence each."""
    lines = []
    if synced.received:
        lines.append(words.text(N_("Received: {amount}"), amount=_amount(synced.received, words)))
    if synced.sent:
        lines.append(words.text(N_("Sent: {amount}"), amount=_amount(synced.sent, words)))
    if synced.merged:
        lines.append(words.text(N_("Merged, in commit {commit}"), commit=synced.merged[:12]))
    if not lines:
        lines.append(words.text(N_("Nothing to receive and nothing to send.")))
    if synced.wrong:
        errors = words.plural(
            N_("Something is wrong with what was received: {number} finding. See: weibao check"),
            "Something is wrong with what was received: {number} findings. See: weibao check",
            len(synced.wrong),
        )
        lines.append(errors)
    if synced.uncommitted:
        paths = words.listing(plain(path) for path in synced.uncommitted[:8])
        lines.append(words.text(N_("Not committed, and so not sent: {paths}"), paths=paths))
    return lines


def _amount(amount: Amount, words: Language) -> str:
    parts = []
    if amount.steps:
        steps = words.plural(N_("{number} step"), "{number} steps", amount.steps)
        records = words.plural(N_("{number} record"), "{number} records", amount.records)
        parts.append(words.text(N_("{steps} in {records}"), steps=steps, records=records))
    if amount.files:
        parts.append(words.plural(N_("{number} other file"), "{number} other files", amount.files))
    return words.listing(parts)
