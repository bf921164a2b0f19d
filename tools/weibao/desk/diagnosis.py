"""What is lacking on a machine and in a clone: facts in, checks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.view.doctor import Checked, Lack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.desk.examination import Clone, Machine
    from weibao.refusal import Refusal

OLDEST_GIT = (2, 31)
OLDEST_PYTHON = (3, 11)
SKEW = 300
"""How far a clock may be off where no contract says it, in seconds."""


def diagnose_machine(machine: Machine) -> Iterator[Checked]:
    """Git, Python, the command, who the user is, and signing."""
    yield Checked("git", "machine", N_("git 2.31 or later"), _git(machine))
    yield Checked("python", "machine", N_("Python 3.11 or later"), _python(machine))
    yield Checked("command", "machine", N_("weibao is found by its name"), _command(machine))
    yield Checked("identity", "machine", N_("git knows who you are"), _identity(machine))
    yield Checked("signing", "machine", N_("commits are signed"), _signing(machine))


def diagnose_outside(refusal: Refusal) -> Checked:
    """That the folder is in no repository that git will read."""
    lack = Lack(refusal.message, refusal.mend, refusal.facts)
    return Checked("repository", "clone", N_("a git repository"), lack)


def diagnose_clone(clone: Clone, machine: Machine) -> Iterator[Checked]:
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


def _git(machine: Machine) -> Lack | None:
    if machine.git >= OLDEST_GIT:
        return None
    return Lack(
        N_("found {found}"),
        N_("Install git 2.31 or later: apt install git, brew install git, winget install Git.Git"),
        {"found": ".".join(map(str, machine.git)) or "–"},
    )


def _python(machine: Machine) -> Lack | None:
    if machine.python >= OLDEST_PYTHON:
        return None
    mend = N_("Install Python 3.11, 3.12 or 3.13.")
    return Lack(N_("found {found}"), mend, {"found": ".".join(map(str, machine.python))})


def _command(machine: Machine) -> Lack | None:
    if machine.command:
        return None
    return Lack(
        N_("editors and hooks will not find it"),
        N_("pipx install weibao, or put the folder of its environment on PATH"),
        needed=False,
    )


def _identity(machine: Machine) -> Lack | None:
    if machine.name and machine.email:
        return None
    return Lack(
        N_("it would have to guess, and a record must say who recorded it"),
        N_('git config --global user.name "…" && git config --global user.email "…"'),
    )


def _signing(machine: Machine) -> Lack | None:
    if machine.signs and machine.key:
        return None
    mend = N_(
        "git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub && "
        "git config commit.gpgsign true"
    )
    if machine.signs:
        return Lack(N_("signing is on, but no key is named"), mend, needed=False)
    return Lack(N_("an address alone can be borrowed; a signature cannot"), mend, needed=False)


def _contract(clone: Clone) -> Lack | None:
    if clone.contract is not None:
        return None
    return Lack(N_("records/contract.yaml is missing or wrong"), N_("weibao check says what."))


def _listed(clone: Clone, machine: Machine) -> Lack | None:
    if clone.emails is None or not machine.email or machine.email.casefold() in clone.emails:
        return None
    return Lack(
        N_("{email} is nobody's in records/staff.yaml"),
        N_("Add it under git of your entry there, or set the one that is: git config user.email …"),
        {"email": machine.email},
        needed=False,
    )


def _branch(clone: Clone) -> Lack | None:
    if clone.branch:
        return None
    message = N_("HEAD is detached: what is committed now belongs to no branch")
    return Lack(message, N_("git switch {main}"), {"main": _main_name(clone)})


def _main(clone: Clone) -> Lack | None:
    if clone.contract is None or not clone.branches or _main_name(clone) in clone.branches:
        return None
    return Lack(
        N_("the contract names {main}, and there is none"),
        N_("git fetch origin {main}, or mend evidence.main in records/contract.yaml"),
        {"main": _main_name(clone)},
    )


def _main_name(clone: Clone) -> str:
    return clone.contract.evidence.main if clone.contract else "main"


def _remote(clone: Clone) -> Lack | None:
    if not clone.remotes:
        return Lack(
            N_("there is no remote: the records are on this disk alone"),
            N_("git remote add origin URL && git push -u origin {branch}"),
            {"branch": clone.branch or _main_name(clone)},
            needed=False,
        )
    if clone.branch and not clone.upstream:
        return Lack(
            N_("the branch {branch} follows none on {remote}"),
            N_("git push -u {remote} {branch}"),
            {"branch": clone.branch, "remote": clone.remotes[0]},
            needed=False,
        )
    return None


def _merge(clone: Clone) -> Lack | None:
    wrong = tuple(path for path, driver in clone.merge.items() if driver != "union")
    if not wrong:
        return None
    return Lack(
        N_("git would not merge {paths} by union"),
        N_(
            "Put into .gitattributes: records/tickets/** merge=union, and likewise "
            "records/inspections/**, records/spares.yaml, records/actions.yaml"
        ),
        {"paths": tuple(path.split("/2026/")[0] for path in wrong)},
    )


def _line_ends(clone: Clone) -> Lack | None:
    if all(found == "lf" for found in clone.eol.values()):
        return None
    return Lack(
        N_("on Windows git may write CRLF, which check refuses"),
        N_("Put into .gitattributes: * text=auto eol=lf; then git add --renormalize ."),
    )


def _committed(clone: Clone) -> Lack | None:
    if not clone.changed:
        return None
    return Lack(
        N_("not as the last commit has them ({count}): {paths}"),
        N_("weibao check, then git add records schemas && git commit"),
        {"count": len(clone.changed), "paths": clone.changed[:3]},
        needed=False,
    )


def _schemas(clone: Clone) -> Lack | None:
    if not clone.stale:
        return None
    return Lack(
        N_("differing or missing: {names}"),
        N_('cp "{folder}"/*.schema.json schemas/ && git commit schemas'),
        {"names": clone.stale, "folder": clone.own_schemas},
        needed=False,
    )


def _clock(clone: Clone) -> Lack | None:
    skew = clone.contract.evidence.clock_skew if clone.contract else SKEW
    if clone.ahead <= skew:
        return None
    return Lack(
        N_("the last commit is {minutes} minutes in the future"),
        N_("Set this machine's clock by the network; if it is right, the commit's maker must."),
        {"minutes": clone.ahead // 60},
    )


def _hook(clone: Clone) -> Lack | None:
    if not clone.hook_wanted or clone.hooked:
        return None
    message = N_(".pre-commit-config.yaml is there, and not in use")
    return Lack(message, N_("pip install pre-commit && pre-commit install"), needed=False)
