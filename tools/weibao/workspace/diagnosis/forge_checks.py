"""What is lacking in the files that the forge obeys: facts in, checks out."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.diagnosis import Checked, Lack
from weibao.workspace.setup.vendored_wheel import FOLDER, LOCK, LOCKS, PIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.workspace.diagnosis.examination import ForgeSettings

_USES = re.compile(r"^\s*(?:-\s+)?uses:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
_PINNED = re.compile(r"@[0-9a-f]{40}\Z")
_COMMAND = r"\bweibao[\"']?\s+(?:-\S+\s+\S+\s+)*"
_CHECKS = re.compile(rf"{_COMMAND}check\b")
_SEES = re.compile(rf"{_COMMAND}seen\s+record\b")
_LANDS = re.compile(rf"{_COMMAND}(?:land|sync)\b")
_BUILDS = re.compile(r"\bmkdocs\s+build\b")
_PUBLISHES = re.compile(
    r"\bactions/deploy-pages@|\bactions-gh-pages@|\bmkdocs\s+gh-deploy\b|^pages:", re.MULTILINE
)
_BY_NAME = re.compile(
    r"\bpip3?[\"']?\s+install\b[^\n&;|]*?[\s\"'](weibao(?:[=~<>!\[][^\s\"'&;|]*)?)(?=[\s\"'&;|]|$)",
    re.MULTILINE,
)
_CHECKOUT = re.compile(r"\buses:\s*\S*actions/checkout@[^\n]*\n(?P<with>(?:(?!\s*- ).*\n?)*)")


_NEW = (
    'new=$(mktemp -d) && git init -q -b {main} "$new" && weibao init "$new" --contract x --customer x '
    '--provider x --by "x <x@x.example>"{wheel} && '
)
"""A new repository beside this one, to take files from; its answers are in none of them."""


def diagnose_forge(forge: ForgeSettings) -> Iterator[Checked]:
    """The workflows: there, pinned, locked, and with the whole history checked out."""
    files = forge.workflows
    checks = (
        ("checked", N_("pull requests are checked"), _checked(forge)),
        ("published", N_("nothing is published without a thought"), _published(files)),
        ("pinned", N_("what workflows run is pinned"), _pinned(files)),
        ("locked", N_("what workflows install is locked by hashes"), _locked(forge)),
        ("depth", N_("workflows fetch the whole history"), _depth(files)),
        ("seen", N_("it is kept when the forge first had a commit"), _seen(forge)),
    )
    for name, title, lack in checks:
        yield Checked(name, "forge", title, lack)


def _checked(forge: ForgeSettings) -> Lack | None:
    if any(_CHECKS.search(text) for text in forge.workflows.values()):
        return None
    return Lack(
        N_("no workflow runs weibao check; these are GitHub's, beside those of other forges"),
        _copy("check.yml"),
        _facts(forge),
    )


def _published(files: Mapping[str, str]) -> Lack | None:
    publishing = tuple(path for path, text in sorted(files.items()) if _PUBLISHES.search(text))
    if not publishing:
        return None
    return Lack(
        N_(
            "published by {paths}: the pages of a private repository may be public, and whom the "
            "contract's publish names is on them"
        ),
        N_(
            "Look on the forge who may open the pages (GitHub: Settings → Pages; to restrict them takes an "
            "Enterprise plan). If that is not meant: git rm {paths}"
        ),
        {"paths": publishing},
        needed=False,
    )


def _copy(*names: str) -> str:
    """The command that takes workflows of a new repository, and what they install; of none, that alone."""
    taken = " ".join(f'"$new"/.github/workflows/{name}' for name in names)
    workflows = f"mkdir -p .github/workflows && cp {taken} .github/workflows/ && " if names else ""
    paths = " ".join((*(f".github/workflows/{name}" for name in names), FOLDER, LOCK, PIN))
    return (
        f'{_NEW}{workflows}rm -rf {FOLDER} && cp -r "$new"/{FOLDER} "$new"/{LOCK} "$new"/{PIN} . && '
        f"git add {paths} && git commit -m {','.join(names) or 'weibao-{version}'} {paths}"
    )


def _facts(forge: ForgeSettings) -> dict[str, object]:
    """What fills ``_copy``: the wheel that is here serves, if it is this version's, and need not be made."""
    here = forge.wheel_hash in forge.pin.hashes and forge.pin.version == forge.own_version
    wheel = f" --wheel {FOLDER}/{quote(forge.pin.file)}" if here else ""
    return {"main": quote(forge.main), "version": forge.own_version, "wheel": wheel}


def _pinned(files: Mapping[str, str]) -> Lack | None:
    loose = {
        used
        for text in files.values()
        for used in _USES.findall(text)
        if not _PINNED.search(used) and not used.startswith("./")
    }
    if not loose:
        return None
    return Lack(
        N_("not pinned: {names}"),
        N_("Name actions by their commit (@ and 40 digits)."),
        {"names": tuple(sorted(loose))},
    )


def _locked(forge: ForgeSettings) -> Lack | None:
    texts = tuple(forge.workflows.values())
    names = {f"pip install {name}" for text in texts for name in _BY_NAME.findall(text)}
    if names:
        return Lack(
            N_("weibao is installed by a name, which anybody may register: {names}"),
            N_("Install the wheel in vendor/ by its hash, as weibao init writes it."),
            {"names": tuple(sorted(names))},
        )
    if any(name in text for text in texts for name in (LOCK, PIN)):
        return _vendored(forge)
    return None


def _vendored(forge: ForgeSettings) -> Lack | None:
    """What is lacking of the files that workflows install by."""
    pin, facts = forge.pin, _facts(forge)
    if pin.by_name:
        return Lack(
            N_("weibao is installed by a name, which anybody may register: {names}"),
            _copy(),
            facts | {"names": PIN},
        )
    wheel = f"{FOLDER}/{pin.file or 'weibao-*.whl'}"
    named = (path for path in LOCKS if any(path in text for text in forge.workflows.values()))
    locks = tuple((path, path in forge.locks) for path in {LOCK: None, **dict.fromkeys(named)})
    here = (*locks, (PIN, pin.file), (wheel, forge.wheel_hash))
    absent = tuple(name for name, there in here if not there)
    if absent:
        message = N_("workflows install by files that are not here: {names}")
        return Lack(message, _copy(), facts | {"names": absent})
    if forge.wheel_hash not in pin.hashes:
        return Lack(
            N_("{file} is not the wheel whose hash requirements.txt gives, and is not installed"),
            N_(
                "Find out who changed either (git log --stat -- vendor requirements.txt) and undo it "
                "before anything else is vendored."
            ),
            {"file": wheel},
        )
    if pin.version == forge.own_version and forge.locks == forge.wheel_locks:
        return None
    return Lack(
        N_("workflows install version {pin}, here is {version}, or the lock is not that version's"),
        _copy(),
        facts | {"pin": pin.version},
        needed=False,
    )


def _depth(files: Mapping[str, str]) -> Lack | None:
    shallow = tuple(path for path, text in sorted(files.items()) if _is_shallow(path, text))
    if not shallow:
        return None
    return Lack(
        N_("a shallow clone is refused: {paths}"),
        N_("Give actions/checkout fetch-depth: 0; in GitLab set GIT_DEPTH: 0"),
        {"paths": shallow},
    )


def _is_shallow(path: str, text: str) -> bool:
    if not any(pattern.search(text) for pattern in (_CHECKS, _BUILDS, _SEES, _LANDS)):
        return False
    if path == ".gitlab-ci.yml":
        return re.search(r"\bGIT_DEPTH:\s*[\"']?0\b", text) is None
    steps = _CHECKOUT.findall(text)
    return bool(steps) and not any(re.search(r"fetch-depth:\s*0\b", step) for step in steps)


def _seen(forge: ForgeSettings) -> Lack | None:
    if not any(_SEES.search(text) for text in forge.workflows.values()):
        return Lack(
            N_("no workflow runs weibao seen record; this is GitHub's"),
            _copy("seen.yml"),
            _facts(forge),
            needed=False,
        )
    if not forge.remote or forge.fetches_seen:
        return None
    return Lack(
        N_("this clone does not fetch that log"),
        'git config --add remote.{remote}.fetch "refs/weibao/*:refs/weibao/*" && git fetch',
        {"remote": forge.remote},
        needed=False,
    )
