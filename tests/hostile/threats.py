"""The threat table: what was tried, what comes of it, and what tells of it.

Each row is the expectation of at least one test, which hands what it found to :func:`caught`. SECURITY.md
shows the rows as they are here, with the tests that hold them; so the page says what the tests say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.report.audit.limits import NEVER_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable


class Ending(StrEnum):
    """What comes of an attempt."""

    MISSED = "the promise stays missed"
    LOST = "what the service lost stays lost"
    TOLD = "both tickets stand, and the later is told beside the earlier"
    STRICTEST = "of each rule the stricter counts"
    AT_WORST = "believed, counted apart as resting on the recorder's own clock, missed at worst"
    AGREED = "believed, since it was agreed: look at the contract's `evidence` first"
    UNSOUND = "not sound, exit 1"
    REFUSED = "refused"
    FAILS = "the check fails"
    OWED = "the explanation stays owed"
    NOT_RUN = "nothing of it is run"
    STAYS = "the finding stays; the audit lists the edit, who wrote it and whether anybody else landed it"


@dataclass(frozen=True)
class Threat:
    """An attempt: what is done, what comes of it, and the codes of which some tell of it."""

    how: str
    ending: Ending
    codes: frozenset[str] = frozenset()


def told(codes: str = "") -> frozenset[str]:
    return frozenset(codes.split())


BY_THE_PROVIDER = {
    "second spelling": Threat(
        '`"log":`, `log :` or a comment after `log:`, so that one reader sees a log and another none',
        Ending.MISSED,
        told("R312 L103"),
    ),
    "pocket branch": Threat(
        "a branch from before the merge that landed a ticket, its header, an entry or the whole ticket changed there, then merged",
        Ending.MISSED,
        told("L101 L103 L104 E102"),
    ),
    "foxtrot": Threat(
        "a merge, or an octopus, that takes an old commit for its first parent and leaves the ticket out",
        Ending.MISSED,
        told("L104"),
    ),
    "hearsay countersign": Threat(
        "the desk writes the customer's countersignature, in its own name or in theirs",
        Ending.MISSED,
    ),
    "own customer": Threat(
        "an address or a key of the provider's own is given to the customer's contact, or a contact is invented",
        Ending.MISSED,
        told("E140 E142"),
    ),
    "terms put back": Threat(
        "looser terms that had landed for five minutes are put back after the breach",
        Ending.MISSED,
        told("E106"),
    ),
    "distrust the witness": Threat(
        "`evidence.distrusted` names the commit of an honest colleague", Ending.MISSED, told("E112")
    ),
    "first sight forgotten": Threat(
        "the forge's log of first sight is deleted, begun anew, or another one is named",
        Ending.UNSOUND,
        told("L123 E133"),
    ),
    "two free hours": Threat(
        "a step committed with the claimed time and pushed within `landing_within`, with a made-up colleague's commit after it",
        Ending.AT_WORST,
    ),
    "lucky branch": Threat(
        "an arrival withdrawn within the branch that is merged, and another put in its place",
        Ending.MISSED,
        told("L101"),
    ),
    "refiled": Threat(
        "a ticket is cancelled for a later one, filed again as another kind, or deleted and filed again",
        Ending.FAILS,
        told("X220"),
    ),
    "repair undone": Threat(
        "resolved from a distance before the arrival was due, and broken again the same evening",
        Ending.MISSED,
    ),
    "repair not reopened": Threat(
        "what was repaired from a distance breaks again within the recheck, and is filed as a new ticket",
        Ending.TOLD,
        told("E116"),
    ),
    "only said": Threat(
        "a pause, a lower severity or a cancellation that the provider alone wrote takes the promise back",
        Ending.UNSOUND,
        told("E141"),
    ),
    "added to the old register": Threat(
        "a ticket of before `evidence.since`, with its steps in time, is filed long after the old register was brought along",
        Ending.MISSED,
    ),
    "named once it was gone": Threat(
        "a step names equipment, a part, a depot, a round or a service that was retired before it landed",
        Ending.UNSOUND,
        told("X103 X104 X105 X108"),
    ),
    "old letter": Threat(
        "a document that lay there for something else is named as what shows a consent, or an approval of looser terms",
        Ending.UNSOUND,
        told("E141 E142"),
    ),
    "cover cut": Threat(
        "the days of a breach are taken out of a calendar's `covers`", Ending.MISSED, told("E111")
    ),
    "credits lowered": Threat(
        "what a breach takes off the fee is lowered in the contract once the breach is owed",
        Ending.MISSED,
    ),
    "rules of evidence loosened": Threat(
        "a tolerance of 720 h, a clock skew of a day or a later `since` once a promise was missed",
        Ending.MISSED,
        told("E112"),
    ),
    "a clock of one's own": Threat(
        "the contract's zone is `localtime` or another name that each machine has its own of",
        Ending.REFUSED,
        told("R205"),
    ),
    "begun twice": Threat(
        "a first record on a branch from before the first one, under a contract that asks for less, merged as a foxtrot",
        Ending.STRICTEST,
        told("E112"),
    ),
    "loose from the start": Threat(
        "a tolerance of 720 h in the first contract, so that everything is in time",
        Ending.AGREED,
        told("E124"),
    ),
    "another branch": Threat(
        "what is shown is not on `evidence.main`, or an end of it that the forge saw is gone",
        Ending.UNSOUND,
        told("L121 L122"),
    ),
    "breached and cancelled": Threat(
        "a ticket whose promise was missed is cancelled", Ending.OWED, told("S102")
    ),
    "corrected until kept": Threat(
        "`amended` moves a report or a severity until the promise is kept",
        Ending.MISSED,
        told("E123"),
    ),
    "groups as they suit": Threat(
        "redundancy groups, weights or a table of impact are entered once a service was down",
        Ending.LOST,
    ),
    "impact talked down": Threat(
        "the desk writes that the customer agreed to a lower impact, or corrects it",
        Ending.LOST,
        told("E123 E126"),
    ),
    "pause put on the carrier": Threat(
        "the desk corrects the reason of a pause to one that the contract holds nobody to",
        Ending.LOST,
        told("E123"),
    ),
    "window approved in words": Threat(
        "an outage is filed as planned work, with `approved_by` typed by the desk", Ending.LOST
    ),
    "rota as it suits": Threat(
        "a swap or a certificate entered afterwards, a round put off once it was due, a stock minimum taken out in a shortage",
        Ending.STAYS,
        told("O101 O103 O105 O203 O207 O222"),
    ),
    "papers in hindsight": Threat(
        "a supplier's authorisation is listed or made longer once the part is there",
        Ending.STAYS,
        told("O111"),
    ),
    "mended in silence": Threat(
        "a shortage, a gap in the rota, a late round or a lapsed certificate is mended before anybody looks",
        Ending.FAILS,
        told("O101 O103 O104 O105 O106 O107 O204 O205 O206 O208 O211 O214 O215 O216"),
    ),
    "closed by other rules": Threat(
        "a month's close written by hand, with rules of another number so that nobody works it out again",
        Ending.UNSOUND,
        told("E150 E152"),
    ),
    "withdrawn key": Threat(
        "a signature by a key that had expired or was withdrawn, also from a branch made before",
        Ending.MISSED,
    ),
    "a fault under another name": Threat(
        "a fault filed as planned work: after its window opened, or with an approval that only the provider tells of",
        Ending.LOST,
        told("O235 O239"),
    ),
    "a window to where the work was": Threat(
        "the window of planned work that was missed or overrun is corrected afterwards",
        Ending.STAYS,
        told("O237 O238"),
    ),
}

BY_OTHERS = {
    "the comment's word": Threat(
        "a request that deletes a ticket, where the comment should say that all is well",
        Ending.FAILS,
        told("L104"),
    ),
    "forged comment": Threat(
        "a stranger's artifact, or one of another head, is to be shown under the bot's name",
        Ending.REFUSED,
    ),
    "a stranger's form": Threat(
        "an issue by somebody the records do not know, or whose text another has changed, is to become a step",
        Ending.REFUSED,
    ),
    "more than a form": Threat(
        "YAML, HTML, headings, hidden characters, 40 MB or a shell's commands in the answers of a form",
        Ending.REFUSED,
    ),
    "picture from elsewhere": Threat(
        "an address in a form, or a redirection, that would have the run ask another host or show it the token",
        Ending.REFUSED,
    ),
    "code in a request": Threat(
        "a request that replaces the workflow, the tool or the schemas that judge it",
        Ending.NOT_RUN,
    ),
    "another judge": Threat(
        "a wheel with one byte changed, another hash or an older version is put forward as the next that judges",
        Ending.REFUSED,
    ),
    "name on an index": Threat(
        "a package of this name on an index, or one byte more in the wheel that is vendored",
        Ending.REFUSED,
    ),
    "history cut short": Threat(
        "a shallow, grafted, replaced or partial clone that shows another history",
        Ending.REFUSED,
    ),
    "clone that bites": Threat(
        "filters, hooks, textconv, pagers and aliases that a clone configures to be run by its reader",
        Ending.NOT_RUN,
    ),
    "script in a record": Threat(
        "HTML, templates and control characters in the words of a record, for the site's readers",
        Ending.NOT_RUN,
    ),
}

THREATS = BY_THE_PROVIDER | BY_OTHERS


def caught(threat: str, ending: Ending, codes: Iterable[str] = ()) -> None:
    """Assert that the row says what a test has found: how it ended, and by which codes it is told."""
    row = THREATS[threat]
    found = set(codes)
    assert ending is row.ending
    assert found <= row.codes, "a code that the row does not name"
    assert bool(found) is bool(row.codes), "told by nothing that the row names"


BELIEVED = (
    *NEVER_SHOWN.values(),
    "Forged documents: a letter is kept with its digest, and nobody here can tell who wrote it.",
    "Keys that the provider invented in the first contract: compare their fingerprints, which `audit` prints, with the customer's own.",
    "What was agreed on paper before the first commit that somebody outside witnessed.",
    "Two views of one record that are shown to two readers, where neither asks the other for the commit.",
    "Between two witnesses the provider's clocks decide: a step that is dated back by less than `landing_within` is believed, with grade O, and missed at worst.",
    "Without a log of first sight an honest merge that puts the old end second makes colleagues look late.",
    "A log of first sight that is written with the provider's own token: mirror it, or fetch it without force each day.",
    "An arrival on a branch that was never merged: it is in no history that is judged.",
    "Who sat at the keyboard: an author line is what the committer typed, a good signature shows that the key was there.",
)
"""What no rule can close."""
