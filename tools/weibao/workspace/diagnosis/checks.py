"""What is lacking on a machine and in a clone: facts in, checks out."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.diagnosis import Checked, Lack
from weibao.workspace.setup.extras import EXTRAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.refusal import Refusal
    from weibao.workspace.diagnosis.examination import CloneCondition, MachineCondition
    from weibao.workspace.setup.extras import Extra

OLDEST_GIT = (2, 31)
SIGNING_GIT = (2, 34)
"""The first git that signs with an SSH key, and knows that setting at all."""
OLDEST_PYTHON = (3, 11)
SKEW = 300
"""How far a clock may be off where no contract says it, in seconds."""

TO_LF = "git ls-files -co --exclude-standard -z '*.yaml' '*.json' '*.md' | xargs -0 perl -pi -e 's/\\r$//'"
"""Changes nothing but line ends, so that what is not committed yet is kept."""

_COMMIT_ATTRIBUTES = "git add .gitattributes && git commit -m .gitattributes -- .gitattributes"
_MAKE_KEY = "ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519 && "
_MAKE_PUBLIC_HALF = "ssh-keygen -y -f ~/.ssh/id_ed25519 > ~/.ssh/id_ed25519.pub && "
_SIGN = (
    "git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub && "
    "git config commit.gpgsign true"
)


def diagnose_machine(machine: MachineCondition) -> Iterator[Checked]:
    """Git, Python, the command, who the user is, and signing."""
    yield Checked("git", "machine", N_("git 2.31 or later"), _git(machine))
    yield Checked("python", "machine", N_("Python 3.11 or later"), _python(machine))
    yield Checked("command", "machine", N_("weibao is found by its name"), _command(machine))
    yield Checked("identity", "machine", N_("git knows who you are"), _identity(machine))
    yield Checked("signing", "machine", N_("commits are signed"), _signing(machine))
    for extra in EXTRAS:
        yield Checked(f"extra_{extra.name}", "machine", extra.title, _extra(machine, extra))


def diagnose_outside(refusal: Refusal) -> Checked:
    """That the folder is in no repository that git will read."""
    lack = Lack(refusal.message, refusal.mend, refusal.facts)
    return Checked("repository", "clone", N_("a git repository"), lack)


def diagnose_clone(clone: CloneCondition, machine: MachineCondition) -> Iterator[Checked]:
    """History, branch, remote, attributes, identity in the records, and what is not committed."""
    whole = None
    if clone.broken is not None:
        whole = Lack(clone.broken.message, clone.broken.mend, clone.broken.facts)
    checks = (
        ("history", N_("a whole history, with records"), whole),
        ("contract", N_("a contract that can be read"), _contract(clone)),
        ("listed", N_("your address is among the records"), _listed(clone, machine)),
        ("branch", N_("HEAD is on a branch"), _branch(clone)),
        ("main", N_("the official branch is here"), _main(clone)),
        ("remote", N_("somewhere to push to"), _remote(clone)),
        ("merge", N_("two people's steps merge by themselves"), _merge(clone)),
        ("line_ends", N_("line ends stay LF"), _line_ends(clone)),
        ("committed", N_("all records are committed"), _committed(clone)),
        ("schemas", N_("the editor's schemas are this version's"), _schemas(clone)),
        ("clock", N_("the clock agrees with the last commit"), _clock(clone)),
        ("hook", N_("records are checked before each commit"), _hook(clone)),
    )
    for name, title, lack in checks:
        yield Checked(name, "clone", title, lack)


def diagnose_index(otherwise: Sequence[str]) -> Checked:
    """Whether what was kept of the history is what it says; ``otherwise`` names what is not."""
    lack = None
    if otherwise:
        lack = Lack(
            N_("it differs from the history ({number}), as {first}"),
            "weibao index drop",
            {"number": len(otherwise), "first": otherwise[0]},
        )
    return Checked("index", "clone", N_("what is kept of the history is what it says"), lack)


def _git(machine: MachineCondition) -> Lack | None:
    if machine.git >= OLDEST_GIT:
        return None
    return Lack(
        N_("found {found}"),
        N_("Install git 2.31 or later: apt install git, brew install git, winget install Git.Git"),
        {"found": ".".join(map(str, machine.git)) or "–"},
    )


def _python(machine: MachineCondition) -> Lack | None:
    if machine.python >= OLDEST_PYTHON:
        return None
    mend = N_("Install Python 3.11, 3.12 or 3.13.")
    return Lack(N_("found {found}"), mend, {"found": ".".join(map(str, machine.python))})


def _command(machine: MachineCondition) -> Lack | None:
    if machine.command:
        return None
    return Lack(
        N_("editors and hooks will not find it"),
        N_("Put the folder of its environment on PATH."),
        needed=False,
    )


def _identity(machine: MachineCondition) -> Lack | None:
    if machine.name and machine.email:
        return None
    return Lack(
        N_("it would have to guess, and a record must say who recorded it"),
        N_('Say who: git config --global user.name "…" && git config --global user.email "…"'),
    )


def _signing(machine: MachineCondition) -> Lack | None:
    if machine.signs and machine.key and not machine.key_absent:
        return None
    mend = _SIGN
    if machine.git < SIGNING_GIT:
        mend = N_("Install git 2.34 or later, which can sign with an SSH key.")
    elif "private" in machine.ssh_key and "public" not in machine.ssh_key:
        mend = _MAKE_PUBLIC_HALF + _SIGN
    elif not machine.ssh_key:
        mend = _MAKE_KEY + _SIGN
    if machine.signs and machine.key:
        message = N_("signing is on, but its key is not there, so no commit can be made: {key}")
        return Lack(message, mend, {"key": machine.key})
    if machine.signs:
        return Lack(N_("signing is on, but no key is named"), mend, needed=False)
    return Lack(N_("an address alone can be borrowed; a signature cannot"), mend, needed=False)


def _extra(machine: MachineCondition, extra: Extra) -> Lack | None:
    command = machine.extras.get(extra.name)
    if command is None:
        return None
    return Lack(N_("not installed"), command, needed=False)


def _contract(clone: CloneCondition) -> Lack | None:
    if clone.contract is not None:
        return None
    if clone.only_line_ends:
        return Lack(
            N_("records/contract.yaml is wrong only in its line ends, which are CRLF"), TO_LF
        )
    return Lack(N_("records/contract.yaml is missing or wrong"), N_("See what by: weibao check"))


def _listed(clone: CloneCondition, machine: MachineCondition) -> Lack | None:
    if clone.emails is None or not machine.email or machine.email.casefold() in clone.emails:
        return None
    return Lack(
        N_("{email} is nobody's in records/staff.yaml"),
        N_("Add it under git of your entry there, or set the one that is: git config user.email …"),
        {"email": machine.email},
        needed=False,
    )


def _branch(clone: CloneCondition) -> Lack | None:
    if clone.branch:
        return None
    message = N_("HEAD is detached: what is committed now belongs to no branch")
    return Lack(message, "git switch {main}", {"main": quote(main_name(clone))})


def _main(clone: CloneCondition) -> Lack | None:
    main = main_name(clone)
    if clone.contract is None or not clone.branches or main in clone.branches:
        return None
    return Lack(
        N_("evidence.main in records/contract.yaml names {main}, and there is none"),
        "git fetch {remote} {branch}:{branch}"
        if clone.remotes
        else N_("Name there the branch that both sides hold for the official one."),
        {"main": main, "branch": quote(main), "remote": quote((*clone.remotes, "")[0])},
    )


def main_name(clone: CloneCondition) -> str:
    """The official branch, as the contract names it."""
    return clone.contract.evidence.main if clone.contract else "main"


def _remote(clone: CloneCondition) -> Lack | None:
    if not clone.remotes:
        return Lack(
            N_("there is no remote: the records are on this disk alone"),
            N_("With its address: git remote add origin URL && git push -u origin {branch}"),
            {"branch": clone.branch or main_name(clone)},
            needed=False,
        )
    if clone.branch and not clone.upstream:
        return Lack(
            N_("the branch {branch} follows none on {remote}"),
            "git push -u {to} {ours}",
            {
                "branch": clone.branch,
                "remote": clone.remotes[0],
                "ours": quote(clone.branch),
                "to": quote(clone.remotes[0]),
            },
            needed=False,
        )
    return None


def _merge(clone: CloneCondition) -> Lack | None:
    wrong = tuple(path for path, driver in clone.merge.items() if driver != "union")
    if not wrong:
        return None
    return Lack(
        N_("git would not merge {paths} by union"),
        "printf '\\n%s merge=union' 'records/tickets/**' 'records/inspections/**' 'records/reports/**' 'records/shifts/**' "
        "records/spares.yaml records/actions.yaml records/agreements.yaml records/reviews.yaml >> .gitattributes && echo >> .gitattributes && "
        f"{_COMMIT_ATTRIBUTES}",
        {"paths": tuple(path.split("/2026/")[0] for path in wrong)},
    )


def _line_ends(clone: CloneCondition) -> Lack | None:
    if all(found == "lf" for found in clone.eol.values()):
        return None
    return Lack(
        N_("on Windows git may write CRLF, which check refuses"),
        f"printf '\\n* text=auto eol=lf\\n' >> .gitattributes && {_COMMIT_ATTRIBUTES} && {TO_LF}",
    )


def _committed(clone: CloneCondition) -> Lack | None:
    if not clone.changed:
        return None
    folders = sorted({path.partition("/")[0] for path in clone.changed})
    return Lack(
        N_("not as the last commit has them ({count}): {paths}"),
        'weibao check && git add {folders} && git commit -m "{folders}" {folders}',
        {"count": len(clone.changed), "paths": clone.changed[:3], "folders": " ".join(folders)},
        needed=False,
    )


def _schemas(clone: CloneCondition) -> Lack | None:
    if not clone.stale:
        return None
    return Lack(
        N_("differing or missing: {names}"),
        'mkdir -p schemas && cp "{folder}"/*.schema.json schemas/ && git add schemas && '
        "git commit -m schemas schemas",
        {"names": clone.stale, "folder": clone.own_schemas},
        needed=False,
    )


def _clock(clone: CloneCondition) -> Lack | None:
    skew = clone.contract.evidence.clock_skew if clone.contract else SKEW
    if clone.ahead <= skew:
        return None
    return Lack(
        N_("the last commit is {minutes} minutes in the future"),
        N_("Set this machine's clock by the network; if it is right, the commit's maker must."),
        {"minutes": clone.ahead // 60},
    )


def _hook(clone: CloneCondition) -> Lack | None:
    if not clone.hook_wanted or clone.hooked:
        return None
    message = N_(".pre-commit-config.yaml is there, and not in use")
    return Lack(message, "pip install pre-commit && pre-commit install", needed=False)
