"""A successor's repository: what an older contract leaves, copied as configuration and recorded anew.

Nothing of the older record counts as evidence here. Its configuration is copied without the dates of its term; what
lies in its depots is received again and is to be verified again; what is open is opened again, now, and says
which record of which commit it goes on from. Where that record lies, a note says that each of these names.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weibao.language import N_, language
from weibao.model.contract import UNSETTLED
from weibao.model.finding import Unsound
from weibao.model.ids import make_id, record_path
from weibao.model.instant import format_instant, midnight
from weibao.model.printing import header_text, ticket_text
from weibao.model.splice import spliced, with_block
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import UsageRefusal
from weibao.report.papers.open_items import open_items
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.check import check_files
from weibao.workspace.setup.new_repository import repository_files
from weibao.workspace.setup.workbook.configured import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.checkpoints.checkpoint import Checkpoint
    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.operations.stock import Piece
    from weibao.report.book import Book
    from weibao.workspace.setup.new_repository import Answers

NOTE = "PREDECESSOR.md"
"""Where the older record lies, what was taken over, and what is left to do."""

_COPIED = (
    "single_contact",
    "contacts",
    "sites",
    "services",
    "carriers",
    "credentials",
    "headcount",
    "experience",
    "causes",
    "calendars",
    "escalation",
    "publish",
)
"""What of an older contract is copied; what has a price, a date of effect or a key is agreed anew."""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """An older contract at its end.

    Attributes:
        book: its Book.
        checkpoint: of the commit of the Book.
        bundle: the SHA-256 of the file that holds its records; "" where none was named.
    """

    book: Book
    checkpoint: Checkpoint
    bundle: str


@dataclass(frozen=True, slots=True)
class Succession:
    """The files of the new repository, and how much was taken over: tickets, actions, pieces; and what was not."""

    files: Mapping[str, bytes]
    tickets: int
    actions: int
    pieces: int
    left: tuple[str, ...]


def successor_files(answers: Answers, old: Predecessor, now: Instant) -> Succession:
    """Every file of the successor's repository, but those that workflows install by.

    Raises:
        Refusal: whoever makes it is none of the older contract's people, or something cannot be written so that it reads back.
        Unsound: the records would not pass ``weibao check``.
    """
    return _Successor(answers, old, now).made()


class _Successor:
    """What is written of an older contract, by whom and when."""

    def __init__(self, answers: Answers, old: Predecessor, now: Instant) -> None:
        self.answers, self.old, self.now = answers, old, now
        self.book, self.records = old.book, old.book.records
        self.words: Language = language(answers.language)
        self.at = format_instant(now, self.book.zone)
        self.start = answers.day.isoformat()
        self.by = self._maker()

    def made(self) -> Succession:
        """All of it, and what it comes to."""
        files = repository_files(self.answers)
        texts = {path: raw.decode() for path, raw in files.items() if path.endswith(".yaml")}
        found = open_items(self.book)
        pieces = [piece for piece in self.book.stock.pieces.values() if piece.state == "in_stock"]
        tickets = [ticket for ticket in found.tickets if self._can_open(ticket)]
        left = tuple(self._left([ticket for ticket in found.tickets if ticket not in tickets]))
        note = "\n".join(self._note(left)).encode()
        digest = sha256(note).hexdigest()
        made = {
            "records/contract.yaml": self._contract(texts["records/contract.yaml"]),
            "records/staff.yaml": self._staff(),
            "records/duty.yaml": self._duty(),
            "records/assets.yaml": self._assets(),
            "records/spares.yaml": self._spares(pieces, digest),
            NOTE: note.decode(),
            f"records/attachments/{digest[:2]}/{digest}.txt": note.decode(),
        }
        if found.actions:
            made["records/actions.yaml"] = self._actions(found.actions)
        for ticket in tickets:
            path, text = self._ticket(ticket)
            made[path] = text
        files |= {path: text.encode() for path, text in made.items()}
        judged = check_files(files, {}, self.now)
        wrong = tuple(
            finding for finding in judged if RULES[finding.code].severity is Severity.ERROR
        )
        if wrong:
            raise Unsound(
                N_("What is taken over would make records that are wrong; nothing was written."),
                wrong,
            )
        return Succession(
            dict(sorted(files.items())), len(tickets), len(found.actions), len(pieces), left
        )

    def _maker(self) -> str:
        email = self.answers.email.casefold()
        for person in self.records.staff.people.values():
            if email in map(str.casefold, person.git) and person.roles_on(self.answers.day):
                return person.id
        raise UsageRefusal(
            N_("{email} is none of the people of {contract} today, who take its records over."),
            mend=N_("Name one of them with --by, as records/staff.yaml there has their address."),
            email=self.answers.email,
            contract=self.records.contract.id,
        )

    def _data(self, name: str) -> dict[str, Any]:
        """A file of the older configuration, as it was read."""
        path = f"records/{name}.yaml"
        document, _ = read_yaml(path, self.book.files.get(path, b"{}"))
        return dict(document.data) if document and isinstance(document.data, dict) else {}

    def _source(self, record: str = "") -> str:
        """What a record that goes on from an older one names."""
        return " ".join(
            filter(None, (self.records.contract.id, self.old.checkpoint.commit[:12], record))
        )

    def _contract(self, text: str) -> str:
        path, data = "records/contract.yaml", self._data("contract")
        text = spliced(path, text, ("id",), f"{self.records.contract.id[:58]}-next")
        text = spliced(path, text, ("languages",), data["languages"])
        for key in _COPIED:
            if key in data:
                text = with_block(text, key, data[key])
        last = max(data["sla"], key=lambda terms: str(terms["effective_from"]))
        terms = {"effective_from": self.start, "source": UNSETTLED}
        return with_block(text, "sla", [terms | {"severities": last["severities"]}])

    def _here(self) -> dict[str, Any]:
        """The people who have a role today."""
        day = self.answers.day
        staff = self.records.staff.people
        return {
            key: fields
            for key, fields in self._data("staff")["people"].items()
            if staff[key].roles_on(day)
        }

    def _staff(self) -> str:
        return header_text("staff", {"people": self._here()}, ())

    def _duty(self) -> str:
        here = self._here()
        zone = self.book.zone
        since = format_instant(midnight(self.answers.day, zone), zone)
        rotas = {
            key: {
                **rota,
                "start": since,
                "order": [who for who in rota["order"] if who in here] or [self.by],
            }
            for key, rota in self._data("duty")["rotas"].items()
        }
        return header_text("duty", {"rotas": rotas}, ())

    def _assets(self) -> str:
        end = self.records.contract.end
        term = {"from": self.start, "to": self._end()}
        assets = {
            key: fields | ({"covered": term} if self.records.assets[key].covered_to >= end else {})
            for key, fields in self._data("assets")["assets"].items()
        }
        return header_text("assets", {"assets": assets}, ())

    def _end(self) -> str:
        from dateutil.relativedelta import relativedelta

        return (self.answers.day + relativedelta(years=1, days=-1)).isoformat()

    def _spares(self, pieces: list[Piece], digest: str) -> str:
        data = self._data("spares")
        header = {key: value for key, value in data.items() if key != "log"}
        return header_text("spares", header, self._timed(list(self._received(pieces, digest))))

    def _timed(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Entries of one log, a second after each other, the last of them now: no two have one time."""
        first = self.now - len(entries) + 1
        return [
            {"at": format_instant(at, self.book.zone), **entry}
            for at, entry in enumerate(entries, first)
        ]

    def _received(self, pieces: list[Piece], digest: str) -> Iterator[dict[str, Any]]:
        """The pieces that lie there, those of one part, depot, condition, supplier and warranty in one entry."""

        def alike(piece: Piece) -> tuple[str, ...]:
            supplier = piece.provenance.get("supplier") or self._source()
            until = piece.warranty_to.isoformat() if piece.warranty_to else ""
            return piece.part, piece.depot, piece.condition, supplier, until

        for (part, depot, condition, supplier, until), same in groupby(
            sorted(pieces, key=alike), key=alike
        ):
            serials = [piece.serial for piece in same]
            for place in range(0, len(serials), AT_ONCE):
                yield {
                    "event": "received",
                    "by": self.by,
                    "part": part,
                    "serials": serials[place : place + AT_ONCE],
                    "depot": depot,
                    "supplier": supplier,
                    "source_document": self._source(),
                    "document_sha256": digest,
                    "condition": condition,
                    **({"warranty_to": until} if until else {}),
                }

    def _actions(self, actions: tuple[Action, ...]) -> str:
        log: list[dict[str, Any]] = [
            {
                "event": "raised",
                "by": self.by,
                "action": action.id,
                "about": {"audit": self._source(action.id)},
                "text": action.text,
                "owner": action.owner if action.owner in self._here() else self.by,
                "due": max(action.due, self.answers.day).isoformat(),
            }
            for action in actions
        ]
        return header_text("actions", {}, self._timed(log))

    def _can_open(self, ticket: Ticket) -> bool:
        """Whether it can be opened anew: planned work is announced and approved anew, and whoever reported it must be known."""
        return not ticket.planned and ticket.reported_by in self.records.contract.contacts

    def _ticket(self, ticket: Ticket) -> tuple[str, str]:
        """The path and the text of a ticket that goes on from an older one, whose clocks begin here and now."""
        number = int(sha256(f"{self.old.checkpoint.commit} {ticket.id}".encode()).hexdigest(), 16)
        name = make_id("T", self.answers.day, number % 32**6)
        told = self.words.text(
            N_(
                "Goes on from {ticket} of {contract}, commit {commit}, which was reported at {reported}. What was done there is no evidence here."
            ),
            ticket=ticket.id,
            contract=self.records.contract.id,
            commit=self.old.checkpoint.commit,
            reported=format_instant(ticket.reported_at, self.book.zone),
        )
        header = {
            "id": name,
            "kind": ticket.kind,
            "title": ticket.title,
            "severity": self.book.states[ticket.id].severity,
            "reported_at": self.at,
            "reported_by": ticket.reported_by,
            "intake": {"channel": "pm", "received_by": self.by},
            "assets": [key for key in ticket.assets if key in self.records.assets],
            "description": f"{told}\n\n{ticket.description}".strip() + "\n",
        }
        log = [{"at": self.at, "event": "opened", "by": self.by}]
        return record_path(name), ticket_text(header, log)

    def _left(self, unopened: list[Ticket]) -> Iterator[str]:
        """What is still to be done by people."""
        text = self.words.text
        yield text(N_("The contract's id, its term and its price: records/contract.yaml."))
        yield text(
            N_(
                "The service levels: they are those of before, marked default-not-contract until both sides settle them."
            )
        )
        yield text(
            N_(
                "What has a date of effect: deliverables, targets of figures, credits, availability."
            )
        )
        yield text(
            N_("The customer's keys, the log of first sights and the time-stamping authority.")
        )
        yield text(N_("The plan of rounds and other work, and the emergency plans."))
        yield text(
            N_("Every spare part verified with its maker anew: until then none may be issued.")
        )
        for piece in self.book.stock.at_maker:
            yield text(
                N_("{part} {serial} is at its maker: receive it when it comes back."),
                part=piece.part,
                serial=piece.serial,
            )
        for ticket in unopened:
            told = (
                N_("{ticket} is planned work: announce it anew and have it approved.")
                if ticket.planned
                else N_(
                    "{ticket} was reported by somebody who is no contact any more: open it by hand."
                )
            )
            yield text(told, ticket=ticket.id)

    def _note(self, left: tuple[str, ...]) -> Iterator[str]:
        text, one = self.words.text, self.old.checkpoint
        title, left_to_do = text(N_("Where these records go on from")), text(N_("Left to do"))
        yield f"# {title}\n"
        rows = (
            (N_("Contract"), self.records.contract.id),
            (N_("Commit"), one.commit),
            (N_("SHA-256 over all records there"), one.sha256),
            (N_("Log of first sights, at commit"), self.book.snapshot.seen_log or "—"),
            (
                N_("SHA-256 of the bundle that holds them"),
                self.old.bundle or text(N_("no bundle was named (--bundle)")),
            ),
            (N_("Taken over on"), self.at),
        )
        for label, value in rows:
            yield f"- {text(label)}: {value}"
        yield "\n" + text(
            N_(
                "Nothing of the older record counts as evidence here. Equipment, people, contacts, depots and catalogue are copied; what lay in the depots was received anew, and what was open was opened anew."
            )
        )
        yield f"\n## {left_to_do}\n"
        for told in left:
            yield f"- {told}"
        yield ""
