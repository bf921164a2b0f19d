"""Ways of losing something of a record by the shape of history, and the honest work that they imitate.

The arrival of the incident was late; each cheat does away with that, or with the ticket. Each honest history
holds the same incident, recorded step by step, and came together in a way that git offers every day.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from building.commands import PATH, TICKET
from building.contract import a_ticket, entry, small_contract
from building.repository import Repository
from hostile.dishonest import ARRIVED, DESK, EARLY, STEPS, at, incident

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AS_DESK = {
    f"GIT_COMMITTER_{key}": value
    for key, value in (("NAME", "wang.lei"), ("EMAIL", DESK), ("DATE", at("12:40")))
}
NEXT_DAY = "2026-11-21"
OPENED = entry("09:15", "opened", by="wang-lei")
NOTED = entry("12:30", "arrived", note="已到机房")
RENOTED = entry("12:30", "arrived", note="已到二号机房")


def started(path: Path, *, union: bool = False) -> Repository:
    """A contract without a ticket; ``union`` as the starter has it for git's own merges."""
    repository = Repository(path)
    for name, text in small_contract().items():
        repository.write(name, text)
    if union:
        repository.write(".gitattributes", "records/tickets/** merge=union\n")
    repository.commit("合同", at=at("09:00"))
    return repository


def reported(repository: Repository) -> None:
    repository.write(PATH, a_ticket(TICKET, log=[OPENED]))
    repository.commit("受理", at=at("09:16"), by=DESK)


def on_a_branch(path: Path, *, merged: bool = True, union: bool = False) -> Repository:
    """The incident recorded step by step on the branch ``work``, and merged at once as it ended."""
    repository = started(path, union=union)
    repository.branch("work")
    reported(repository)
    for step in STEPS:
        step.commit(repository)
    repository.switch("main")
    if merged:
        repository.merge("work", at=at("14:10"), by=DESK)
    return repository


# Cheats


def spelled_otherwise(path: Path, key: str = '"log":') -> Repository:
    """The log under a key that YAML takes for the same, with a better arrival."""
    repository = incident(path)
    text = repository.read(PATH).replace("\nlog:\n", f"\n{key}\n")
    repository.write(PATH, text.replace(ARRIVED, EARLY.line))
    repository.commit("整理", at=at("09:00", NEXT_DAY), by=DESK)
    return repository


def in_a_pocket(path: Path, change: Callable[[str], str]) -> Repository:
    """A branch from before the merge that landed the ticket, with the ticket changed there, merged too."""
    repository = on_a_branch(path)
    repository.branch("pocket", "work")
    text = change(repository.read(PATH))
    if text:
        repository.write(PATH, text)
    else:
        repository.remove(PATH)
    repository.commit("整理", at=at("14:20"), by=DESK)
    repository.switch("main")
    repository.merge("pocket", at=at("14:30"), by=DESK)
    return repository


def foxtrot(path: Path) -> Repository:
    """The old commit as the first parent, what has landed as the second, and the ticket gone."""
    repository = on_a_branch(path)
    repository.branch("aside", "main~1")
    repository.merge("main", at=at("14:30"), by=DESK, options=["-s", "ours"])
    return _made_main(repository, "aside")


def octopus(path: Path, *, first: bool = False) -> Repository:
    """A merge of three that holds what the oldest of them holds."""
    repository = on_a_branch(path)
    repository.branch("side", "main~1")
    repository.write("README.md", "说明\n")
    repository.commit("说明", at=at("14:20"))
    order = ["main", "side", "main~1"] if first else ["main~1", "side", "main"]
    parents = [part for name in order for part in ("-p", name)]
    made = repository.git("commit-tree", "-m", "合并", *parents, "main~1^{tree}")
    repository.git("update-ref", "refs/heads/octopus", made)
    return _made_main(repository, "octopus")


def ours(path: Path) -> Repository:
    """A merge that keeps nothing of the branch that it says it merges."""
    repository = on_a_branch(path, merged=False)
    repository.merge("work", at=at("14:30"), by=DESK, options=["-s", "ours"])
    return repository


def withdrawn(path: Path) -> Repository:
    """Of two arrivals tried on one branch, the one that pays is left in what is merged."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    STEPS[1].commit(repository)
    repository.git("revert", "--no-edit", "HEAD")
    replace(EARLY, recorded="12:40").commit(repository)
    repository.switch("main")
    repository.merge("side", at=at("12:50"), by=DESK)
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def _made_main(repository: Repository, name: str) -> Repository:
    repository.switch(name)
    repository.git("branch", "-f", "main", name)
    repository.switch("main")
    return repository


# Honest work


def squashed(path: Path) -> Repository:
    repository = on_a_branch(path, merged=False)
    repository.git("merge", "-q", "--squash", "work")
    repository.commit("合并", at=at("14:10"), by=DESK)
    return repository


def rebased(path: Path) -> Repository:
    repository = on_a_branch(path, merged=False)
    other_work(repository)
    repository.git("rebase", "-q", "main", "work")
    return _made_main(repository, "work")


def updated(path: Path) -> Repository:
    """The forge's "update branch": what has landed is merged into the branch before the branch is merged."""
    repository = on_a_branch(path, merged=False)
    other_work(repository)
    repository.switch("work")
    repository.merge("main", at=at("14:09"), by=DESK)
    repository.switch("main")
    repository.merge("work", at=at("14:10"), by=DESK)
    return repository


def main_into_a_feature(path: Path) -> Repository:
    """What has landed comes into a branch twice, while both go on with one ticket."""
    repository = incident(path, STEPS[:1])
    repository.branch("feature")
    repository.write("README.md", "说明\n")
    repository.commit("说明", at=at("12:00"))
    for step in STEPS[1:3]:
        repository.switch("main")
        step.commit(repository)
        repository.switch("feature")
        repository.merge("main", at=at(step.claimed))
    repository.switch("main")
    for step in STEPS[3:]:
        step.commit(repository)
    repository.merge("feature", at=at("14:10"), by=DESK)
    return repository


def fixed_up(path: Path, mend: str = "") -> Repository:
    """A note corrected in its line after the review; then mended in one of three ways, and merged."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    repository.append(PATH, NOTED)
    repository.commit("到场", at=at("12:31"))
    reviewed = repository.read(PATH)
    repository.write(PATH, reviewed.replace(NOTED, RENOTED))
    repository.commit("按评审意见修改", at=at("12:35"))
    if mend == "put back":
        said = {"entry": f"{{at: {at('12:30')}, event: arrived}}", "reason": "写错了机房"}
        line = entry("12:40", "amended", **said, field="note", value="已到二号机房")
        repository.write(PATH, f"{reviewed}{RENOTED}\n{line}\n")
        repository.commit("放回原行并更正", at=at("12:40"))
    elif mend == "squash":
        repository.git("reset", "-q", "--soft", "main")
        repository.commit("到场", at=at("12:40"))
    elif mend == "rewrite":
        corrected = {"GIT_SEQUENCE_EDITOR": "sed -i 2s/pick/fixup/", "PATH": os.environ["PATH"]}
        repository.git("rebase", "-q", "-i", "main", environment=AS_DESK | corrected)
    repository.switch("main")
    repository.merge("side", at=at("12:50"), by=DESK)
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def pulled(path: Path) -> Repository:
    """An ordinary ``git pull`` and push: the old tip of the official branch comes second."""
    repository = incident(path, STEPS[:1])
    repository.branch("clone")
    repository.write("README.md", "说明\n")
    repository.commit("说明", at=at("12:20"))
    repository.switch("main")
    for step in STEPS[1:]:
        step.commit(repository)
    repository.switch("clone")
    repository.merge("main", at=at("14:06"))
    return _made_main(repository, "clone")


def written_twice(path: Path) -> Repository:
    """Git's union keeps a line twice that both sides have brought at different places."""
    repository = _two_sides(path)
    repository.switch("side")
    repository.append(PATH, STEPS[1].line, entry("12:35", "updated"))
    repository.commit("到场", at=at("12:35"))
    repository.switch("main")
    repository.append(PATH, entry("12:32", "updated", by="wang-lei"), STEPS[1].line)
    repository.commit("到场", at=at("12:33"), by=DESK)
    repository.merge("side", at=at("12:40"), by=DESK)
    assert repository.read(PATH).count(STEPS[1].line) == 2
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def reverted(path: Path) -> Repository:
    """A step taken back within a branch, and brought back there before the merge."""
    repository = incident(path, STEPS[:1])
    repository.branch("side")
    STEPS[1].commit(repository)
    repository.git("revert", "--no-edit", "HEAD")
    repository.git("revert", "--no-edit", "HEAD")
    repository.switch("main")
    repository.merge("side", at=at("12:45"), by=DESK)
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def pulled_with_union(path: Path) -> Repository:
    """Two people add to one ticket, and git's own merge keeps the lines of both."""
    repository = _two_sides(path)
    repository.switch("side")
    STEPS[1].commit(repository)
    repository.switch("main")
    repository.append(PATH, entry("12:20", "updated", by="wang-lei"))
    repository.commit("进展", at=at("12:20"), by=DESK)
    repository.switch("side")
    repository.merge("main", at=at("12:40"))
    _made_main(repository, "side")
    for step in STEPS[2:]:
        step.commit(repository)
    return repository


def criss_cross(path: Path) -> Repository:
    """Two laptops that each merge what the other had, and then one another."""
    repository = _two_sides(path)
    repository.switch("side")
    STEPS[1].commit(repository)
    repository.switch("main")
    repository.append(PATH, entry("12:20", "updated", by="wang-lei"))
    repository.commit("进展", at=at("12:20"), by=DESK)
    tips = [repository.git("rev-parse", name) for name in ("main", "side")]
    repository.merge(tips[1], at=at("12:40"), by=DESK)
    repository.switch("side")
    repository.merge(tips[0], at=at("12:41"))
    repository.append(PATH, STEPS[2].line)
    repository.commit("恢复", at=at("13:00"))
    repository.switch("main")
    repository.merge("side", at=at("13:01"), by=DESK)
    for step in STEPS[3:]:
        step.commit(repository)
    return repository


def offline(path: Path) -> Repository:
    """A week without a network: the steps land when it is over."""
    repository = on_a_branch(path, merged=False)
    other_work(repository)
    repository.merge("work", at=at("09:00", "2026-11-27"))
    return repository


def cherry_picked(path: Path) -> Repository:
    """A step picked onto the official branch, whose own branch is merged later on."""
    repository = _two_sides(path)
    repository.switch("side")
    commit = STEPS[1].commit(repository)
    repository.write("README.md", "说明\n")
    repository.commit("说明", at=at("12:35"))
    repository.switch("main")
    repository.git("cherry-pick", commit)
    for step in STEPS[2:]:
        step.commit(repository)
    repository.merge("side", at=at("14:10"), by=DESK)
    return repository


def _two_sides(path: Path) -> Repository:
    """A ticket on main with its response, a branch ``side`` beside it, and union for tickets."""
    repository = started(path, union=True)
    reported(repository)
    STEPS[0].commit(repository)
    repository.git("branch", "side")
    return repository


def other_work(repository: Repository) -> None:
    repository.switch("main")
    repository.write("README.md", "说明\n")
    repository.commit("说明", at=at("14:06"), by=DESK)
