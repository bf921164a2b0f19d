"""Sending what was recorded, and saying what came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.words.plain import plain, plain_facts
from weibao.workspace.together.proposing import Proposed, delivered, propose
from weibao.workspace.together.remote import PROPOSAL
from weibao.workspace.together.sync import Clone

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.language import Language
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.together.exchange import Amount
    from weibao.workspace.together.sync import Synced


def send_recorded(session: Session, desk: Desk, *, must: bool, as_request: bool = False) -> None:
    """Send the step that was just committed; ``as_request``: as a branch of its own.

    Unless it ``must`` arrive, one that cannot be sent now is no failure: it is committed, and told
    to be still here.

    Raises:
        Refusal: it must, and did not.
    """
    try:
        clone = Clone(desk.root, desk.git_dir, session.git)
        send = propose if as_request else delivered
        delivery = send(clone, session.now)
    except Refusal as refusal:
        if must:
            raise
        words = session.language
        why = words.text(refusal.message, **plain_facts(refusal.facts, words))
        said = words.text(N_("Not sent yet: {why}"), why=why)
        session.errors.print(Text(f"  {said}", style="yellow"), soft_wrap=True)
        return
    for line in delivery_told(delivery, session.language):
        session.console.print(Text(f"  {line}"), soft_wrap=True)


def delivery_told(delivery: Synced | Proposed, words: Language) -> list[str]:
    """What became of what was sent, a sentence each."""
    return _proposed(delivery, words) if isinstance(delivery, Proposed) else told(delivery, words)


def _proposed(proposed: Proposed, words: Language) -> list[str]:
    facts = {
        "remote": proposed.remote,
        "branch": proposed.branch,
        "target": proposed.target,
        "link": plain(proposed.link),
    }
    lines = [
        words.text(N_("Sent: {amount}"), amount=_amount(proposed.sent, words)),
        words.text(
            N_("Open the request that asks for {branch} to be merged into {target}: {link}"),
            **facts,
        )
        if proposed.link
        else words.text(
            N_(
                "It is on {remote} as the branch {branch}. Open a request there that asks for it to be "
                "merged into {target}."
            ),
            **facts,
        ),
    ]
    if not proposed.set_back:
        said = N_(
            "{target} has it here too, since a file of it is being changed. When it is not any more: "
            "git reset --keep {remote}/{target}"
        )
    elif proposed.stands_on.startswith(PROPOSAL):
        said = N_(
            "You are on {branch} now, where these steps stay in sight. weibao sync adds the next ones to the "
            "request, and goes back to {target} once it is merged."
        )
    else:
        said = N_(
            "{target} here is what has landed; the change comes with weibao sync once it is merged."
        )
    return [*lines, words.text(said, **facts)]


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
    if synced.branch.startswith(PROPOSAL):
        said = N_("This is the branch {branch} of a request: it lands once that is merged.")
        lines.append(words.text(said, branch=synced.branch))
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
