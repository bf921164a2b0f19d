"""``weibao status`` on a real repository: what is due, and that each command it gives is one that mends it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import CertificateBuilder, Name, NameAttribute
from cryptography.x509.oid import NameOID

from building.commands import Weibao, record_repository
from building.contract import CONTRACT, DUTY, SPARES, STAFF, a_ticket, entry, ticket_path
from building.pictures import png
from building.signing import ssh_key
from building.site import PLANNED, planned_ticket
from weibao.cli.framework import terminal
from weibao.cli.framework.session import Session
from weibao.cli.main import weibao as command_line
from weibao.report.due.item import DueKind

if TYPE_CHECKING:
    from pathlib import Path


LATE, OVER = "T20261119-1ATE22", "T20261118-0VER22"
NOW = "2026-11-26T12:00:00+08:00"
CONTRACT_ENDING = (
    CONTRACT.replace("to: 2027-02-28}", "to: 2026-12-24}")
    .replace("end: 2026-12-31}\nzone", "end: 2027-01-10}\nzone")
    .replace(
        "  main: main\n",
        "  main: main\n  timestamp: {authority: 'http://tsa.example', chain: checkpoints/authority.pem, roots: ["
        + "a" * 64
        + "]}\n",
    )
)
STAFF_ENDING = STAFF.replace(
    '"1001", from: 2025-01-01, to: 2027-12-31', '"1001", from: 2025-01-01, to: 2026-12-24'
)
LEAVE = "leave: [{who: zhao-min, from: 2026-11-24T00:00:00+08:00, to: 2026-11-27T00:00:00+08:00}]\n"
WARRANTED = entry(
    "2026-11-01T10:00:00+08:00", "received", by="sun-yu", part="hw-s12700-mpu", serials='["HDMPU9"]',
    depot="suzhou-depot", supplier="华为", condition="faulty", warranty_to="2026-12-24",
)  # fmt: skip
SHORT = f"{SPARES}{WARRANTED}\n".replace(
    "minimum: {suzhou-depot: 1}", "minimum: {suzhou-depot: 3}"
).replace("keeper: sun-yu\n", "keeper: sun-yu\n    count_every: 30d\n")


def over() -> str:
    """A ticket whose arrival was late, closed without a word about it."""
    day = "2026-11-18"
    steps = (
        ("09:05", "opened", {"by": "wang-lei"}),
        ("09:06", "assigned", {"by": "wang-lei", "to": "li-qiang"}),
        ("09:10", "acknowledged", {}),
        ("09:50", "updated", {"note": "在路上"}),
        ("10:40", "updated", {"note": "在路上"}),
        ("11:30", "arrived", {}),
        ("11:35", "resolved", {"mode": "on_site", "cause": "故障", "action": "更换"}),
    )
    log = [entry(f"{day}T{at}:00+08:00", event, **data) for at, event, data in steps]
    return a_ticket(OVER, reported_at=f"{day}T09:00:00+08:00", log=log)


DUTIES = (
    "duties: {refer_within: 4h, survey_every: 330d, audit_every: 300d, exchange_every: 340d, handover_rotas: [desk]}\n"
    "deliverables: [{kind: monthly, due_within: 3d, from: 2026-09-01}]\n"
)


@pytest.fixture
def busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """A contract of which everything is due: a promise, a word, an owner, a window …"""
    key = ssh_key(tmp_path, "zhang")
    repository = record_repository(
        tmp_path / "clone",
        allowed_signers=f'zhang.gong@customer.example valid-before="20261224" {key.public}\n',
        contract=CONTRACT_ENDING + DUTIES,
        staff=STAFF_ENDING,
        duty=DUTY + LEAVE,
        spares=SHORT,
    )
    repository.write("checkpoints/authority.pem", certificate(datetime(2026, 12, 24, tzinfo=UTC)))
    for text in (
        a_ticket(
            LATE,
            severity=2,
            reported_at="2026-11-19T09:00:00+08:00",
            log=[
                entry("2026-11-19T09:05:00+08:00", "opened", by="wang-lei"),
                entry("2026-11-19T09:30:00+08:00", "acknowledged"),
                entry(
                    "2026-11-19T09:40:00+08:00",
                    "part_requested",
                    part="hw-s12700-mpu",
                    quantity="1",
                ),
            ],
        ),
        planned_ticket(),
        over(),
    ):
        repository.write(ticket_path(text.split("\n")[0].removeprefix("id: ")), text)
    repository.commit(at="2026-11-20T10:00:00+08:00")
    weibao = Weibao(repository, monkeypatch, capsys)
    weibao.set_clock(NOW)
    return weibao


def certificate(ends: datetime) -> str:
    """A root of a time-stamping authority."""
    key, name = Ed25519PrivateKey.generate(), Name([NameAttribute(NameOID.COMMON_NAME, "Stamps")])
    made = (
        CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(ends)
        .sign(key, None)
    )
    return made.public_bytes(Encoding.PEM).decode()


def told(weibao: Weibao) -> list[dict[str, Any]]:
    ran = weibao("status", "--format", "json")
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["due"]
    return found


def parse(words: list[str], session: Session) -> None:
    """Read a command as it would be on a terminal, and run nothing; Click raises where it is none."""
    command, rest = command_line, words[1:]
    context = click.Context(command, obj=session, **command.context_settings)
    while isinstance(command, click.Group):
        name, *rest = rest
        command = command.get_command(context, name)
    assert command is not None, words
    command.make_context(name, list(rest), parent=context)


@pytest.mark.needs("ssh-keygen")
def test_everything_that_is_due_is_told_and_each_command_is_one(
    busy: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = told(busy)
    begun = {DueKind.WINDOW_ENDS, DueKind.WINDOW_MISSED, DueKind.OVERRUN}
    begun |= {DueKind.TAKE_OVER, DueKind.ANSWER, DueKind.PART_BACK, DueKind.CALL_BACK}
    assert {item["kind"] for item in items} == set(DueKind) - begun
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    session = Session(busy.repository.path, "en", "auto")
    for item in items:
        parse(item["command"], session)
    with pytest.raises(click.NoSuchOption):
        parse([*items[0]["command"], "--planted"], session)


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize("signed", [True, False])
def test_an_approval_that_the_customer_signed_is_not_asked_for_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    signed: bool,
) -> None:
    key = ssh_key(tmp_path, "zhang")
    line = f"zhang.gong@customer.example {key.public}\n"
    repository = record_repository(tmp_path / "clone", allowed_signers=line)
    repository.write(ticket_path(PLANNED), planned_ticket())
    by = "zhang.gong@customer.example"
    repository.commit(at="2026-11-20T10:00:00+08:00", by=by, key=key if signed else None)
    weibao = Weibao(repository, monkeypatch, capsys)
    weibao.set_clock(NOW)
    kinds = [item["kind"] for item in told(weibao) if item["record"] == PLANNED]
    assert kinds.count("window_opens") == 1
    assert ("approval" not in kinds) is signed


@pytest.mark.needs("ssh-keygen")
def test_the_commands_mend_what_they_are_told_for(busy: Weibao, tmp_path: Path) -> None:
    picture = tmp_path / "approval.png"
    picture.write_bytes(png())
    answers = {
        "owner": (),
        "action": (),
        "update": ("--note", "备件已发出"),
        "explanation": ("--cause", "封路", "--improvement", "驻点"),
        "stock": (
            *("--serials", "HDMPU8", "--supplier", "华为授权经销商"),
            *("--document", str(picture), "--oem-verified-by", "sun-yu"),
        ),
        "count": ("--part", "hw-s12700-mpu", "--serials", "HDMPU1,HDMPU2,HDMPU8,HDMPU9"),
        "approval": (str(picture),),
    }
    for item in told(busy):
        if item["kind"] in answers:
            words = item["command"][1:]
            ran = busy(*words, *answers[item["kind"]])
            assert ran.code == 0, (words, ran.err)
    left = {item["kind"] for item in told(busy) if item["due"] <= NOW}
    assert not set(answers) & left


@pytest.mark.needs("ssh-keygen")
def test_a_glance_tells_what_is_past_and_the_next_promise_and_all_tells_the_rest(
    busy: Weibao,
) -> None:
    short, whole = busy("status").out, busy("status", "--all").out
    assert "more things are due: weibao status --all" in short
    assert "more things are due" not in whole
    assert whole.count("weibao ") > short.count("weibao ")
    assert "once edited: weibao check records/duty.yaml" in short
