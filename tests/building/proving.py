"""What a built repository proves: snapshot, ledger and proven log in one call each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from building.contract import a_ticket, entry, small_contract, ticket_path
from weibao.history.git.reader import Git
from weibao.history.integrity import integrity
from weibao.history.ledger import ledger_of
from weibao.history.proof import prove_log
from weibao.history.snapshot import read_snapshot
from weibao.model.contract import Contact, EvidencePolicy
from weibao.model.instant import parse_instant
from weibao.model.load import read_record

if TYPE_CHECKING:
    from building.repository import Repository
    from weibao.history.history import History
    from weibao.history.ledger import Ledger
    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.finding import Finding

TICKET = "T20261120-7K3Q9M"
PATH = ticket_path(TICKET)
POLICY = EvidencePolicy(since=parse_instant("2026-01-01T00:00:00+08:00"))
CONTACTS = {
    "zhang-gong": Contact(
        "zhang-gong",
        {"zh": "张工"},
        frozenset({"confirm", "countersign"}),
        ("zhang.gong@customer.example",),
    ),
    "factory-noc": Contact("factory-noc", {"zh": "监控室"}, frozenset({"confirm"}), ()),
}
OPENED = entry("09:12", "opened", by="wang-lei")
ZONE = ZoneInfo("Asia/Shanghai")
AS_OF = parse_instant("2026-11-30T12:00:00+08:00")


PEOPLE: dict[str, str] = {}
"""Every address is a person of its own."""


def clock(time: str) -> int:
    """``09:12`` on the day of the ticket, as an instant; a full time stands for itself."""
    return parse_instant(time if "T" in time else f"2026-11-20T{time}:00+08:00")


def day(time: str) -> str:
    """``09:12`` on the day of the ticket, as git takes it."""
    return f"2026-11-20T{time}:00+08:00"


def opened(repository: Repository, at: str = "09:13", text: str = "") -> str:
    """Commit the ticket with its first entry."""
    repository.write(PATH, text or a_ticket(TICKET, log=[OPENED]))
    return repository.commit("受理", at=day(at), by="wang.lei@provider.example")


def step(repository: Repository, line: str, at: str, by: str = "li.qiang@provider.example") -> str:
    """Append one entry to the ticket and commit it."""
    repository.append(PATH, line)
    return repository.commit("一步", at=day(at), by=by)


def ledger(repository: Repository, policy: EvidencePolicy = POLICY) -> Ledger:
    """The ledger of what HEAD rests on."""
    history = read_snapshot(Git(repository.path)).history
    return ledger_of(_believed(history, policy), PEOPLE, ZONE)


def _believed(history: History, policy: EvidencePolicy) -> History:
    tips = history.sights.tips.get("refs/heads/main", ())
    return replace(history, tips=tips, distrusted=frozenset(policy.distrusted))


def proven(repository: Repository, policy: EvidencePolicy = POLICY) -> ProvenLog:
    """The ticket's log at HEAD, proven."""
    snapshot = read_snapshot(Git(repository.path))
    ticket = read_record(PATH, snapshot.files[PATH]).value
    return prove_log(
        PATH,
        ticket.log,
        ledger_of(_believed(snapshot.history, policy), PEOPLE, ZONE),
        contract(policy),
        ticket,
    )


def contract(policy: EvidencePolicy = POLICY) -> Contract:
    """The small contract under this policy, with contacts of its own."""
    raw = small_contract()["records/contract.yaml"].encode()
    found: Contract = read_record("records/contract.yaml", raw).value
    return replace(found, evidence=policy, contacts=CONTACTS)


def last(repository: Repository, policy: EvidencePolicy = POLICY) -> ProvenEntry:
    """The last entry of the ticket's log, proven."""
    return proven(repository, policy).entries[-1]


def damage(repository: Repository) -> list[Finding]:
    """Every finding of the integrity checks, but for those on clocks."""
    checks = integrity(ledger(repository), POLICY, AS_OF)
    return [one for check in checks if check.name != "commit_times" for one in check.findings]


def codes(repository: Repository) -> list[str]:
    """The codes of that damage."""
    return [finding.code for finding in damage(repository)]
