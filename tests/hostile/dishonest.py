"""Dishonest histories: one incident that went badly, and what a provider might do to hide it.

The engineer came at 12:30, when he had to be there by 11:12; every cheat is a real repository in
which that, or something as bad, was done away with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from building.commands import PATH, TICKET, record_repository
from building.contract import CONTRACT, STAFF, a_ticket, entry, ticket_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from building.repository import Repository

DESK = "wang.lei@provider.example"
ENGINEER = "li.qiang@provider.example"
COLLEAGUE = "zhao.min@provider.example"
CUSTOMER = "zhang.gong@customer.example"
OTHER = "T20260901-2D8VXN"
CONTRACT_PATH = "records/contract.yaml"


def at(clock: str, day: str = "2026-11-20") -> str:
    """A moment of the contract's zone."""
    return f"{day}T{clock}:00+08:00"


@dataclass(frozen=True)
class Step:
    """A step as it is claimed, and when and by whom it was recorded."""

    claimed: str
    event: str
    data: dict[str, str]
    by: str = ENGINEER
    recorded: str = ""

    @property
    def line(self) -> str:
        return entry(at(self.claimed), self.event, **self.data)

    def commit(self, repository: Repository) -> str:
        repository.append(PATH, self.line)
        return repository.commit(self.event, at=at(self.recorded or self.claimed), by=self.by)


STEPS = (
    Step("09:20", "acknowledged", {}),
    Step("12:30", "arrived", {}),
    Step("13:00", "restored", {"mode": "on_site"}),
    Step("13:30", "resolved", {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}),
    Step("14:00", "confirmed", {"by": "wang-lei", "contact": "zhang-gong", "via": "phone"}, DESK),
    Step("14:05", "closed", {"by": "wang-lei"}, DESK),
)
ARRIVED = STEPS[1].line
EARLY = replace(STEPS[1], claimed="10:30", recorded="12:30")


def incident(path: Path, steps: Iterable[Step] = STEPS, **files: str) -> Repository:
    """The incident, recorded step by step as it happened."""
    repository = record_repository(path, **files)
    for step in steps:
        step.commit(repository)
    return repository


def instead(number: int, *steps: Step) -> tuple[Step, ...]:
    """The steps with the one at this place done otherwise."""
    return (*STEPS[:number], *steps, *STEPS[number + 1 :])


def edited(path: Path, change: Callable[[str], str], file: str = PATH) -> Repository:
    """The incident, and a file changed the next day."""
    repository = incident(path)
    before = repository.read(file)
    repository.write(file, change(before))
    assert repository.read(file) != before
    repository.commit("整理", at=at("09:00", "2026-11-21"), by=DESK)
    return repository


def evil_merge(path: Path, change: Callable[[str], str]) -> Repository:
    """The incident, and a merge of harmless work within which the ticket was changed."""
    repository = incident(path)
    harmless_branch(repository)
    repository.merge(
        "side",
        at=at("10:00", "2026-11-21"),
        by=DESK,
        edit=lambda: repository.write(PATH, change(repository.read(PATH))),
    )
    return repository


def harmless_branch(repository: Repository) -> None:
    repository.branch("side")
    repository.write("README.md", "说明\n")
    repository.commit("说明", at=at("09:00", "2026-11-21"))
    repository.switch("main")


def contract_changed(path: Path, old: str, new: str) -> Repository:
    """The incident, and the contract changed the next day."""
    assert CONTRACT.count(old) == 1
    return edited(path, lambda text: text.replace(old, new), CONTRACT_PATH)


def filed_again(path: Path, how: str) -> Repository:
    """The incident ended for show before its clock ran out, and reported anew."""
    repository = record_repository(path)
    STEPS[0].commit(repository)
    if how == "cancelled":
        Step("11:00", "cancelled", {"by": "wang-lei", "reason": "误报"}, DESK).commit(repository)
    else:
        repository.remove(PATH)
        repository.commit("误报", at=at("11:00"), by=DESK)
    second = "T20261120-2D8VXN"
    opened = entry(at("11:06"), "opened", by="wang-lei")
    text = a_ticket(second, reported_at=at("11:05"), log=[opened])
    repository.write(ticket_path(second), text)
    repository.commit("受理", at=at("11:06"), by=DESK)
    return repository


def copied(path: Path, record: str, day: str) -> Repository:
    """The incident, and its ticket a second time, with a better arrival."""
    repository = incident(path)
    there = ticket_path(TICKET).replace("/11/20/", day).replace(TICKET, record)
    text = repository.read(PATH).replace(TICKET, record)
    repository.write(there, text.replace(ARRIVED, EARLY.line))
    repository.commit("归档", at=at("09:00", "2026-11-21"), by=DESK)
    return repository


def renamed(path: Path) -> Repository:
    repository = incident(path)
    repository.git("mv", PATH, PATH.replace("7K3Q9M", "7K3Q9N"))
    repository.commit("改名", at=at("09:00", "2026-11-21"), by=DESK)
    return repository


def deleted(path: Path) -> Repository:
    repository = incident(path)
    repository.remove(PATH)
    repository.commit("清理", at=at("09:00", "2026-11-21"), by=DESK)
    return repository


def recreated(path: Path) -> Repository:
    repository = deleted(path)
    text = a_ticket(log=[entry("09:15", "opened", by="wang-lei"), *(one.line for one in STEPS)])
    repository.write(PATH, text.replace(ARRIVED, EARLY.line))
    repository.commit("受理", at=at("09:10", "2026-11-21"), by=DESK)
    return repository


def lost_in_ours(path: Path, *, swapped: bool = False) -> Repository:
    """A whole second ticket left out by a merge that keeps its own side only."""
    repository = record_repository(path)
    other = "T20261120-2D8VXN"
    repository.branch("side")
    text = a_ticket(other, reported_at=at("09:30"), log=[entry("09:31", "opened", by="wang-lei")])
    repository.write(ticket_path(other), text)
    repository.commit("受理", at=at("09:32"), by=DESK)
    if swapped:
        # The ticket has landed; a branch from before it swallows main and is then made main.
        repository.switch("main")
        repository.merge("side", at=at("09:40"), by=DESK)
        repository.branch("mine", "main~1")
    else:
        repository.switch("main")
    STEPS[0].commit(repository)
    repository.merge("main" if swapped else "side", at=at("10:00"), by=DESK, options=["-s", "ours"])
    if swapped:
        repository.git("branch", "-f", "main", "mine")
        repository.switch("main")
    return repository


def steps_lost_in_ours(path: Path) -> Repository:
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    STEPS[1].commit(repository)
    repository.switch("main")
    repository.append(PATH, replace(EARLY, recorded="12:40").line)
    repository.commit("到场", at=at("12:40"))
    repository.merge("side", at=at("12:50"), by=DESK, options=["-s", "ours"])
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def set_back(path: Path) -> Repository:
    """The arrival committed with the clock turned back to the time it should have been."""
    repository = incident(path, STEPS[:1])
    Step("10:50", "updated", {"by": "wang-lei"}, DESK, "12:20").commit(repository)
    replace(EARLY, recorded="10:30").commit(repository)
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def author_date_set_back(path: Path) -> Repository:
    """The arrival with the author's date, which anybody may choose, set to the claim."""
    repository = incident(path, STEPS[:1])
    repository.append(PATH, EARLY.line)
    repository.commit("到场", at=at("12:30"), author_at=at("10:30"))
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def dated_back_on_a_branch(path: Path) -> Repository:
    """The arrival on a branch whose commits are all dated back, merged when it was really made."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    replace(EARLY, recorded="10:31").commit(repository)
    repository.switch("main")
    Step("12:00", "updated", {"by": "wang-lei"}, DESK).commit(repository)
    union(repository, "side", at("15:00"))
    return repository


def union(repository: Repository, name: str, when: str) -> str:
    """Merge a branch with the steps of both sides kept."""

    def both() -> None:
        theirs = repository.git("show", f"{name}:{PATH}").splitlines()
        ours = repository.git("show", f"HEAD:{PATH}").splitlines()
        lines = [*ours, *(line for line in theirs if line not in ours)]
        repository.write(PATH, "".join(f"{line}\n" for line in lines))

    return repository.merge(name, at=when, by=DESK, edit=both)


def kept_back(path: Path) -> Repository:
    """The arrival waited on a branch until the end of the month."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    replace(EARLY, recorded="10:31").commit(repository)
    repository.switch("main")
    repository.write("README.md", "月末\n")
    repository.commit("月末", at=at("17:00", "2026-11-30"), by=DESK)
    repository.merge("side", at=at("18:00", "2026-11-30"), by=DESK)
    return repository


def dated_years_back(path: Path) -> Repository:
    """A second parent from years ago, which would be taken for the time of its steps."""
    repository = incident(path, STEPS[:1])
    repository.branch("side", "main~1")
    repository.append(PATH, EARLY.line)
    repository.commit("到场", at=at("10:30", "2019-01-02"))
    repository.switch("main")
    union(repository, "side", at("15:00"))
    return repository


def rewritten(path: Path) -> Repository:
    """The incident told anew from its first step, with the arrival at half past ten."""
    repository = incident(path)
    repository.git("tag", "seen")
    repository.git("reset", "-q", "--hard", f"HEAD~{len(STEPS) - 1}")
    replace(EARLY, recorded="10:31").commit(repository)
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def squashed(path: Path) -> Repository:
    """Honest steps, each recorded at once on a branch, that land as one commit hours later."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    for step in STEPS[1:]:
        step.commit(repository)
    repository.switch("main")
    repository.git("merge", "-q", "--squash", "side")
    repository.commit("合并", at=at("20:00"))
    return repository


def cherry_picked(path: Path) -> Repository:
    """An honest step picked onto the official branch the next day."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    commit = replace(EARLY, recorded="10:31").commit(repository)
    repository.switch("main")
    when = {"GIT_COMMITTER_DATE": at("09:00", "2026-11-21"), "GIT_COMMITTER_NAME": "wang.lei"}
    repository.git(
        "cherry-pick",
        commit,
        environment=when | {"GIT_COMMITTER_EMAIL": "wang.lei@provider.example"},
    )
    return repository


def set_forward(path: Path, when: str, *, distrusted: bool = False) -> Repository:
    """A commit set forward before an honest arrival at 10:30, which then looks late."""
    repository = incident(path, STEPS[:1])
    repository.write("README.md", "说明\n")
    commit = repository.commit("说明", at=when, by=DESK)
    replace(EARLY, recorded="10:31").commit(repository)
    if distrusted:
        named = f"  distrusted: [{{commit: {commit}, reason: 时钟有误}}]\n"
        text = repository.read(CONTRACT_PATH)
        repository.write(CONTRACT_PATH, text.replace("  main: main\n", f"  main: main\n{named}"))
        repository.commit("不采信", at=at("10:40"), by="chen.jie@provider.example")
    return repository


def second_root(path: Path) -> Repository:
    repository = incident(path)
    repository.git("switch", "-q", "--orphan", "past")
    repository.write("README.md", "旧事\n")
    repository.commit("旧事", at=at("09:00", "2026-02-01"))
    repository.switch("main")
    repository.merge(
        "past", at=at("09:00", "2026-11-21"), by=DESK, options=["--allow-unrelated-histories"]
    )
    return repository


def opened_late(path: Path) -> Repository:
    """A fault reported in the morning that nobody took down until the afternoon."""
    repository = record_repository(path)
    second = "T20261120-2D8VXN"
    text = a_ticket(
        second,
        reported_at=at("10:00"),
        log=[
            entry("10:01", "opened", by="wang-lei"),
            entry("10:10", "acknowledged", by="wang-lei"),
        ],
    )
    repository.write(ticket_path(second), text)
    repository.commit("受理", at=at("15:00"), by=DESK)
    return repository


def closed_and_filed_again(path: Path) -> Repository:
    repository = incident(path)
    second = "T20261120-2D8VXN"
    opened = entry(at("15:01"), "opened", by="wang-lei")
    repository.write(ticket_path(second), a_ticket(second, reported_at=at("15:00"), log=[opened]))
    repository.commit("受理", at=at("15:01"), by=DESK)
    return repository


def paused_late(path: Path) -> Repository:
    """A pause for access to the site, which comes to mind an hour after the arrival was due."""
    pause = Step("09:40", "paused", {"reason": "site_access"}, recorded="12:20")
    return incident(path, instead(1, pause, Step("12:25", "resumed", {}), STEPS[1]))


def resumed_late(path: Path) -> Repository:
    """A pause that ended at ten, and whose end was recorded after the arrival."""
    pause = Step("09:40", "paused", {"reason": "site_access"})
    resumed = Step("10:00", "resumed", {}, recorded="12:40")
    return incident(path, instead(1, pause, STEPS[1], resumed))


def confirmed_in_their_name(path: Path, by: str) -> Repository:
    """The customer's confirmation, written by somebody else in the customer's own name."""
    data = {"by": "zhang-gong", "contact": "zhang-gong", "via": "portal"}
    return incident(path, instead(4, replace(STEPS[4], data=data, by=by)))


def countersigned(path: Path, by: str, contact: str, recorder: str) -> Repository:
    """A claim of the arrival that nobody saw, and a countersignature for it."""
    named = f"[{{at: {at(EARLY.claimed)}, event: arrived}}]"
    data = {"by": by, "contact": contact, "entries": named}
    sign = Step("15:00", "countersigned", data, recorder)
    return incident(path, (*instead(1, EARLY), sign), contract=_two_addresses())


def _two_addresses() -> str:
    may = "may: [declare, confirm]\n"
    assert CONTRACT.count(may) == 1
    return CONTRACT.replace(may, f"{may}    git: [noc@customer.example]\n")


def amended(path: Path) -> Repository:
    """The arrival said to be corrected to a better time."""
    value = f'"{at("10:30")}"'
    named = f"{{at: {at('12:30')}, event: arrived}}"
    data = {"by": "wang-lei", "entry": named, "field": "at", "value": value, "reason": "笔误"}
    return incident(path, (*STEPS, Step("15:00", "amended", data, DESK)))


def lowered(path: Path, **data: str) -> Repository:
    """The severity lowered before the arrival came due."""
    agreed = Step("10:00", "severity_agreed", {"severity": "4", **data})
    return incident(path, instead(1, agreed, STEPS[1]))


def not_on_the_staff(path: Path, term: str) -> Repository:
    old = "roles: [{role: engineer, from: 2025-12-01}]\n    git: [li.qiang@provider.example]"
    assert STAFF.count(old) == 1
    staff = STAFF.replace(old, old.replace("from: 2025-12-01", term))
    return incident(path, staff=staff)


def linked_away(path: Path) -> Repository:
    """The ticket replaced by a symbolic link to a better one outside the records."""
    repository = incident(path)
    repository.write("elsewhere.yaml", repository.read(PATH).replace(ARRIVED, EARLY.line))
    repository.git("add", "elsewhere.yaml")
    blob = repository.git("hash-object", "-w", "--stdin", given=b"../../../../../elsewhere.yaml")
    repository.git("update-index", "--cacheinfo", f"120000,{blob},{PATH}")
    repository.git("commit", "-q", "-m", "链接", environment=_as(DESK, at("09:00", "2026-11-21")))
    return repository


def nameless(path: Path) -> Repository:
    """The arrival in a commit whose author is nobody that can be named."""
    repository = incident(path, STEPS[:2])
    raw = repository.git("cat-file", "commit", "HEAD").encode()
    lines = [b"author nobody" if one.startswith(b"author ") else one for one in raw.split(b"\n")]
    literally = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    commit = repository.git(*literally, given=b"\n".join(lines) + b"\n")
    repository.git("update-ref", "refs/heads/main", commit)
    return repository


def _as(email: str, when: str) -> dict[str, str]:
    name = email.partition("@")[0]
    return {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email), ("DATE", when))
    }
